import type { Tensor } from 'onnxruntime-node';
import { type AttackPlan, ascend } from '../../../shared/train/adversary.ts';
import { embeddingWidth, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { TrainSpec } from '../../../shared/train/spec.ts';
import { gradientOutput, SHIFT_INPUT, type TrainingGraph } from '../../../shared/train/training-graph.ts';
import { elements } from './packed.ts';
import type { OrtSession } from './session.ts';
import type { Feed } from './token-feeds.ts';

interface Gradients {
  /** Sum of the parts' losses: that of the batch, as every part is weighted by the whole batch's targets. */
  readonly loss: number;
  /** The gradients of the batch by parameter; good until the next batch. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/** A part of a batch, or all of it. */
export interface BatchPart {
  readonly rows: number;
  /** Inputs of the training graph, all but the shift. */
  readonly feeds: () => Promise<Record<string, Tensor>>;
  /** The shift of the word embeddings to begin with, which the passes change; null where there is no adversary. */
  readonly shift: Float32Array | null;
}

/** Gradients of a batch, computed part by part, so that the activations of one part are in memory at a time. */
export class BatchGradients {
  readonly #plan: TrainingGraph;
  readonly #wordWidth: number;
  readonly #attack: AttackPlan | null;
  readonly session: OrtSession;
  readonly inputs: ReadonlySet<string>;
  /** What the gradients of a batch are added up in, and what a part after the first is computed into; made when first needed. */
  readonly #buffers: [ReadonlyMap<string, Float32Array> | null, ReadonlyMap<string, Float32Array> | null] = [
    null,
    null,
  ];

  /** @param session runs the graph of `plan` */
  constructor(spec: TrainSpec, plan: TrainingGraph, session: OrtSession) {
    this.#plan = plan;
    this.#wordWidth = embeddingWidth(spec.encoder);
    this.#attack = spec.attack ?? null;
    this.session = session;
    this.inputs = new Set(plan.graph.inputs.map(({ name }) => name));
  }

  /** @param words rows of the word embeddings that the parts' index counts */
  async over(parts: readonly BatchPart[], words: number): Promise<Gradients> {
    const total = this.#into(0, words);
    let counted = 0;
    const partLoss = new Float32Array(1);
    const run = async (feeds: Record<string, Tensor>, shiftGradient: Float32Array | null, counts: boolean) => {
      // A pass that does not count is overwritten by the next.
      const into = counted === 0 ? total : this.#into(1, words);
      const fetches: Record<string, Tensor> = { loss: this.session.tensor(partLoss, []) };
      for (const [name, { data, shape }] of into) fetches[gradientOutput(name)] = this.session.tensor(data, shape);
      if (shiftGradient !== null) {
        fetches[gradientOutput(SHIFT_INPUT)] = this.session.tensor(shiftGradient, this.#shiftShape(shiftGradient));
      }
      await this.session.run(feeds, fetches);
      if (counts) {
        if (counted > 0) for (const [name, { data }] of into) addTo(total.get(name)!.data, data);
        counted++;
      }
      return partLoss[0]!;
    };
    let loss = 0;
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
        inputs[SHIFT_INPUT] = this.session.tensor(shift, this.#shiftShape(shift));
        const told = await run(inputs, slope, attack.counts(pass));
        if (attack.told(pass)) loss += told;
      }
    }
    return { loss, gradients: new Map([...total].map(([name, { data }]) => [name, data])) };
  }

  /** Buffers for one set of gradients. Those of word embeddings are of this batch's words. */
  #into(set: 0 | 1, words: number): ReadonlyMap<string, Feed & { readonly data: Float32Array }> {
    const { trainable } = this.#plan;
    const fixed = this.#buffers[set] ?? new Map(trainable.flatMap(({ name, shape }) => bufferOf(name, shape)));
    this.#buffers[set] = fixed;
    return new Map(
      trainable.map(({ name, shape }) => {
        const data = fixed.get(name);
        if (data !== undefined) return [name, { data, shape }];
        return [name, { data: new Float32Array(words * this.#wordWidth), shape: [words, this.#wordWidth] }];
      }),
    );
  }

  readonly #shiftShape = ({ length }: Float32Array) => [length / this.#wordWidth, this.#wordWidth];
}

function bufferOf(name: string, shape: readonly number[]): readonly (readonly [string, Float32Array])[] {
  return name === WORD_EMBEDDINGS ? [] : [[name, new Float32Array(elements(shape))]];
}

function addTo(sum: Float32Array, part: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
}
