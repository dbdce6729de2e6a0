import type { Tensor } from 'onnxruntime-node';
import { WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { TrainSpec } from '../../../shared/train/spec.ts';
import { gradientOutput, nextOutput, sumInput, type TrainingGraph } from '../../../shared/train/training-graph.ts';
import { lowerGraph } from './lower.ts';
import { elements } from './packed.ts';
import { OrtSession, type SessionOptions } from './session.ts';
import type { Feed } from './token-feeds.ts';

interface Sums {
  /** Sum of the parts' losses: that of the batch, as every part is weighted by the whole batch's targets. */
  readonly loss: number;
  /** The gradients of the batch, as inputs of the update graph. */
  readonly gradients: Readonly<Record<string, Feed>>;
}

/** Gradients of a batch computed part by part, so that the activations of one part are in memory at a time. */
export class GradientSums {
  readonly #plan: TrainingGraph;
  readonly #hiddenSize: number;
  readonly #session: OrtSession;
  /** Two buffers a tensor: a part reads the sum so far from one and writes the next into the other. */
  readonly #buffers: ReadonlyMap<string, readonly [Float32Array, Float32Array]>;
  readonly inputs: ReadonlySet<string>;

  private constructor(spec: TrainSpec, plan: TrainingGraph, session: OrtSession) {
    this.#plan = plan;
    this.#hiddenSize = spec.encoder.hiddenSize;
    this.#session = session;
    this.inputs = new Set(plan.graph.inputs.map(({ name }) => name));
    const fixed = plan.trainable.filter(({ name }) => name !== WORD_EMBEDDINGS);
    const buffer = (shape: readonly number[]) => new Float32Array(elements(shape));
    this.#buffers = new Map(fixed.map(({ name, shape }) => [name, [buffer(shape), buffer(shape)]]));
  }

  /** @param plan a `sums` graph */
  static async create(spec: TrainSpec, plan: TrainingGraph, options: SessionOptions): Promise<GradientSums> {
    return new GradientSums(spec, plan, await OrtSession.create(lowerGraph(plan.graph), options));
  }

  tensor(feed: Feed): Tensor {
    return this.#session.tensor(feed.data, feed.shape);
  }

  /** @param parts inputs of each part, all but the sums
   *  @param words rows of the word embeddings that the parts' index counts */
  async over(parts: readonly (() => Promise<Record<string, Tensor>>)[], words: number): Promise<Sums> {
    const pairs = new Map(
      this.#plan.trainable.map(({ name, shape }) => {
        if (name !== WORD_EMBEDDINGS) return [name, { shape, buffers: this.#buffers.get(name)! }] as const;
        const rows = [words, this.#hiddenSize];
        const zeros = () => new Float32Array(elements(rows));
        return [name, { shape: rows, buffers: [zeros(), zeros()] as const }] as const;
      }),
    );
    for (const { buffers } of pairs.values()) buffers[0].fill(0);
    const partLoss = new Float32Array(1);
    let loss = 0;
    let now: 0 | 1 = 0;
    for (const part of parts) {
      const feeds = await part();
      const fetches: Record<string, Tensor> = { loss: this.#session.tensor(partLoss, []) };
      for (const [name, { shape, buffers }] of pairs) {
        feeds[sumInput(name)] = this.#session.tensor(buffers[now], shape);
        fetches[nextOutput(sumInput(name))] = this.#session.tensor(buffers[now === 0 ? 1 : 0], shape);
      }
      await this.#session.run(feeds, fetches);
      loss += partLoss[0]!;
      now = now === 0 ? 1 : 0;
    }
    const gradients = [...pairs].map(([name, { shape, buffers }]) => [
      gradientOutput(name),
      { data: buffers[now], shape },
    ]);
    return { loss, gradients: Object.fromEntries(gradients) };
  }

  async dispose(): Promise<void> {
    await this.#session.dispose();
  }
}
