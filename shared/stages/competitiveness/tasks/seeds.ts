import { meanOverRuns } from '../../../statistics/mean-over-runs.ts';
import { keptSeed } from '../seeds.ts';
import type { TaskFigure, TaskSeeds } from './results.ts';

type SeedRun = TaskSeeds['runs'][number];

/** The figures of an evaluation without their intervals. */
export function pointFigures(figures: readonly TaskFigure[]): SeedRun['figures'] {
  return figures.map(({ measure, estimate }) => ({ measure, value: estimate?.value ?? null }));
}

/** Means over two or more seeds of a task, figure by figure, and which of them is kept. A figure that is not defined for every seed has no mean. */
export function taskSeeds(runs: readonly SeedRun[]): TaskSeeds {
  const figures = (runs[0]?.figures ?? []).map(({ measure }, at) => {
    const values = runs.map((run) => run.figures[at]!.value).filter((value) => value !== null);
    const over = values.length < runs.length ? null : meanOverRuns(values);
    if (over === null) return { measure, mean: null };
    const { n: _n, ...mean } = over;
    return { measure, mean };
  });
  return { ...keptSeed(runs), runs: [...runs], figures };
}
