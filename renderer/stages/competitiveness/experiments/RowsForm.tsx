import { Checkbox, Input, InputNumber, Select } from 'antd';
import type { ColumnGuess } from '../../../../shared/stages/competitiveness/experiment/guess-columns.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { changeExperimentForm } from '../store.ts';
import type { RowsDraft } from './drafts.ts';
import { MetricFields } from './MetricFields.tsx';
import { useNextId } from './use-next-id.ts';

interface Props {
  readonly draft: RowsDraft;
  readonly looks: ColumnGuess;
  readonly needs: readonly { readonly value: string; readonly label: string }[];
  /** The experiment that is read again; null for a new one. */
  readonly editing: string | null;
  readonly onChange: (draft: RowsDraft) => void;
}

const PERCENT = 100;

/** Which column says who, which arm, and what was measured. */
export function RowsForm({ draft, looks, needs, editing, onChange }: Props) {
  const t = useT();
  const nextId = useNextId('competitiveness.experiment', 'E');
  const { source } = draft;
  const change = (part: Partial<RowsDraft['source']>) => onChange({ ...draft, source: { ...source, ...part } });
  const columns = looks.columns.map(({ columnId, name }) => ({
    value: columnId,
    label: name === '' ? columnId : name,
  }));
  const armsOf = (columnId: string) => looks.columns.find((column) => column.columnId === columnId)?.values ?? [];
  const arms = armsOf(source.armColumn);
  const measurable = looks.columns.filter(({ look }) => look === 'binary' || look === 'scale' || look === 'number');
  const isComplete =
    arms.includes(draft.controlArm) && source.metrics.length > 0 && draft.name.trim() !== '' && arms.length >= 2;
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
        <Field label={t('stage.competitiveness.screen.experiments.unit')}>
          <Select
            value={source.unitColumn ?? ''}
            options={[{ value: '', label: t('stage.competitiveness.screen.experiments.unitNone') }, ...columns]}
            onChange={(id: string) => change({ unitColumn: id === '' ? null : id })}
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.experiments.arm')}>
          <Select
            value={source.armColumn === '' ? null : source.armColumn}
            options={columns}
            onChange={(armColumn: string) =>
              onChange({
                ...draft,
                source: { ...source, armColumn },
                controlArm: armsOf(armColumn)[0] ?? '',
                expectedShares: null,
              })
            }
            data-testid="competitiveness-experiment-arm"
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.experiments.control')}>
          <Select
            value={draft.controlArm === '' ? null : draft.controlArm}
            options={arms.map((arm) => ({ value: arm, label: arm }))}
            onChange={(controlArm: string) => onChange({ ...draft, controlArm })}
            data-testid="competitiveness-experiment-control"
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.experiments.shares')}>
          <Select
            value={draft.expectedShares === null ? 'equal' : 'own'}
            options={[
              { value: 'equal', label: t('stage.competitiveness.screen.experiments.sharesEqual') },
              { value: 'own', label: t('stage.competitiveness.screen.experiments.sharesOwn') },
            ]}
            onChange={(value) =>
              onChange({
                ...draft,
                expectedShares: value === 'equal' ? null : arms.map((arm) => ({ arm, share: 1 / arms.length })),
              })
            }
          />
        </Field>
      </div>
      {draft.expectedShares !== null && (
        <div className="form-row">
          {draft.expectedShares.map(({ arm, share }) => (
            <Field key={arm} label={arm}>
              <InputNumber
                min={1}
                max={99}
                suffix="%"
                value={Math.round(share * PERCENT)}
                onChange={(value) =>
                  value !== null &&
                  onChange({
                    ...draft,
                    expectedShares: (draft.expectedShares ?? []).map((old) =>
                      old.arm === arm ? { arm, share: value / PERCENT } : old,
                    ),
                  })
                }
              />
            </Field>
          ))}
        </div>
      )}
      <h3 title={t('stage.competitiveness.screen.experiments.roleHint')}>
        {t('stage.competitiveness.screen.experiments.metrics')}
      </h3>
      <p className="muted">{t('stage.competitiveness.screen.experiments.roleHint')}</p>
      {measurable
        .filter(({ columnId }) => columnId !== source.armColumn && columnId !== source.unitColumn)
        .map(({ columnId, name }) => {
          const metric = source.metrics.find((one) => one.columnId === columnId);
          const guessed = looks.metrics.find((one) => one.columnId === columnId);
          return (
            <div key={columnId} className="form-row metric-row">
              <Checkbox
                checked={metric !== undefined}
                onChange={({ target }) =>
                  change({
                    metrics:
                      target.checked && guessed !== undefined
                        ? [...source.metrics, guessed]
                        : source.metrics.filter((one) => one.columnId !== columnId),
                  })
                }
              >
                <span className="metric-name">{name}</span>
              </Checkbox>
              {metric !== undefined && (
                <MetricFields
                  metric={metric}
                  needs={needs}
                  onChange={(part) =>
                    change({
                      metrics: source.metrics.map((one) => (one.columnId === columnId ? { ...one, ...part } : one)),
                    })
                  }
                />
              )}
            </div>
          );
        })}
      <JobButton
        request="competitiveness.analyseExperiment"
        input={{ ...draft, experimentId: editing }}
        slot={`competitiveness.experiment:${editing ?? nextId}`}
        label={
          editing === null
            ? t('stage.competitiveness.screen.experiments.analyse')
            : t('stage.competitiveness.screen.experiments.analyseAgain', { id: editing })
        }
        missing={isComplete ? null : t('stage.competitiveness.screen.experiments.chooseFirst')}
        onStarted={() => changeExperimentForm({ editing: null, rows: null })}
        testId="competitiveness-experiment-analyse"
      />
    </>
  );
}
