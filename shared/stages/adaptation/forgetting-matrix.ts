import { createRng, type Rng } from '../../rng.ts';
import { quantileOfSorted } from '../../statistics/quantile.ts';
import type { Estimate } from '../competitiveness/results.ts';
import { shareEstimate } from './reject-option.ts';

/** Whether each test row of a task was answered rightly (1) after a training; null where that was not measured. [training][task][row].
 *  Of one task all trainings answer the same rows. */
export type Answered = readonly (readonly (Uint8Array | null)[])[];

export interface ForgettingMatrix {
  /** R[i][j]: accuracy on task j after training i, with its Wilson interval; null where not measured or without rows. */
  readonly accuracy: readonly (readonly (Estimate | null)[])[];
  /** Mean over all tasks after the last training. */
  readonly average: Estimate | null;
  /** Mean over earlier tasks of R[T][j] − R[j][j]; below 0 where they were forgotten. */
  readonly backwardTransfer: Estimate | null;
  /** Mean over earlier tasks of the best R[i][j] before the last training, less R[T][j]. */
  readonly forgetting: Estimate | null;
  readonly resamples: number;
}

const RESAMPLES = 2000;
const TAIL = 0.025;

/** What a chain of trainings kept of its tasks; training j is the one on task j. Intervals of the means: bootstrap percentiles, rows drawn anew
 *  within each task and the same for all trainings (so differences are paired); the best earlier training is the one that was best on the rows as they are.
 *  Null where a value that the mean needs was not measured, and for the transfer of a single training.
 *  @source Lopez-Paz and Ranzato 2017, "Gradient episodic memory", eq. 2 and 3 (ACC, BWT); Chaudhry et al. 2018, "Riemannian walk", eq. 3 (forgetting) */
export function forgettingMatrix(answered: Answered, seed: number): ForgettingMatrix {
  const last = answered.length - 1;
  const final = answered[last] ?? [];
  const mean = (rows: Uint8Array) => rows.reduce((sum, right) => sum + right, 0) / rows.length;
  const usable = (rows: Uint8Array | null | undefined): rows is Uint8Array =>
    rows !== null && rows !== undefined && rows.length > 0;
  const bestBefore = (task: number) =>
    answered
      .slice(task, last)
      .map((training) => training[task])
      .filter(usable)
      .reduce<Uint8Array | null>((best, rows) => (best === null || mean(rows) > mean(best) ? rows : best), null);
  const tasks = Array.from({ length: last }, (_, task) => task);
  return {
    accuracy: answered.map((training) =>
      training.map((rows) => (usable(rows) ? shareEstimate(Math.round(mean(rows) * rows.length), rows.length) : null)),
    ),
    average: meanOf(
      final.map((rows) => [{ rows, sign: 1 }]),
      createRng(seed),
    ),
    backwardTransfer: meanOf(
      tasks.map((task) => [
        { rows: final[task], sign: 1 },
        { rows: answered[task]?.[task], sign: -1 },
      ]),
      createRng(seed),
    ),
    forgetting: meanOf(
      tasks.map((task) => [
        { rows: bestBefore(task), sign: 1 },
        { rows: final[task], sign: -1 },
      ]),
      createRng(seed),
    ),
    resamples: RESAMPLES,
  };
}

interface Term {
  readonly rows: Uint8Array | null | undefined;
  readonly sign: 1 | -1;
}

/** The mean over tasks of each task's sum of signed accuracies, with its interval; null without tasks, or where a task lacks rows. */
function meanOf(tasks: readonly (readonly Term[])[], rng: Rng): Estimate | null {
  if (tasks.length === 0) return null;
  // Each row's contribution to its task.
  const gains: Int8Array[] = [];
  for (const terms of tasks) {
    const length = terms[0]?.rows?.length ?? 0;
    if (length === 0 || terms.some(({ rows }) => rows?.length !== length)) return null;
    gains.push(
      Int8Array.from({ length }, (_, row) => terms.reduce((sum, { rows, sign }) => sum + sign * rows![row]!, 0)),
    );
  }
  const over = (pick: (gain: Int8Array, row: number) => number) =>
    gains.reduce((total, gain) => {
      let sum = 0;
      for (let row = 0; row < gain.length; row++) sum += pick(gain, row);
      return total + sum / gain.length;
    }, 0) / gains.length;
  const value = over((gain, row) => gain[row]!);
  const draws = Float64Array.from({ length: RESAMPLES }, () => over((gain) => gain[rng.int(gain.length)]!)).sort();
  return { value, low: quantileOfSorted(draws, TAIL) ?? value, high: quantileOfSorted(draws, 1 - TAIL) ?? value };
}
