import { adamNumbers } from '../../shared/train/adamw.ts';
import type { NamedTensors, TokenBatch, Trainer, TrainerState } from '../../shared/train/spec.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Logistic regression on counts of token ids with dropout on tokens and Adam: a trainer that is quick and does all that the loop relies on. */
export function bagTrainer(vocabulary: number, classes: number, keep = 0.9): Trainer {
  let step = 0;
  let weights = new Float32Array(classes * vocabulary);
  let first = new Float32Array(weights.length);
  let second = new Float32Array(weights.length);

  const scores = (batch: TokenBatch, row: number, mask: Uint8Array | null): Float64Array => {
    const logits = new Float64Array(classes);
    for (let i = row * batch.length; i < (row + 1) * batch.length; i++) {
      if (batch.attentionMask[i] === 0 || mask?.[i] === 0) continue;
      const scale = mask === null ? 1 : 1 / keep;
      for (let k = 0; k < classes; k++) logits[k]! += scale * weights[k * vocabulary + batch.inputIds[i]!]!;
    }
    return logits;
  };
  const named = (data: Float32Array): NamedTensors =>
    new Map([['weight', { shape: [classes, vocabulary], data: data.slice() }]]);
  const taken = (tensors: NamedTensors) => tensors.get('weight')!.data.slice() as Float32Array<ArrayBuffer>;

  return {
    maskElements: (rows, length) => rows * length,
    async step(batch, lr, mask) {
      const gradient = new Float32Array(weights.length);
      let loss = 0;
      for (let row = 0; row < batch.rows; row++) {
        const logits = scores(batch, row, mask);
        const largest = Math.max(...logits);
        const exponents = logits.map((z) => Math.exp(z - largest));
        const sum = exponents.reduce((a, b) => a + b, 0);
        const target = (k: number) => batch.targets?.[row * classes + k] ?? (k === batch.labels[row] ? 1 : 0);
        const mass = [...logits.keys()].reduce((total, k) => total + target(k), 0);
        for (let k = 0; k < classes; k++) {
          const probability = exponents[k]! / sum;
          loss -= (target(k) * Math.log(probability)) / batch.rows;
          for (let i = row * batch.length; i < (row + 1) * batch.length; i++) {
            if (batch.attentionMask[i] === 0 || mask[i] === 0) continue;
            gradient[k * vocabulary + batch.inputIds[i]!]! += (mass * probability - target(k)) / keep / batch.rows;
          }
        }
      }
      step++;
      const adam = adamNumbers({ weightDecay: 0, beta1: BETA1, beta2: BETA2, epsilon: EPSILON }, lr, step);
      for (const [i, g] of gradient.entries()) {
        first[i] = BETA1 * first[i]! + (1 - BETA1) * g;
        second[i] = BETA2 * second[i]! + (1 - BETA2) * g * g;
        weights[i]! -= (adam.stepSize * first[i]!) / (Math.sqrt(second[i]!) + adam.epsilon);
      }
      return { loss, gradNorm: Math.hypot(...gradient) };
    },
    async logits(batch) {
      const all = new Float32Array(batch.rows * classes);
      for (let row = 0; row < batch.rows; row++) all.set(scores(batch, row, null), row * classes);
      return all;
    },
    state: () => ({ step, parameters: named(weights), firstMoments: named(first), secondMoments: named(second) }),
    async restore(state: TrainerState) {
      step = state.step;
      weights = taken(state.parameters);
      first = taken(state.firstMoments);
      second = taken(state.secondMoments);
    },
    mergedWeights: () => named(weights),
    dispose: async () => undefined,
  };
}
