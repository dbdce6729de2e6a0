import { z } from 'zod';
import { canonicalJson } from '../../data/canonical-json.ts';
import { DEFAULT_EFFECTIVE_BETA } from '../../train/robustness-config.ts';
import { type RunConfig, runConfigSchema, suggestedRates } from '../../train/run-config.ts';
import { TEXT_TASKS } from '../../train/text-task.ts';
import { continuedRate } from '../adaptation/adapt-config.ts';
import { comparisonResultSchema } from './results.ts';
import { taskComparisonSchema } from './tasks/results.ts';

export type RunOption = keyof RunConfig;

/** Which trainings are held against each other. */
export const ablationAmongSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('classes') }),
  z.strictObject({ type: z.literal('task'), task: z.enum(TEXT_TASKS) }),
  z.strictObject({ type: z.literal('scenario'), scenarioId: z.string().regex(/^S\d{1,6}$/) }),
]);
export type AblationAmong = z.output<typeof ablationAmongSchema>;

export const ablationResultSchema = z.strictObject({
  pairs: z.array(
    z.strictObject({
      option: runConfigSchema.keyof(),
      runId: z.string(),
      referenceId: z.string(),
      /** Run minus reference on the test rows of both. */
      compared: z.union([comparisonResultSchema, taskComparisonSchema]),
    }),
  ),
  /** Of runs that combine several options: the config without one of them, where nobody has trained it. */
  missing: z.array(
    z.strictObject({
      runId: z.string(),
      option: runConfigSchema.keyof(),
      config: runConfigSchema,
      /** A job that trains it runs or waits. */
      queued: z.boolean(),
    }),
  ),
});
export type AblationResult = z.output<typeof ablationResultSchema>;

/** A training as far as it decides what it may be held against. */
export interface AblationRun {
  readonly id: string;
  /** What it began with and learnt from: base model, or source and classifier; and its rows. */
  readonly start: string;
  readonly testLock: string;
  readonly config: RunConfig;
  /** From one seed, or from several of which the best on dev rows answers. */
  readonly seeds: readonly number[];
}

/** Two runs that differ in one option alone: the later of them against the earlier, or the one with the option against the one without. */
export interface AblationPair {
  readonly option: RunOption;
  readonly run: AblationRun;
  readonly reference: AblationRun;
}

/** All pairs of runs of one start and test rows, from the same seeds, whose configs differ in exactly one option: what it brings is the difference of the two. A method
 *  with its usual learning rate is one option, and so are class weights with their β.
 *  The reference is the run that leaves the option at rest where just one of the two does, else the earlier one. */
export function ablationPairs(runs: readonly AblationRun[]): readonly AblationPair[] {
  const ordered = [...runs].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  const pairs: AblationPair[] = [];
  for (const [i, earlier] of ordered.entries()) {
    for (const later of ordered.slice(i + 1)) {
      if (originOf(earlier) !== originOf(later)) continue;
      const option = onlyDifference(earlier.config, later.config);
      if (option === null) continue;
      const [run, reference] =
        isAtRest(later.config, option) && !isAtRest(earlier.config, option) ? [earlier, later] : [later, earlier];
      pairs.push({ option, run, reference });
    }
  }
  return pairs;
}

/** What two trainings must share to be held against each other. */
const originOf = ({ start, testLock, seeds }: Omit<AblationRun, 'id'>) => canonicalJson([start, testLock, seeds]);

/** What can be taken out of a run by itself. Parts of a batch and halves are left out: they are for memory and time. */
const SEPARABLE = [
  'classWeights',
  'labelSmoothing',
  'focalGamma',
  'logitAdjustment',
  'rDrop',
  'huberDelta',
  'adversary',
  'augmentation',
  'contrastive',
  'continual',
  'layerDecay',
  'unfreezing',
] as const satisfies readonly RunOption[];

export interface MissingRun<R extends AblationRun> {
  readonly run: R;
  readonly option: RunOption;
  readonly config: RunConfig;
}

/** The trainings that are missing to say of each option of a run that combines several what it brings: the same config with it alone at rest. Of a
 *  run that says so of another, nothing is missing. */
export function missingRuns<R extends AblationRun>(runs: readonly R[]): readonly MissingRun<R>[] {
  const keyOf = (run: Omit<AblationRun, 'id'>) => canonicalJson([originOf(run), effective(run.config)]);
  const wanted = new Map<string, MissingRun<R>>();
  for (const run of runs) {
    const chosen = SEPARABLE.filter((option) => !isAtRest(run.config, option));
    if (chosen.length < 2) continue;
    for (const option of chosen) {
      const config = without(run.config, option);
      const key = keyOf({ ...run, config });
      if (!wanted.has(key)) wanted.set(key, { run, option, config });
    }
  }
  const trained = new Set(runs.map(keyOf));
  return [...wanted].flatMap(([key, missing]) => (trained.has(key) || wanted.has(keyOf(missing.run)) ? [] : [missing]));
}

/** Whether two configs ask for the same training. */
export function sameTraining(a: RunConfig, b: RunConfig): boolean {
  return canonicalJson(effective(a)) === canonicalJson(effective(b));
}

function without(config: RunConfig, option: (typeof SEPARABLE)[number]): RunConfig {
  if (option === 'classWeights') {
    const { effectiveNumberBeta: _, ...rest } = config;
    return { ...rest, classWeights: 'none' };
  }
  const { [option]: _, ...rest } = config;
  return rest;
}

/** A config without what has no effect in it, and with the β that is taken where none is given. */
function effective({ effectiveNumberBeta, ...config }: RunConfig): RunConfig {
  if (config.classWeights !== 'effective-number') return config;
  return { ...config, effectiveNumberBeta: effectiveNumberBeta ?? DEFAULT_EFFECTIVE_BETA };
}

/** The one option in which two configs differ; null where they differ in none, in several or in the seed. */
function onlyDifference(first: RunConfig, second: RunConfig): RunOption | null {
  const [a, b] = [effective(first), effective(second)];
  const options = [...new Set([...Object.keys(a), ...Object.keys(b)])] as RunOption[];
  const different = options.filter((option) => canonicalJson(a[option]) !== canonicalJson(b[option]));
  const isOnly = (...allowed: RunOption[]) => different.every((option) => allowed.includes(option));
  const ownRates = a.method.type !== b.method.type && a.learningRate !== b.learningRate;
  if (ownRates && isOnly('method', 'learningRate')) return hasUsualRate(a) && hasUsualRate(b) ? 'method' : null;
  if (a.classWeights !== b.classWeights && isOnly('classWeights', 'effectiveNumberBeta')) return 'classWeights';
  const [only] = different;
  return different.length === 1 && only !== undefined && only !== 'seed' ? only : null;
}

/** A method learns at a rate of its own; at any other one the rate would be a second difference. */
function hasUsualRate({ method: { type }, learningRate }: RunConfig): boolean {
  return [...suggestedRates(type), continuedRate(type)].includes(learningRate);
}

function isAtRest(config: RunConfig, option: RunOption): boolean {
  const value = config[option];
  return value === undefined || value === 'none';
}
