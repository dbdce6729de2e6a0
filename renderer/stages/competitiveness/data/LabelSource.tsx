import { Segmented, Select } from 'antd';
import type { Output } from '../../../../shared/contract/index.ts';
import { type LabelChoice, labelChoiceSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import type { Dataset } from '../../../components/use-datasets.ts';
import { useCompetitiveness } from '../store.ts';

interface Props {
  readonly datasets: readonly Dataset[];
  readonly hasTopics: boolean;
  readonly labels: Output<'competitiveness.labels'>;
  /** Runs that would become stale. */
  readonly runCount: number;
}

const columnKey = (datasetId: string, columnId: string) => `${datasetId}/${columnId}`;

/** The choice as entered, else the one that holds, else every column with the role of a label, else topics. */
function choiceOf(entered: LabelChoice | null, { datasets, hasTopics, labels }: Omit<Props, 'runCount'>): LabelChoice {
  if (entered !== null) return entered;
  const params = labels?.artifact.params as { readonly choice?: unknown } | undefined;
  const held = labelChoiceSchema.safeParse(params?.choice);
  if (held.success) return held.data;
  const columns = datasets
    .filter(({ clean }) => clean !== null)
    .flatMap(({ id, columns }) =>
      columns.filter(({ role }) => role === 'label').map((column) => ({ datasetId: id, columnId: column.id })),
    );
  return columns.length === 0 && hasTopics ? { type: 'topics' } : { type: 'columns', columns };
}

/** Where the classes come from: columns or topics. */
export function LabelSource(props: Props) {
  const t = useT();
  const { datasets, hasTopics, labels, runCount } = props;
  const entered = useCompetitiveness((state) => state.labels);
  const choice = choiceOf(entered, props);
  const choose = (changed: LabelChoice) => useCompetitiveness.setState({ labels: changed });
  const options = datasets
    .filter(({ clean }) => clean !== null)
    .flatMap(({ id, dataset, columns }) =>
      columns
        .filter(({ role }) => role === 'label' || role === 'segment' || role === 'choice')
        .map((column) => ({
          value: columnKey(id, column.id),
          label: t('stage.competitiveness.screen.data.columnOption', {
            dataset: dataset.name,
            column: column.name === '' ? column.id : column.name,
          }),
        })),
    );
  const missing =
    choice.type === 'topics'
      ? hasTopics
        ? null
        : t('stage.competitiveness.screen.data.topicsMissing')
      : choice.columns.length === 0
        ? t('stage.competitiveness.screen.data.columnsMissing')
        : null;
  return (
    <Card title={t('stage.competitiveness.screen.data.labels')} testId="competitiveness-data-labels-form">
      <p className="muted">{t('stage.competitiveness.screen.data.labelsHint')}</p>
      <div className="form-row">
        <Segmented
          value={choice.type}
          options={[
            { value: 'columns', label: t('stage.competitiveness.screen.data.fromColumn') },
            { value: 'topics', label: t('stage.competitiveness.screen.data.fromTopics') },
          ]}
          onChange={(type) => choose(type === 'topics' ? { type } : { type: 'columns', columns: [] })}
          data-testid="competitiveness-data-labels-type"
        />
        {choice.type === 'columns' && (
          <Select
            mode="multiple"
            className="form-wide"
            value={choice.columns.map(({ datasetId, columnId }) => columnKey(datasetId, columnId))}
            options={options}
            placeholder={t('stage.competitiveness.screen.data.columnsPlaceholder')}
            aria-label={t('stage.competitiveness.screen.data.columns')}
            onChange={(keys: string[]) =>
              choose({
                type: 'columns',
                columns: keys.map((key) => {
                  const [datasetId = '', columnId = ''] = key.split('/');
                  return { datasetId, columnId };
                }),
              })
            }
            data-testid="competitiveness-data-labels-columns"
          />
        )}
        <JobButton
          request="competitiveness.chooseLabels"
          input={choice}
          slot="competitiveness.labels"
          label={t(`stage.competitiveness.screen.data.${labels === null ? 'take' : 'takeAgain'}`)}
          primary={labels === null}
          missing={missing}
          onStarted={() => useCompetitiveness.setState({ labels: null })}
          testId="competitiveness-data-labels"
        />
      </div>
      {labels !== null && runCount > 0 && (
        <p className="attention-words">▲ {t('stage.competitiveness.screen.data.takeWarning', { count: runCount })}</p>
      )}
    </Card>
  );
}
