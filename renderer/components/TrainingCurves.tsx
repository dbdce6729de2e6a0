import { lazy, Suspense, useEffect } from 'react';
import type { JobRecord } from '../../shared/contract/project.ts';
import { formatShare, formatShort } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { loadSeries, useSession } from '../app/session.ts';
import { slotName } from './artifact-name.ts';
import { Card } from './Card.tsx';
import { JobControls } from './JobProgress.tsx';
import { rateText } from './time.ts';
import { useView } from './use-view.ts';

/** Its library is large, and most screens have no curve. */
const LineCurve = lazy(() => import('../charts/LineCurve.tsx').then((module) => ({ default: module.LineCurve })));

/** Live curves of a training job with the level of the strongest simple method; nothing before its first step. */
export function TrainingCurves({ job }: { readonly job: JobRecord }) {
  const t = useT();
  const series = useSession((state) => state.series[job.id]);
  const { value: floors } = useView('competitiveness.floors', {}, ['competitiveness.floors']);
  useEffect(() => {
    loadSeries(job.id).catch(() => undefined);
  }, [job.id]);
  if (series === undefined || series.steps.length === 0) return null;
  const lastLoss = series.steps.at(-1)?.loss;
  const ofClasses = series.evaluations.every((evaluation) => 'accuracy' in evaluation);
  const scores = series.evaluations.map((evaluation) => ({
    x: evaluation.step,
    y: 'accuracy' in evaluation ? evaluation.accuracy : evaluation.score,
  }));
  const scoreText = (value: number, decimals?: number) =>
    ofClasses ? formatShare(value, decimals) : formatShort(value);
  const lastScore = scores.at(-1)?.y;
  const strongest = floors?.result.floors.find(({ id }) => id === floors.result.strongestId);
  return (
    <Card title={`${slotName(t, job.slot)} · ${t('jobs.curve')}`} extra={<JobControls job={job} />} testId="job-curves">
      <Suspense fallback={<div className="curve-coming" />}>
        <LineCurve
          left={{
            label: t('jobs.loss'),
            points: series.steps.map(({ step, loss }) => ({ x: step, y: loss })),
            format: formatShort,
            last: lastLoss === undefined ? '' : formatShort(lastLoss),
          }}
          right={{
            label: t(ofClasses ? 'jobs.accuracy' : 'jobs.devScore'),
            points: scores,
            format: (value) => scoreText(value),
            last: lastScore === undefined ? '' : scoreText(lastScore, 1),
          }}
          floors={
            strongest === undefined || !ofClasses
              ? []
              : [
                  {
                    name: t(`jobs.floor.${strongest.type}`),
                    value: strongest.evaluation.accuracy.value,
                    text: formatShare(strongest.evaluation.accuracy.value, 1),
                  },
                ]
          }
          xLabel={t('jobs.step')}
          xMax={series.totalSteps}
        />
      </Suspense>
      <p className="muted number">
        {[
          ...(series.rowsPerSecond === null ? [] : [rateText(t, series.rowsPerSecond, 'rows')]),
          ...(series.memoryMb === null ? [] : [t('jobs.memory', { megabytes: Math.round(series.memoryMb) })]),
        ].join(' · ')}
      </p>
    </Card>
  );
}
