import type { JobSeries } from '../../shared/contract/project.ts';
import { joinByStep } from '../../shared/jobs/series.ts';

/** A curve with new points at its end. */
export function mergeSeries(before: JobSeries | undefined, added: JobSeries): JobSeries {
  if (before === undefined) return added;
  return {
    ...added,
    steps: joinByStep(before.steps, added.steps),
    evaluations: joinByStep(before.evaluations, added.evaluations),
  };
}
