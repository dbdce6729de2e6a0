import { countElements, loraTensors } from '../../train/parameters.ts';
import { learningRateFor, type RunConfig, suggestConfig } from '../../train/run-config.ts';
import type { EncoderConfig } from '../../train/spec.ts';
import { type Method, usualMethod } from '../../train/usual-method.ts';
import type { RecipeId } from './results.ts';

const HEAD_EPOCHS = 3;
const LORA_EPOCHS = 6;
/** A source that was tuned already moves less than a fresh encoder. */
const CONTINUED_RATE = 0.5;

/** The learning rate to go on with from a source. LoRA and others of few parameters have not moved yet. */
export function continuedRate(method: Method['type']): number {
  const moves = method === 'full' || method === 'frozen-prefix';
  return (moves ? CONTINUED_RATE : 1) * learningRateFor(method);
}

/** Weights that LoRA trains on an encoder, beside the head. */
export function loraParameters(encoder: EncoderConfig): number {
  return countElements(loraTensors({ encoder, method: usualMethod('lora', encoder.layers) }));
}

/** The training configuration of a recipe; null where it trains nothing. Classes without rows say nothing of it. */
export function adaptConfig(
  recipe: RecipeId,
  rowsPerClass: readonly number[],
  maxLength: number,
  seed: number,
): RunConfig | null {
  if (recipe === 'reuse' || recipe === 'threshold') return null;
  const { config } = suggestConfig({ rowsPerClass: rowsPerClass.filter((rows) => rows > 0), maxLength, seed });
  if (recipe === 'new-head') {
    return {
      ...config,
      method: { type: 'head' },
      epochs: HEAD_EPOCHS,
      batchSize: 16,
      learningRate: learningRateFor('head'),
    };
  }
  if (recipe === 'lora') {
    return {
      ...config,
      method: usualMethod('lora', 0),
      epochs: LORA_EPOCHS,
      batchSize: 32,
      learningRate: learningRateFor('lora'),
    };
  }
  return {
    ...config,
    method: { type: 'full', freezeEmbeddings: true },
    epochs: Math.min(config.epochs, 4),
    batchSize: 32,
    learningRate: continuedRate('full'),
  };
}
