import { learningRateFor, type RunConfig, suggestConfig } from '../../train/run-config.ts';
import type { RecipeId } from './results.ts';

const LORA = { type: 'lora', rank: 8, alpha: 16, rankStabilised: false, targets: ['query', 'value'] } as const;
const HEAD_EPOCHS = 3;
const LORA_EPOCHS = 6;
/** A source that was tuned already moves less than a fresh encoder. */
const CONTINUED_RATE = 0.5;

/** Weights that LoRA trains on an encoder, beside the head. */
export function loraParameters(layers: number, hiddenSize: number): number {
  return layers * LORA.targets.length * LORA.rank * 2 * hiddenSize;
}

/** The training configuration of a recipe; null where it trains nothing. */
export function adaptConfig(
  recipe: RecipeId,
  rowsPerClass: readonly number[],
  maxLength: number,
  seed: number,
): RunConfig | null {
  if (recipe === 'reuse' || recipe === 'threshold') return null;
  const { config } = suggestConfig({ rowsPerClass, maxLength, seed });
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
      method: { ...LORA, targets: [...LORA.targets] },
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
    learningRate: CONTINUED_RATE * learningRateFor('full'),
  };
}
