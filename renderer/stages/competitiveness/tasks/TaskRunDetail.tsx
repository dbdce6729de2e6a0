import { Button, Select, Tabs, Tooltip } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import {
  SHARE_MEASURES,
  TASK_MEASURES,
  type TaskRun,
} from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { useT } from '../../../app/language.ts';
import { asAppError } from '../../../app/session.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { numberWithUnit } from '../../../components/NumberText.tsx';
import { PLAIN_DECIMALS, TaskDifference } from '../../../components/TaskFigures.tsx';
import { durationText } from '../../../components/time.ts';
import { useView } from '../../../components/use-view.ts';
import { call } from '../../../engine.ts';
import { CompetitivenessNotices } from '../CompetitivenessNotices.tsx';
import { ExplanationPanel } from '../explanation/ExplanationPanel.tsx';
import { configFacts, expectedFacts, type Fact, FactList } from '../models/ConfigPanel.tsx';
import { repeatRun, useCompetitiveness } from '../store.ts';
import { LabelsPanel } from './LabelsPanel.tsx';
import { LevelsPanel } from './LevelsPanel.tsx';
import type { TaskReference } from './TaskRunsTable.tsx';
import { TaskSeedsPanel } from './TaskSeedsPanel.tsx';
import { TextsPanel } from './TextsPanel.tsx';

interface Props {
  readonly view: ArtifactView<TaskRun>;
  /** Floors and other runs of the task. */
  readonly references: readonly TaskReference[];
}

/** One run of a task in depth. */
export function TaskRunDetail({ view, references }: Props) {
  const t = useT();
  const { result, artifact } = view;
  const [error, setError] = useState<AppError | null>(null);
  const remove = () => {
    setError(null);
    call('competitiveness.removeTaskRun', { runId: result.id }).catch((failure: unknown) =>
      setError(asAppError(failure)),
    );
  };
  const { test } = result;
  const panels = {
    ...(test.task === 'multi-label' ? { labels: <LabelsPanel view={view} rows={test.perLabel} /> } : {}),
    ...(test.task === 'ordinal'
      ? { confusion: <LevelsPanel test={test} rankConsistent={result.rankConsistent} /> }
      : {}),
    compare: <ComparePanel view={view} references={references.filter(({ id }) => id !== result.id)} />,
    texts: <TextsPanel key={result.id} run={result} />,
    explanation: (
      <ExplanationPanel
        key={result.id}
        model={{
          id: result.id,
          testLock: result.testLock,
          task: result.task,
          targets: result.task === 'multi-label' ? result.labels : [],
        }}
        slot={artifact.slot}
      />
    ),
    ...(result.seeds === undefined ? {} : { seeds: <TaskSeedsPanel view={view} /> }),
    config: <FactList facts={[...configFacts(t, result.config), ...outcomeFacts(t, result)]} />,
  };
  return (
    <Card
      title={t('stage.competitiveness.screen.models.detail', { id: result.id, name: result.name })}
      extra={
        <>
          <Button size="small" onClick={() => repeatRun(result)}>
            {t('stage.competitiveness.screen.models.again')}
          </Button>
          <Tooltip title={t('stage.competitiveness.screen.models.removeHint')}>
            <Button size="small" type="text" onClick={remove} data-testid="competitiveness-task-remove">
              {t('stage.competitiveness.screen.models.remove')}
            </Button>
          </Tooltip>
        </>
      }
      testId="competitiveness-task-detail"
    >
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      {result.notices.length > 0 && <CompetitivenessNotices notices={result.notices} />}
      {test.task === 'regression' && (
        <p>
          {t('stage.competitiveness.screen.tasks.errors', {
            rows: formatNumber(test.rows),
            p50: formatShort(test.errors.p50),
            p90: formatShort(test.errors.p90),
          })}
        </p>
      )}
      <Tabs
        size="small"
        items={Object.entries(panels).map(([key, children]) => ({
          key,
          label: t(`stage.competitiveness.screen.tasks.tab.${key as keyof typeof panels}`),
          children,
        }))}
      />
      <ArtifactStamp artifact={artifact} n={test.rows} />
    </Card>
  );
}

/** Every figure less that of a floor or another run, on the same rows. */
function ComparePanel({ view, references }: Props) {
  const t = useT();
  const chosen = useCompetitiveness((state) => state.comparedWith);
  const { result, artifact } = view;
  const comparable = references.filter(({ testLock }) => testLock === result.testLock);
  const reference = comparable.find(({ id }) => id === chosen) ?? comparable[0] ?? null;
  const { value, error } = useView(
    'competitiveness.compareTask',
    reference === null ? null : { runId: result.id, referenceId: reference.id },
    ['competitiveness.taskRun', 'competitiveness.taskFloors'],
  );
  if (reference === null) return <p className="muted">{t('stage.competitiveness.screen.tasks.floorsFirst')}</p>;
  return (
    <>
      <div className="form-row">
        <span className="muted">{t('stage.competitiveness.screen.tasks.reference')}</span>
        <Select
          className="form-wide"
          value={reference.id}
          options={comparable.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => useCompetitiveness.setState({ comparedWith: id })}
          aria-label={t('stage.competitiveness.screen.tasks.reference')}
          data-testid="competitiveness-task-reference"
        />
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {value !== undefined && (
        <table className="figures-table">
          <tbody>
            {value.differences.map((figure) => (
              <tr key={figure.measure} data-testid={`competitiveness-task-difference-${figure.measure}`}>
                <th scope="row" title={t(`stage.competitiveness.screen.tasks.measureWhat.${figure.measure}`)}>
                  {t(`stage.competitiveness.screen.tasks.measure.${figure.measure}`)}
                </th>
                <td>
                  <TaskDifference
                    figure={figure}
                    name={`${result.id} − ${reference.name}`}
                    slot={artifact.slot}
                    seed={artifact.seed}
                    rows={value.rows}
                    resamples={value.resamples}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function outcomeFacts(t: ReturnType<typeof useT>, run: TaskRun): readonly Fact[] {
  const [main] = TASK_MEASURES[run.task];
  return [
    [t('stage.competitiveness.screen.models.configSteps'), formatNumber(run.steps)],
    [t('stage.competitiveness.screen.models.configBest'), formatNumber(run.bestStep)],
    [
      t('stage.competitiveness.screen.models.configEarly'),
      t(`stage.competitiveness.screen.models.${run.stoppedEarly ? 'yes' : 'no'}`),
    ],
    [t('stage.competitiveness.screen.models.configTrainable'), formatNumber(run.trainableParameters)],
    [t('stage.competitiveness.screen.models.configParameters'), formatNumber(run.parameters)],
    [
      t('stage.competitiveness.screen.tasks.devScore', {
        measure: t(`stage.competitiveness.screen.tasks.measure.${main}`),
      }),
      run.dev === null
        ? t('list.empty')
        : SHARE_MEASURES.has(main)
          ? formatShare(run.dev.score, 1)
          : formatNumber(run.dev.score, PLAIN_DECIMALS),
    ],
    [
      t('stage.competitiveness.screen.models.configMemory'),
      run.peakMemoryMb === null ? t('list.empty') : numberWithUnit(t, run.peakMemoryMb, 'megabytes'),
    ],
    [t('stage.competitiveness.screen.models.configProvider'), t(`providers.name.${run.provider ?? 'cpu'}`)],
    [t('stage.competitiveness.screen.models.configTook'), durationText(t, run.trainDurationMs)],
    ...expectedFacts(t, run),
  ];
}
