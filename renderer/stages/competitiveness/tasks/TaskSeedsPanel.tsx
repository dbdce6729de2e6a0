import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import {
  SHARE_MEASURES,
  TASK_MEASURES,
  type TaskMeasure,
  type TaskRun,
} from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { useT } from '../../../app/language.ts';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { PLAIN_DECIMALS } from '../../../components/TaskFigures.tsx';
import { durationText } from '../../../components/time.ts';

type RunView = ArtifactView<TaskRun>;

const unitOf = (measure: TaskMeasure) =>
  SHARE_MEASURES.has(measure) ? ({ unit: 'share' } as const) : ({ unit: 'plain', decimals: PLAIN_DECIMALS } as const);

/** A figure as a mean over seeds; nothing for a run from one seed. */
export function TaskSeedMean({ view, measure }: { readonly view: RunView; readonly measure: TaskMeasure }) {
  const t = useT();
  const { id, seeds } = view.result;
  const mean = seeds?.figures.find((figure) => figure.measure === measure)?.mean;
  if (seeds === undefined || mean === undefined) return null;
  if (mean === null) return <NumberText value={null} />;
  const count = seeds.runs.length;
  const deviation = SHARE_MEASURES.has(measure)
    ? formatShare(mean.deviation, 2)
    : formatNumber(mean.deviation, PLAIN_DECIMALS);
  return (
    <div className="muted small">
      {t('training.seeds.meanOf', { count })}{' '}
      <InspectedNumber
        value={mean.mean}
        {...unitOf(measure)}
        interval={[mean.low, mean.high]}
        inspected={{
          title: `${id} · ${t(`stage.competitiveness.screen.tasks.measure.${measure}`)} · ${t('training.seeds.title')}`,
          method: t('training.seeds.method', { seeds: count, deviation }),
          n: count,
          slot: view.artifact.slot,
        }}
      />
    </div>
  );
}

/** Every seed of a run with what came of it, and which is kept. */
export function TaskSeedsPanel({ view }: { readonly view: RunView }) {
  const t = useT();
  const { id, seeds, task, test } = view.result;
  if (seeds === undefined) return null;
  const measures = TASK_MEASURES[task];
  const [main] = measures;
  const dev = t('stage.competitiveness.screen.tasks.devScore', {
    measure: t(`stage.competitiveness.screen.tasks.measure.${main}`),
  });
  const inspected = (what: string, method: 'oneOnDev' | 'oneOnTest', seed: number) => ({
    title: `${id} · ${what}`,
    method: t(`training.seeds.${method}`),
    ...(method === 'oneOnDev' ? {} : { n: test.rows }),
    slot: view.artifact.slot,
    seed,
  });
  return (
    <div data-testid="competitiveness-task-seeds">
      <p>{t('training.seeds.lead')}</p>
      <dl className="facts">
        {measures.map((measure) => (
          <div key={measure}>
            <dt>{t(`stage.competitiveness.screen.tasks.measure.${measure}`)}</dt>
            <dd>
              <TaskSeedMean view={view} measure={measure} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('stage.competitiveness.screen.models.seed')}</th>
              <th scope="col">{dev}</th>
              {measures.map((measure) => (
                <th key={measure} scope="col">
                  {t(`stage.competitiveness.screen.tasks.measure.${measure}`)}
                </th>
              ))}
              <th scope="col">{t('stage.competitiveness.screen.models.configSteps')}</th>
              <th scope="col">{t('stage.competitiveness.screen.models.configTook')}</th>
            </tr>
          </thead>
          <tbody>
            {seeds.runs.map((run) => (
              <tr key={run.seed} className={run.seed === seeds.kept ? 'row-chosen' : ''}>
                <th scope="row">
                  {run.seed}{' '}
                  {run.seed === seeds.kept && (
                    <span className="muted">{t(`training.seeds.keptBy.${seeds.keptBy}`)}</span>
                  )}
                </th>
                <td className="number">
                  <InspectedNumber value={run.dev} {...unitOf(main)} inspected={inspected(dev, 'oneOnDev', run.seed)} />
                </td>
                {run.figures.map(({ measure, value }) => (
                  <td key={measure} className="number">
                    <InspectedNumber
                      value={value}
                      {...unitOf(measure)}
                      inspected={inspected(
                        t(`stage.competitiveness.screen.tasks.measure.${measure}`),
                        'oneOnTest',
                        run.seed,
                      )}
                    />
                  </td>
                ))}
                <td className="number">{formatNumber(run.steps)}</td>
                <td className="number">{durationText(t, run.trainDurationMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
