import { expect, test } from 'vitest';
import { loraParameters } from './adapt-config.ts';

test('LoRA of rank 8 on every linear layer has 16 numbers for each row and column, as peft counts them', () => {
  // peft 0.21: LoraConfig(r=8, target_modules=[query, key, value, dense]) on all-MiniLM-L6-v2, whose pooler is left out.
  const miniLm = {
    vocabSize: 30_522,
    hiddenSize: 384,
    layers: 6,
    heads: 12,
    intermediateSize: 1536,
    maxPositions: 512,
    typeVocabSize: 2,
    layerNormEps: 1e-12,
    activation: 'gelu',
  } as const;
  expect(loraParameters(miniLm)).toBe(331_776);
});
