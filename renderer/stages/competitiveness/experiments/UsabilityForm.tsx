import { Input, Select } from 'antd';
import type { ColumnGuess } from '../../../../shared/stages/competitiveness/experiment/guess-columns.ts';
import type { UsabilityChoice } from '../../../../shared/stages/competitiveness/usability/results.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { changeExperimentForm } from '../store.ts';
import { useNextId } from './use-next-id.ts';

const ITEMS = 10;

interface Props {
  readonly draft: UsabilityChoice;
  readonly looks: ColumnGuess;
  readonly editing: string | null;
  readonly onChange: (draft: UsabilityChoice) => void;
}

/** The ten items in their order, and the column that tells groups apart. */
export function UsabilityForm({ draft, looks, editing, onChange }: Props) {
  const t = useT();
  const nextId = useNextId('competitiveness.usability', 'U');
  const columns = looks.columns.map(({ columnId, name }) => ({
    value: columnId,
    label: name === '' ? columnId : name,
  }));
  const groups = looks.columns.find(({ columnId }) => columnId === draft.groupColumn)?.values ?? [];
  return (
    <>
      <div className="form-grid">
        <Field label={t('stage.competitiveness.screen.experiments.name')}>
          <Input
            value={draft.name}
            maxLength={200}
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.experiments.sus.group')}>
          <Select
            value={draft.groupColumn ?? ''}
            options={[{ value: '', label: t('stage.competitiveness.screen.experiments.sus.groupNone') }, ...columns]}
            onChange={(id: string) => onChange({ ...draft, groupColumn: id === '' ? null : id, referenceGroup: null })}
          />
        </Field>
        {groups.length > 1 && (
          <Field label={t('stage.competitiveness.screen.experiments.sus.reference')}>
            <Select
              value={draft.referenceGroup ?? groups[0] ?? null}
              options={groups.map((group) => ({ value: group, label: group }))}
              onChange={(referenceGroup: string) => onChange({ ...draft, referenceGroup })}
            />
          </Field>
        )}
      </div>
      <Field label={t('stage.competitiveness.screen.experiments.sus.itemColumns')}>
        <Select
          mode="multiple"
          className="fill"
          value={draft.itemColumns}
          options={columns}
          onChange={(itemColumns: string[]) => onChange({ ...draft, itemColumns })}
          data-testid="competitiveness-usability-items"
        />
      </Field>
      <JobButton
        request="competitiveness.analyseUsability"
        input={{ ...draft, usabilityId: editing }}
        slot={`competitiveness.usability:${editing ?? nextId}`}
        label={t('stage.competitiveness.screen.experiments.sus.analyse')}
        missing={
          draft.itemColumns.length === ITEMS && draft.name.trim() !== ''
            ? null
            : t('stage.competitiveness.screen.experiments.sus.chooseTen')
        }
        onStarted={() => changeExperimentForm({ editing: null, usability: null })}
        testId="competitiveness-usability-analyse"
      />
    </>
  );
}
