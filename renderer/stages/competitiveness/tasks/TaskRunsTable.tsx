import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import {
  LESS_IS_BETTER,
  TASK_MEASURES,
  type TaskMeasure,
  type TaskRun,
} from '../../../../shared/stages/competitiveness/tasks/results.ts';
import type { TextTask } from '../../../../shared/train/text-task.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { TaskDifference, TaskNumber } from '../../../components/TaskFigures.tsx';
import { useView } from '../../../components/use-view.ts';
import { LatencyFigures } from '../models/figures.tsx';
import { useCompetitiveness } from '../store.ts';
import { TaskSeedMean } from './TaskSeedsPanel.tsx';

type RunView = ArtifactView<TaskRun>;
export interface TaskReference {
  readonly id: string;
  readonly name: string;
  readonly testLock: string;
}

interface Props {
  readonly task: TextTask;
  readonly runs: readonly RunView[];
  readonly floor: TaskReference | null;
  readonly selected: string | null;
}

/** All runs of a task on its locked test rows, best first. */
export function TaskRunsTable({ task, runs, floor, selected }: Props) {
  const t = useT();
  const [main, ...rest] = TASK_MEASURES[task];
  const mainOf = ({ result }: RunView) =>
    result.test.figures.find(({ measure }) => measure === main)?.estimate?.value ?? Number.NEGATIVE_INFINITY;
  const choose = (id: string) => useCompetitiveness.setState({ selectedRun: id });
  const measureColumn = (measure: TaskMeasure) => ({
    title: t(`stage.competitiveness.screen.tasks.measure.${measure}`),
    key: measure,
    ...(measure === main
      ? { defaultSortOrder: 'descend' as const, sorter: (a: RunView, b: RunView) => mainOf(a) - mainOf(b) }
      : {}),
    render: (_: unknown, view: RunView) => {
      const { result, artifact } = view;
      return (
        <>
          <TaskNumber
            figure={result.test.figures.find((figure) => figure.measure === measure)!}
            name={result.id}
            slot={artifact.slot}
            seed={artifact.seed}
            rows={result.test.rows}
            resamples={result.test.resamples}
          />
          {measure === main && <TaskSeedMean view={view} measure={measure} />}
        </>
      );
    },
  });
  if (runs.length === 0) {
    return (
      <Card flush testId="competitiveness-task-runs">
        <EmptyState
          title={t('stage.competitiveness.screen.tasks.noRuns')}
          hint={t('stage.competitiveness.screen.tasks.noRunsHint')}
        />
      </Card>
    );
  }
  return (
    <Card flush testId="competitiveness-task-runs">
      <Table<RunView>
        size="small"
        rowKey={({ result }) => result.id}
        dataSource={[...runs]}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        onRow={({ result }) => ({
          onClick: () => choose(result.id),
          'data-testid': `competitiveness-run-${result.id}`,
        })}
        rowClassName={({ result }) => (result.id === selected ? 'row-chosen' : '')}
        columns={[
          {
            title: t('stage.competitiveness.screen.models.run'),
            key: 'run',
            render: (_, { result, artifact }) => (
              <>
                <button type="button" className="link" onClick={() => choose(result.id)}>
                  <strong>{result.id}</strong>
                </button>
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
            render: (_, { result }) => <div className="run-model">{result.name}</div>,
          },
          measureColumn(main),
          {
            title: t('stage.competitiveness.screen.tasks.difference'),
            key: 'difference',
            render: (_, view) => <AgainstFloor view={view} floor={floor} />,
          },
          ...rest.map(measureColumn),
          {
            title: t('stage.competitiveness.screen.models.latency'),
            key: 'latency',
            align: 'right',
            render: (_, { result, artifact }) => (
              <LatencyFigures name={result.id} slot={artifact.slot} latency={result.latency} />
            ),
          },
        ]}
      />
    </Card>
  );
}

/** The main figure less that of the strongest floor, with a word where it is not shown to be better. */
function AgainstFloor({ view, floor }: { readonly view: RunView; readonly floor: TaskReference | null }) {
  const t = useT();
  const { result, artifact } = view;
  const asks = floor !== null && floor.testLock === result.testLock;
  const { value, error } = useView(
    'competitiveness.compareTask',
    asks ? { runId: result.id, referenceId: floor.id } : null,
    ['competitiveness.taskRun', 'competitiveness.taskFloors'],
  );
  if (floor === null) return <span className="faint">—</span>;
  if (!asks) return <span className="tag tag-attention">▲ {t('stage.competitiveness.screen.models.otherLock')}</span>;
  if (error !== null) return <ErrorNotice error={error} />;
  const [figure] = value?.differences ?? [];
  if (value === undefined || figure === undefined) return <span className="faint">…</span>;
  return (
    <>
      <TaskDifference
        figure={figure}
        name={`${result.id} − ${floor.name}`}
        slot={artifact.slot}
        seed={artifact.seed}
        rows={value.rows}
        resamples={value.resamples}
      />
      <Verdict estimate={figure.estimate} lessIsBetter={LESS_IS_BETTER.has(figure.measure)} />
    </>
  );
}

function Verdict({
  estimate,
  lessIsBetter,
}: {
  readonly estimate: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly lessIsBetter: boolean;
}) {
  const t = useT();
  if (estimate === null) return null;
  const sign = lessIsBetter ? -1 : 1;
  const worst = lessIsBetter ? -estimate.high : estimate.low;
  if (sign * estimate.value < 0) {
    return <div className="failed-words word-below">✕ {t('stage.competitiveness.screen.models.below')}</div>;
  }
  if (worst <= 0) {
    return <div className="attention-words word-below">▲ {t('stage.competitiveness.screen.models.notAbove')}</div>;
  }
  return <div className="muted word-below">✓ {t('stage.competitiveness.screen.models.above')}</div>;
}
