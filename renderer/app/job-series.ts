import type { JobSeries } from '../../shared/contract/project.ts';

function joinByStep<P extends { readonly step: number }>(before: readonly P[], added: readonly P[]): P[] {
  const first = added[0]?.step;
  if (first === undefined) return [...before];
  // A resumed run repeats steps since its checkpoint: the newer points stand.
  return [...before.filter(({ step }) => step < first), ...added];
}

/** A curve with new points at its end. */
export function mergeSeries(before: JobSeries | undefined, added: JobSeries): JobSeries {
  if (before === undefined) return added;
  return {
    ...added,
    steps: joinByStep(before.steps, added.steps),
    evaluations: joinByStep(before.evaluations, added.evaluations),
  };
}
