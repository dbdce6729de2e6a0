import type { EncoderConfig } from '../shared/train/spec.ts';

/** Weights of the layers' matrices, without embeddings: 6 × these × tokens are the floating-point operations of an update in which all is computed and trained. */
export function encoderParameters({ layers, hiddenSize, intermediateSize }: EncoderConfig): number {
  return layers * (4 * hiddenSize ** 2 + 2 * hiddenSize * intermediateSize);
}
