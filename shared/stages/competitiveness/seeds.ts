import { z } from 'zod';
import { meanDifference } from '../../statistics/mean-difference.ts';
import { meanOverRuns } from '../../statistics/mean-over-runs.ts';
import type { RunConfig } from '../../train/run-config.ts';

/** More say little that these do not. */
export const MOST_SEEDS = 10;
export const USUAL_SEEDS = 3;

/** From how many seeds a recipe is trained: its own and those after it. */
export const seedCountSchema = z.int().min(1).max(MOST_SEEDS);
/** Where nothing is said. */
export const DEFAULT_SEED_COUNT = 1;

const share = z.number().min(0).max(1);
const meanSchema = z.strictObject({
  mean: share,
  /** Standard deviation over seeds. */
  deviation: z.number().min(0),
  /** 95 %, Student. May lie outside [0, 1] where few seeds differ much. */
  low: z.number(),
  high: z.number(),
});

/** One recipe trained from several seeds: rows, base model and recipe are the same, the seed alone varies. */
export const seedsResultSchema = z.strictObject({
  /** The seed whose model is the run's; its figures are the run's own. */
  kept: z.int(),
  /** The best macro-F1 on dev rows, never on test rows; the first seed without dev rows. */
  keptBy: z.enum(['dev', 'first']),
  runs: z
    .array(
      z.strictObject({
        seed: z.int(),
        /** Macro-F1 on dev rows; null without any. */
        dev: z.nullable(share),
        /** On the locked test rows. */
        accuracy: share,
        macroF1: share,
        steps: z.int().min(0),
        trainDurationMs: z.number().min(0),
      }),
    )
    .min(2),
  accuracy: meanSchema,
  macroF1: meanSchema,
});
export type SeedsResult = z.output<typeof seedsResultSchema>;
export type SeedRun = SeedsResult['runs'][number];

/** `count` seeds from the recipe's own on. */
export function seedsFrom(config: Pick<RunConfig, 'seed'>, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (config.seed + i) >>> 0);
}

/** Which of the runs is kept: the best on dev, the earlier of equals; the first where no dev rows judge. */
export function keptSeed(runs: readonly Pick<SeedRun, 'seed' | 'dev'>[]): Pick<SeedsResult, 'kept' | 'keptBy'> {
  const [first] = runs;
  const best = runs.reduce((found, run) => ((run.dev ?? -1) > (found.dev ?? -1) ? run : found), first!);
  return { kept: best.seed, keptBy: best.dev === null ? 'first' : 'dev' };
}

/** Means over two or more seeds, and which of them is kept. */
export function seedsResult(runs: readonly SeedRun[]): SeedsResult {
  const over = (figure: 'accuracy' | 'macroF1') => {
    const { n: _n, ...mean } = meanOverRuns(runs.map((run) => run[figure]))!;
    return mean;
  };
  return { ...keptSeed(runs), runs: [...runs], accuracy: over('accuracy'), macroF1: over('macroF1') };
}

const differenceSchema = z.strictObject({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** Null where no seed of either differs from another. */
  p: z.nullable(share),
});

/** Means of two runs of several seeds, one against the other. */
export const seedComparisonSchema = z.strictObject({
  n: z.int().min(2),
  referenceN: z.int().min(2),
  /** Run minus reference, Welch's interval (95 %) and t test over seeds. */
  accuracy: differenceSchema,
  macroF1: differenceSchema,
});
export type SeedComparison = z.output<typeof seedComparisonSchema>;

/** The difference of two means over seeds: seeds of one are not paired with those of the other, as equal numbers draw different things in another recipe. */
export function compareSeeds(run: SeedsResult, reference: SeedsResult): SeedComparison {
  const group = ({ runs }: SeedsResult, of: SeedsResult['accuracy']) => ({
    n: runs.length,
    mean: of.mean,
    sd: of.deviation,
  });
  const difference = (figure: 'accuracy' | 'macroF1') => {
    const { value, low, high, p } = meanDifference(group(run, run[figure]), group(reference, reference[figure]))!;
    return { value, low, high, p };
  };
  return {
    n: run.runs.length,
    referenceN: reference.runs.length,
    accuracy: difference('accuracy'),
    macroF1: difference('macroF1'),
  };
}
