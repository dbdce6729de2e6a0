import { Segmented, Select } from 'antd';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { ImportButton } from '../../../components/ImportButton.tsx';
import { type Dataset, useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeExperimentForm, useCompetitiveness } from '../store.ts';
import { CountsForm } from './CountsForm.tsx';
import { rowsDraftOf, usabilityDraftOf } from './drafts.ts';
import { RowsForm } from './RowsForm.tsx';
import { UsabilityForm } from './UsabilityForm.tsx';

interface Props {
  readonly needs: readonly { readonly value: string; readonly label: string }[];
  /** Whether the import is the page's main action. */
  readonly first: boolean;
}

/** Reads an experiment: a file of rows, typed-in counts, or a usability questionnaire. */
export function ReadForm({ needs, first }: Props) {
  const t = useT();
  const { mode, datasetId } = useCompetitiveness((state) => state.experimentForm);
  const datasets = useDatasets().value ?? [];
  const kind = mode === 'usability' ? 'usability' : 'experiment';
  // Files imported for this come first; any other may hold an experiment as well.
  const offered = [...datasets].sort((a, b) => Number(b.dataset.kind === kind) - Number(a.dataset.kind === kind));
  const own = offered.filter(({ dataset }) => dataset.kind === kind);
  const chosen = datasets.find(({ id }) => id === datasetId) ?? own.at(-1);
  return (
    <Card
      title={t('stage.competitiveness.screen.experiments.add')}
      extra={
        <Segmented
          size="small"
          value={mode}
          onChange={(value) => changeExperimentForm({ mode: value, datasetId: null, editing: null })}
          options={(['rows', 'counts', 'usability'] as const).map((value) => ({
            value,
            label: t(`stage.competitiveness.screen.experiments.mode.${value}`),
          }))}
          data-testid="competitiveness-experiment-mode"
        />
      }
      testId="competitiveness-experiment-form"
    >
      {mode === 'counts' ? (
        <CountsForm needs={needs} />
      ) : (
        <>
          <div className="form-row form-row-end">
            <Field label={t('stage.competitiveness.screen.experiments.dataset')}>
              <Select
                className="form-wide"
                value={chosen?.id ?? null}
                placeholder={t('stage.competitiveness.screen.experiments.datasetNone')}
                options={offered.map(({ id, dataset }) => ({ value: id, label: `${id} ${dataset.name}` }))}
                onChange={(id: string) =>
                  changeExperimentForm({ datasetId: id, editing: null, rows: null, usability: null })
                }
                data-testid="competitiveness-experiment-dataset"
              />
            </Field>
            <ImportButton
              kind={kind}
              label={t('stage.competitiveness.screen.experiments.importFile')}
              primary={first}
              testId={`competitiveness-import-${kind}`}
            />
            <span className="muted">
              {t(
                mode === 'usability'
                  ? 'stage.competitiveness.screen.experiments.importUsabilityHint'
                  : 'stage.competitiveness.screen.experiments.importHint',
              )}
            </span>
          </div>
          {chosen !== undefined && (
            <ColumnsForm key={`${mode} ${chosen.id}`} dataset={chosen} mode={mode} needs={needs} />
          )}
        </>
      )}
    </Card>
  );
}

interface ColumnsProps {
  readonly dataset: Dataset;
  readonly mode: 'rows' | 'usability';
  readonly needs: Props['needs'];
}

/** What each column is for, as guessed until it is changed. */
function ColumnsForm({ dataset, mode, needs }: ColumnsProps) {
  const form = useCompetitiveness((state) => state.experimentForm);
  const guess = useView('competitiveness.guessColumns', { datasetId: dataset.id }, ['demand.dataset', 'demand.roles']);
  const looks = guess.value;
  if (looks === undefined || looks === null) return <ViewNotice view={guess} />;
  const name = dataset.dataset.name;
  if (mode === 'usability') {
    const held = form.usability?.datasetId === dataset.id ? form.usability : null;
    return (
      <UsabilityForm
        draft={held ?? usabilityDraftOf(dataset.id, name, looks)}
        looks={looks}
        editing={form.editing}
        onChange={(usability) => changeExperimentForm({ usability })}
      />
    );
  }
  const held = form.rows?.source.datasetId === dataset.id ? form.rows : null;
  return (
    <RowsForm
      draft={held ?? rowsDraftOf(dataset.id, name, looks)}
      looks={looks}
      needs={needs}
      editing={form.editing}
      onChange={(rows) => changeExperimentForm({ rows })}
    />
  );
}
