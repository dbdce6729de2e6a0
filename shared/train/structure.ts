import { z } from 'zod';
import { type Kept, withLayers } from './cut-encoder.ts';
import { layerSize } from './parameters.ts';
import type { EncoderConfig } from './spec.ts';

/** How a model differs in shape from the base model that it was made of; it travels inside the file of its weights. */
const count = z.int().min(1);
export const modelStructureSchema = z.strictObject({
  /** One per layer, from the input up. */
  layers: z.array(z.strictObject({ heads: count, intermediateSize: count })).min(1),
  /** Ids of the base vocabulary in the order of this model's; null for the whole vocabulary. */
  tokens: z.nullable(z.array(z.int().min(0)).min(1)),
});
export type ModelStructure = z.output<typeof modelStructureSchema>;

/** The base's configuration in this shape. */
export function structured(config: EncoderConfig, structure: ModelStructure | null): EncoderConfig {
  if (structure === null) return config;
  return withLayers({ ...config, vocabSize: structure.tokens?.length ?? config.vocabSize }, structure.layers);
}

/** The shape of a model after a cut, in terms of the base: `tokens` are the base ids of the model before it. */
export function structureAfter(cut: EncoderConfig, kept: Kept, tokens: readonly number[] | null): ModelStructure {
  const layers = Array.from({ length: cut.layers }, (_, layer) => ({ ...layerSize(cut, layer) }));
  if (kept.tokens === null) return { layers, tokens: tokens === null ? null : [...tokens] };
  return { layers, tokens: kept.tokens.map((id) => tokens?.[id] ?? id) };
}
