import { createTrainer } from '../electron/worker/ort/trainer.ts';
import { createRng } from '../shared/rng.ts';
import { createMaskSource } from '../shared/train/dropout-mask.ts';
import { type RunConfig, suggestConfig, trainSpec } from '../shared/train/run-config.ts';
import type { EncoderConfig, NamedTensors, Pooling, TrainBatch } from '../shared/train/spec.ts';

/** A batch of so many texts, all of so many tokens. */
export interface Shape {
  readonly rows: number;
  readonly length: number;
}

export interface TimedTrainer {
  /** Milliseconds of an update on random words, its masks included. */
  step(shape: Shape): Promise<number>;
  dispose(): Promise<void>;
}

export interface TimedTrainerInput {
  readonly encoder: EncoderConfig;
  readonly weights: NamedTensors;
  readonly pooling: Pooling;
  readonly method: RunConfig['method'];
  readonly classes: number;
  readonly threads: number;
  /** That of the product's recipe unless given. */
  readonly dropout?: number;
}

const LEARNING_RATE = 1e-5;
/** Most updates of one trainer: only AdaLoRA's plan depends on it. */
const STEPS = 10_000;

/** The product's training session on random batches. The same words come again at every update of a shape, so that a cached prefix is found. */
export async function openTimedTrainer(input: TimedTrainerInput): Promise<TimedTrainer> {
  const { encoder, method, classes, threads, pooling } = input;
  const { config } = suggestConfig({ rowsPerClass: [1000], maxLength: encoder.maxPositions, seed: 0 });
  const dropout = input.dropout ?? config.dropout;
  const spec = trainSpec({ ...config, method, dropout }, encoder, pooling, classes);
  const trainer = await createTrainer(spec, input.weights, { threads, rng: createRng(0), totalSteps: STEPS });
  const masks = createMaskSource(createRng(1), dropout);
  return {
    async step(shape) {
      const batch = randomBatch(shape, encoder.vocabSize, classes);
      const from = performance.now();
      await trainer.step(batch, LEARNING_RATE, masks.draw(trainer.maskElements(batch.rows, batch.length)));
      return performance.now() - from;
    },
    dispose: () => trainer.dispose(),
  };
}

function randomBatch({ rows, length }: Shape, words: number, classes: number): TrainBatch {
  const rng = createRng(rows * 100_003 + length);
  return {
    rows,
    length,
    inputIds: Int32Array.from({ length: rows * length }, () => rng.int(words)),
    attentionMask: new Uint8Array(rows * length).fill(1),
    labels: Int32Array.from({ length: rows }, () => rng.int(classes)),
  };
}
