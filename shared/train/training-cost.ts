import { z } from 'zod';
import { ratioTotal, type TotalEstimate } from '../statistics/ratio-estimate.ts';
import { studentTQuantile } from '../statistics/student-t.ts';

/** What a training spends its time on: the start without what is estimated, the contrastive start, updates, evaluations on dev rows, checkpoints. */
export const COST_PARTS = ['start', 'contrast', 'updates', 'evaluations', 'checkpoints'] as const;

/** Batches that were really computed, and what they stand for. */
export interface SampledCost {
  readonly part: 'contrast' | 'updates' | 'evaluations';
  readonly ms: readonly number[];
  /** What the duration of each goes with: padded tokens; 1 each where nothing better is known. */
  readonly sizes: readonly number[];
  /** The same, over the whole training. */
  readonly totalSize: number;
}

/** What was measured in a process that has done nothing else. Durations in ms. */
export interface MeasuredCost {
  readonly updates: number;
  readonly startMs: number;
  readonly samples: readonly SampledCost[];
  readonly checkpointMs: number;
  /** Writing the weights alone, as after each evaluation that is the best so far. */
  readonly bestMs: number;
  /** Evaluations on dev rows of a training that is not stopped early. */
  readonly evaluations: number;
  readonly trainableParameters: number;
  readonly peakMemoryMb: number;
}

const seconds = z.number().min(0);

/** Expected duration of one training, from the start to the finished weights, without the measuring on test rows. */
export const trainingTimeSchema = z.strictObject({
  value: seconds,
  /** 95 %, of the sampled batches alone: a machine that is busier later is not in it. */
  low: seconds,
  high: seconds,
  /** Updates that were really computed. */
  measured: z.int().min(1),
  parts: z.strictObject({
    start: seconds,
    contrast: seconds,
    updates: seconds,
    evaluations: seconds,
    checkpoints: seconds,
  }),
});
export type TrainingTime = z.output<typeof trainingTimeSchema>;

const LEVEL = 0.95;

/** Adds up what a training will take. Each sampled part is a ratio estimate; their standard errors add up in squares, on the fewest degrees of freedom
 *  of them, which makes the interval rather too wide. */
export function trainingTime(cost: MeasuredCost, checkpointEveryMs: number): TrainingTime {
  const estimates = cost.samples.flatMap(({ part, ms, sizes, totalSize }) => {
    const estimate = totalSize === 0 ? null : ratioTotal(ms, sizes, totalSize, LEVEL);
    return estimate === null ? [] : [{ part, ...estimate }];
  });
  const ofPart = (wanted: SampledCost['part']) =>
    estimates.filter(({ part }) => part === wanted).reduce((sum, { value }) => sum + value, 0);
  const [contrast, updates, evaluations] = [ofPart('contrast'), ofPart('updates'), ofPart('evaluations')];
  const saves = Math.floor((updates + evaluations) / checkpointEveryMs);
  const checkpoints = saves * cost.checkpointMs + cost.evaluations * cost.bestMs;
  const parts = { start: cost.startMs, contrast, updates, evaluations, checkpoints };
  const value = COST_PARTS.reduce((sum, part) => sum + parts[part], 0);
  const half = halfWidth(estimates);
  return {
    value: value / 1000,
    // What was measured whole is spent whatever the rest takes.
    low: Math.max(cost.startMs, value - half) / 1000,
    high: (value + half) / 1000,
    measured: cost.samples.filter(({ part }) => part === 'updates').reduce((sum, { ms }) => sum + ms.length, 0),
    parts: {
      start: parts.start / 1000,
      contrast: contrast / 1000,
      updates: updates / 1000,
      evaluations: evaluations / 1000,
      checkpoints: checkpoints / 1000,
    },
  };
}

function halfWidth(estimates: readonly TotalEstimate[]): number {
  const spread = estimates.filter(({ n }) => n > 1);
  if (spread.length === 0) return 0;
  const degrees = Math.min(...spread.map(({ n }) => n - 1));
  const standardError = Math.sqrt(spread.reduce((sum, estimate) => sum + estimate.standardError ** 2, 0));
  return studentTQuantile(0.5 + LEVEL / 2, degrees)! * standardError;
}

/** Whether a training fits into the memory that the machine has free. */
export const MEMORY_FITS = ['fits', 'tight', 'too-large'] as const;
export type MemoryFit = (typeof MEMORY_FITS)[number];

/** Share of the free memory above which it may not be there any more when the training needs it. */
const TIGHT_SHARE = 0.8;

export function memoryFit(peakMb: number, freeMb: number): MemoryFit {
  if (peakMb > freeMb) return 'too-large';
  return peakMb > TIGHT_SHARE * freeMb ? 'tight' : 'fits';
}

/** Places in a sorted list at which to look, the first few of which are spread over all of it however early one stops: 1/2, 1/4, 3/4, 1/8, 5/8 …
 *  @source van der Corput 1935, base 2 */
export function spreadPlaces(count: number, most: number): readonly number[] {
  const places = new Set<number>();
  for (let i = 1; places.size < Math.min(count, most); i++) {
    let place = 0;
    for (let rest = i, share = 0.5; rest > 0; rest >>= 1, share /= 2) place += share * (rest & 1);
    places.add(Math.min(count - 1, Math.floor(place * count)));
  }
  return [...places];
}
