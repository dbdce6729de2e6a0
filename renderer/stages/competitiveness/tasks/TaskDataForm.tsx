import { Input, Select } from 'antd';
import type { Output } from '../../../../shared/contract/index.ts';
import { storedTaskChoiceSchema, type TaskChoice } from '../../../../shared/stages/competitiveness/tasks/contract.ts';
import { isScoreRole } from '../../../../shared/stages/demand/import/column-role.ts';
import type { TextTask } from '../../../../shared/train/text-task.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import type { Dataset } from '../../../components/use-datasets.ts';
import { DEFAULT_TEST, SPLIT_DEFAULTS, SplitFields, TestFields, testMissing } from '../data/SplitFields.tsx';
import { changeTask, useCompetitiveness } from '../store.ts';
import { fittingModel } from '../use-results.ts';

interface Props {
  readonly task: TextTask;
  readonly datasets: readonly Dataset[];
  readonly models: Output<'competitiveness.baseModels'>;
  readonly data: Output<'competitiveness.taskData'>;
  readonly runCount: number;
}

const LABEL_ROLES: ReadonlySet<string> = new Set(['label', 'multi-choice', 'choice', 'segment']);

const columnKey = (datasetId: string, columnId: string) => `${datasetId}/${columnId}`;

/** Columns of cleaned data that may hold what is predicted: labels, or numbers. */
function fittingColumns(task: TextTask, datasets: readonly Dataset[]) {
  return datasets
    .filter(({ clean }) => clean !== null)
    .flatMap(({ id, dataset, columns }) =>
      columns
        .filter(({ role }) => (task === 'multi-label' ? LABEL_ROLES.has(role) : isScoreRole(role) || role === 'label'))
        .map((column) => ({ datasetId: id, dataset: dataset.name, column })),
    );
}

/** The form as entered, else as it was run last, else the one column that fits and the defaults. */
function useChoice({ task, datasets, models, data }: Props): TaskChoice & { readonly seed: number } {
  const entered = useCompetitiveness((state) => state.taskDraft[task]);
  const defaultSeed = useCompetitiveness((state) => state.seed);
  const held = storedTaskChoiceSchema.safeParse(data?.artifact.params);
  const wanted = task === 'multi-label' ? 'multi-choice' : 'rating';
  const [first] = fittingColumns(task, datasets).filter(({ column }) => column.role === wanted);
  return {
    task,
    columns: first === undefined ? [] : [{ datasetId: first.datasetId, columnId: first.column.id }],
    ...(task === 'multi-label' ? { separator: first?.column.delimiter ?? ';', emptyIsNone: false } : {}),
    test: DEFAULT_TEST,
    ...SPLIT_DEFAULTS,
    modelId: fittingModel(models, data?.result.language) ?? '',
    seed: data?.artifact.seed ?? defaultSeed,
    ...(held.success ? held.data : {}),
    ...entered,
  };
}

/** Which column is missing for a test dataset to be measured on, or for anything to be trained on; null where none is. */
function columnMissing(
  t: ReturnType<typeof useT>,
  { test, columns }: TaskChoice,
  datasets: readonly Dataset[],
): string | null {
  if (test.type === 'share') return null;
  const tested = columns.filter(({ datasetId }) => datasetId === test.datasetId).length;
  if (tested === 0) {
    const dataset = datasets.find(({ id }) => id === test.datasetId)?.dataset.name ?? test.datasetId;
    return t('stage.competitiveness.screen.tasks.testColumnMissing', { dataset });
  }
  return tested === columns.length ? t('stage.competitiveness.screen.tasks.trainColumnMissing') : null;
}

/** Where what is predicted stands, and how rows are set aside. */
export function TaskDataForm(props: Props) {
  const t = useT();
  const { task, datasets, models, data, runCount } = props;
  const choice = useChoice(props);
  const change = (changed: Partial<TaskChoice & { seed: number }>) => changeTask(task, changed);
  const options = fittingColumns(task, datasets).map(({ datasetId, dataset, column }) => ({
    value: columnKey(datasetId, column.id),
    label: t('stage.competitiveness.screen.data.columnOption', {
      dataset,
      column: column.name === '' ? column.id : column.name,
    }),
  }));
  const missing =
    choice.columns.length === 0
      ? t('stage.competitiveness.screen.tasks.columnsMissing')
      : task === 'multi-label' && (choice.separator ?? '').trim() === ''
        ? t('stage.competitiveness.screen.tasks.separatorMissing')
        : (testMissing(t, choice.test) ?? columnMissing(t, choice, datasets));
  return (
    <Card title={t('stage.competitiveness.screen.tasks.from')} testId="competitiveness-task-form">
      <p className="muted">{t('stage.competitiveness.screen.data.splitHint')}</p>
      <div className="form-grid">
        <div className="form-field form-field-wide">
          <span>{t('stage.competitiveness.screen.tasks.columns')}</span>
          <Select
            mode="multiple"
            value={choice.columns.map(({ datasetId, columnId }) => columnKey(datasetId, columnId))}
            options={options}
            placeholder={t('stage.competitiveness.screen.tasks.columnsPlaceholder')}
            aria-label={t('stage.competitiveness.screen.tasks.columns')}
            onChange={(keys: string[]) =>
              change({
                columns: keys.map((key) => {
                  const [datasetId = '', columnId = ''] = key.split('/');
                  return { datasetId, columnId };
                }),
              })
            }
            data-testid="competitiveness-task-columns"
          />
        </div>
        {task === 'multi-label' && (
          <>
            <Field
              label={t('stage.competitiveness.screen.tasks.separator')}
              hint={t('stage.competitiveness.screen.tasks.separatorHint')}
            >
              <Input
                value={choice.separator ?? ''}
                maxLength={3}
                onChange={({ target }) => change({ separator: target.value })}
                data-testid="competitiveness-task-separator"
              />
            </Field>
            <Field label={t('stage.competitiveness.screen.tasks.empty')}>
              <Select
                value={choice.emptyIsNone === true ? 'none' : 'unlabelled'}
                options={[
                  { value: 'unlabelled', label: t('stage.competitiveness.screen.tasks.emptyUnlabelled') },
                  { value: 'none', label: t('stage.competitiveness.screen.tasks.emptyNone') },
                ]}
                onChange={(value) => change({ emptyIsNone: value === 'none' })}
                data-testid="competitiveness-task-empty"
              />
            </Field>
          </>
        )}
        <TestFields test={choice.test} datasets={datasets} onChange={(test) => change({ test })} />
        <SplitFields split={choice} models={models} onChange={change} />
      </div>
      {data !== null && runCount > 0 && (
        <p className="attention-words">
          ▲ {t('stage.competitiveness.screen.tasks.prepareWarning', { count: runCount })}
        </p>
      )}
      <JobButton
        request="competitiveness.prepareTask"
        input={choice}
        slot={`competitiveness.taskData:${task}`}
        label={t(`stage.competitiveness.screen.tasks.${data === null ? 'prepare' : 'prepareAgain'}`)}
        primary={data === null}
        missing={missing}
        onStarted={() => changeTask(task, null)}
        testId="competitiveness-task-prepare"
      />
    </Card>
  );
}
