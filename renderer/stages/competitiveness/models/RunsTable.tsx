import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ClassSeedMean } from '../../../components/ClassSeeds.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { useCompetitiveness } from '../store.ts';
import { DifferenceCell } from './DifferenceCell.tsx';
import { DemandWeightedFigure, EvaluationFigure, LatencyFigures } from './figures.tsx';

type RunView = ArtifactView<RunRecord>;

interface Props {
  readonly runs: readonly RunView[];
  readonly models: readonly BaseModel[];
  readonly floor: { readonly id: string; readonly testLock: string; readonly name: string } | null;
  readonly selected: string | null;
  /** The slot of the run that is being trained, if any. */
  readonly training: string | null;
}

/** All runs on the locked test rows, best first. */
export function RunsTable({ runs, models, floor, selected, training }: Props) {
  const t = useT();
  const modelName = (id: string) => models.find((model) => model.id === id)?.name ?? id;
  const origin = ({ artifact, result }: RunView) => ({ name: result.id, slot: artifact.slot, seed: artifact.seed });
  return (
    <Card flush testId="competitiveness-models-runs">
      {runs.length === 0 ? (
        <EmptyState
          title={t('stage.competitiveness.screen.models.noRuns')}
          hint={t('stage.competitiveness.screen.models.noRunsHint')}
          {...(training === null ? {} : { slot: training })}
        />
      ) : (
        <Table<RunView>
          size="small"
          rowKey={({ result }) => result.id}
          dataSource={[...runs]}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          scroll={{ x: 'max-content' }}
          onRow={({ result }) => ({
            onClick: () => useCompetitiveness.setState({ selectedRun: result.id }),
            'data-testid': `competitiveness-run-${result.id}`,
          })}
          rowClassName={({ result }) => (result.id === selected ? 'row-chosen' : '')}
          columns={[
            {
              title: t('stage.competitiveness.screen.models.run'),
              key: 'run',
              fixed: 'left',
              sorter: (a, b) => a.result.id.localeCompare(b.result.id, 'en', { numeric: true }),
              render: (_, { result, artifact }) => (
                <>
                  <button
                    type="button"
                    className="link"
                    onClick={() => useCompetitiveness.setState({ selectedRun: result.id })}
                  >
                    <strong>{result.id}</strong>
                  </button>
                  {result.elsewhere !== undefined && (
                    <span className="tag run-stale">{t('stage.competitiveness.screen.models.elsewhere.tag')}</span>
                  )}
                  {artifact.stale.length > 0 && (
                    <span className="tag tag-attention run-stale">
                      ▲ {t('stage.competitiveness.screen.models.stale')}
                    </span>
                  )}
                </>
              ),
            },
            {
              title: t('stage.competitiveness.screen.models.model'),
              key: 'model',
              render: (_, { result }) => (
                <div className="run-model">
                  <div>{result.name}</div>
                  {!result.name.startsWith(modelName(result.modelId)) && (
                    <div className="muted">
                      {modelName(result.modelId)}
                      {result.config !== null &&
                        ` · ${t(`stage.competitiveness.screen.models.methods.${result.config.method.type}`)}`}
                    </div>
                  )}
                </div>
              ),
            },
            {
              title: t('stage.competitiveness.screen.models.accuracy'),
              key: 'accuracy',
              defaultSortOrder: 'descend',
              sorter: (a, b) => a.result.test.accuracy.value - b.result.test.accuracy.value,
              render: (_, view) => (
                <>
                  <EvaluationFigure {...origin(view)} evaluation={view.result.test} figure="accuracy" />
                  <ClassSeedMean view={view} figure="accuracy" />
                </>
              ),
            },
            {
              title: t('stage.competitiveness.screen.models.difference'),
              key: 'difference',
              render: (_, view) => <DifferenceCell view={view} floor={floor} />,
            },
            {
              title: t('stage.competitiveness.screen.models.macroF1'),
              key: 'macroF1',
              sorter: (a, b) => a.result.test.macroF1.value - b.result.test.macroF1.value,
              render: (_, view) => (
                <>
                  <EvaluationFigure {...origin(view)} evaluation={view.result.test} figure="macroF1" />
                  <ClassSeedMean view={view} figure="macroF1" />
                </>
              ),
            },
            ...(runs.some(({ result }) => result.test.demandWeighted !== null)
              ? [
                  {
                    title: t('stage.competitiveness.screen.models.demandWeighted'),
                    key: 'weighted',
                    render: (_: unknown, view: RunView) => (
                      <DemandWeightedFigure {...origin(view)} evaluation={view.result.test} />
                    ),
                  },
                ]
              : []),
            {
              title: t('stage.competitiveness.screen.models.latency'),
              key: 'latency',
              align: 'right',
              sorter: (a, b) => (a.result.latency?.p95Ms ?? 0) - (b.result.latency?.p95Ms ?? 0),
              render: (_, view) => (
                <LatencyFigures name={view.result.id} slot={view.artifact.slot} latency={view.result.latency} />
              ),
            },
            {
              title: t('stage.competitiveness.screen.models.size'),
              key: 'size',
              align: 'right',
              render: (_, view) => (
                <InspectedNumber
                  value={view.result.sizeMb}
                  unit="plain"
                  decimals={1}
                  inspected={{
                    title: `${view.result.id} · ${t('stage.competitiveness.screen.models.size')}`,
                    method: t('stage.competitiveness.screen.models.sizeMethod'),
                    slot: view.artifact.slot,
                  }}
                />
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
