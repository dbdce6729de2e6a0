import type { Tensor } from 'onnxruntime-node';
import { type AttackPlan, ascend } from '../../../shared/train/adversary.ts';
import { embeddingWidth, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { TrainSpec } from '../../../shared/train/spec.ts';
import {
  gradientOutput,
  nextOutput,
  SHIFT_INPUT,
  sumInput,
  type TrainingGraph,
} from '../../../shared/train/training-graph.ts';
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

/** A part of a batch. */
export interface BatchPart {
  readonly rows: number;
  /** Inputs of the graph of sums, all but the sums and the shift. */
  readonly feeds: () => Promise<Record<string, Tensor>>;
  /** The shift of the word embeddings to begin with, which the passes change; null where there is no adversary. */
  readonly shift: Float32Array | null;
}

/** Gradients of a batch computed part by part, so that the activations of one part are in memory at a time. */
export class GradientSums {
  readonly #plan: TrainingGraph;
  readonly #wordWidth: number;
  readonly #attack: AttackPlan | null;
  readonly #session: OrtSession;
  /** Two buffers a tensor: a part reads the sum so far from one and writes the next into the other. */
  readonly #buffers: ReadonlyMap<string, readonly [Float32Array, Float32Array]>;
  readonly inputs: ReadonlySet<string>;

  private constructor(spec: TrainSpec, plan: TrainingGraph, session: OrtSession) {
    this.#plan = plan;
    this.#wordWidth = embeddingWidth(spec.encoder);
    this.#attack = spec.attack ?? null;
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

  /** @param words rows of the word embeddings that the parts' index counts */
  async over(parts: readonly BatchPart[], words: number): Promise<Sums> {
    const pairs = new Map(
      this.#plan.trainable.map(({ name, shape }) => {
        if (name !== WORD_EMBEDDINGS) return [name, { shape, buffers: this.#buffers.get(name)! }] as const;
        const rows = [words, this.#wordWidth];
        const zeros = () => new Float32Array(elements(rows));
        return [name, { shape: rows, buffers: [zeros(), zeros()] as const }] as const;
      }),
    );
    for (const { buffers } of pairs.values()) buffers[0].fill(0);
    const partLoss = new Float32Array(1);
    let loss = 0;
    let now: 0 | 1 = 0;
    const run = async (feeds: Record<string, Tensor>, shiftGradient: Float32Array | null, counts: boolean) => {
      const fetches: Record<string, Tensor> = { loss: this.#session.tensor(partLoss, []) };
      for (const [name, { shape, buffers }] of pairs) {
        feeds[sumInput(name)] = this.#session.tensor(buffers[now], shape);
        fetches[nextOutput(sumInput(name))] = this.#session.tensor(buffers[now === 0 ? 1 : 0], shape);
      }
      if (shiftGradient !== null) {
        fetches[gradientOutput(SHIFT_INPUT)] = this.#session.tensor(shiftGradient, this.#shiftShape(shiftGradient));
      }
      await this.#session.run(feeds, fetches);
      // The sums of a pass that does not count are overwritten by the next.
      if (counts) now = now === 0 ? 1 : 0;
      return partLoss[0]!;
    };
    for (const { rows, feeds, shift } of parts) {
      const inputs = await feeds();
      const attack = this.#attack;
      if (attack === null || shift === null) {
        loss += await run(inputs, null, true);
        continue;
      }
      const slope = new Float32Array(shift.length);
      for (let pass = 0; pass < attack.passes; pass++) {
        if (pass > 0) ascend(attack, shift, slope, rows);
        inputs[SHIFT_INPUT] = this.#session.tensor(shift, this.#shiftShape(shift));
        const told = await run(inputs, slope, attack.counts(pass));
        if (attack.told(pass)) loss += told;
      }
    }
    const gradients = [...pairs].map(([name, { shape, buffers }]) => [
      gradientOutput(name),
      { data: buffers[now], shape },
    ]);
    return { loss, gradients: Object.fromEntries(gradients) };
  }

  readonly #shiftShape = ({ length }: Float32Array) => [length / this.#wordWidth, this.#wordWidth];

  async dispose(): Promise<void> {
    await this.#session.dispose();
  }
}
