import { z } from 'zod';
import { newRowsPerBatch } from './replay.ts';
import { learningRateFor, type RunConfig } from './run-config.ts';
import type { MemoryFit } from './training-cost.ts';
import { type Method, usualMethod } from './usual-method.ts';

/** What is known of the machine beside the recipe. */
export interface MachineFacts {
  /** Training rows. */
  readonly rows: number;
  /** Of the encoder. */
  readonly layers: number;
  /** How fast the encoder reads the project's own texts here; null where nobody has measured it. */
  readonly encodedTextsPerSecond: number | null;
  /** What a measured plan says of this very recipe; null without one. */
  readonly planned: { readonly minutes: number; readonly fit: MemoryFit } | 'lost' | null;
}

/** What this machine makes of a suggestion: minutes of it, and of the one that the data alone would have, from a plan where one was measured, else a rough
 *  figure from the speed at which the encoder reads texts; null where neither is known. `because`: why the two are not the same. */
export const machineFitSchema = z.strictObject({
  because: z.nullable(z.enum(['slow', 'memory'])),
  minutes: z.nullable(z.number()),
  fullMinutes: z.nullable(z.number()),
});
export type MachineFit = z.output<typeof machineFitSchema>;

export interface FittedRecipe {
  readonly config: RunConfig;
  /** Why it is not the recipe that the data alone would have; null where it is. */
  readonly because: 'slow' | 'memory' | null;
  /** What that recipe, and this one, would take; null where the machine was not measured. */
  readonly fullMinutes: number | null;
  readonly minutes: number | null;
}

/** A training that takes longer is not what a person wants to begin with. */
export const QUICK_AFTER_MINUTES = 30;

/** Time of an update on a text over that of reading it: one pass forward and two back, clipping and the optimiser. Measured 3.7 on short texts. */
const UPDATE_OVER_READING = 4;

/** The recipe, or where it would take too long or too much memory here its quick form: only the top layer learns, everything below is computed once. */
export function fitToMachine(
  config: RunConfig,
  facts: MachineFacts,
  rate: (method: Method['type']) => number = learningRateFor,
): FittedRecipe {
  const { planned } = facts;
  const fullMinutes = planned === null || planned === 'lost' ? expectedMinutes(config, facts) : planned.minutes;
  const kept = { config, because: null, fullMinutes, minutes: fullMinutes } as const;
  const lacksMemory = planned === 'lost' || planned?.fit === 'too-large';
  const isSlow = fullMinutes !== null && fullMinutes > QUICK_AFTER_MINUTES;
  if (!lacksMemory && !isSlow) return kept;
  const quick = quickForm(config, facts.layers, rate);
  if (quick === null) return kept;
  return {
    config: quick,
    because: lacksMemory ? 'memory' : 'slow',
    fullMinutes,
    minutes: expectedMinutes(quick, facts),
  };
}

/** Null where the recipe has none: it trains little more than the head already. */
function quickForm(
  { contrastive, ...config }: RunConfig,
  layers: number,
  rate: (method: Method['type']) => number,
): RunConfig | null {
  if (config.method.type === 'head') return contrastive === undefined ? null : config;
  if (config.method.type !== 'full' || layers < 2) return null;
  const method = usualMethod('frozen-prefix', layers);
  return { ...config, method, learningRate: rate(method.type) };
}

/** Rough minutes of a training, from how fast the encoder reads texts; null where that is not known. A plan measures it properly. */
export function expectedMinutes(
  config: RunConfig,
  { rows, layers, encodedTextsPerSecond }: Pick<MachineFacts, 'rows' | 'layers' | 'encodedTextsPerSecond'>,
): number | null {
  if (encodedTextsPerSecond === null || encodedTextsPerSecond <= 0) return null;
  const { method, epochs, contrastive, batchSize } = config;
  const reading = rows / encodedTextsPerSecond;
  // Batches of which a part are earlier rows are more of them.
  const epoch = (UPDATE_OVER_READING * reading * batchSize) / newRowsPerBatch(config);
  const contrast = (contrastive?.rounds ?? 0) * UPDATE_OVER_READING * reading;
  if (method.type === 'head') return (reading + contrast) / 60;
  if (method.type === 'frozen-prefix') {
    const share = Math.max(0, layers - method.layers) / layers;
    return (reading + epochs * share * epoch + contrast) / 60;
  }
  return (epochs * epoch + contrast) / 60;
}
