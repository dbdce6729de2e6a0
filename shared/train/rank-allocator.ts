import { loraTensors } from './parameters.ts';
import type { NamedTensor, NamedTensors, TrainSpec, TuningMethod } from './spec.ts';

/** AdaLoRA's allocator: it learns which of all triplets (a column of B, a value of E, a row of A) matter, and keeps as many as the budget of the update
 *  allows. All tensors are [rows, columns] row-major. @source Zhang et al. 2023, AdaLoRA; peft 0.21.2, tuners/adalora/layer.py RankAllocator */

export type AdaLoraMethod = Extract<TuningMethod, { type: 'adalora' }>;

/** Decay of the means of importance and of its uncertainty. @source peft AdaLoraConfig.beta1, beta2 */
const SMOOTHING = 0.85;

/** The run's updates 1…total in three phases: nothing is dropped up to `first`, nothing is chosen anew from `last` on. */
export interface AllocationPhases {
  readonly first: number;
  readonly last: number;
}

export function allocationPhases(method: AdaLoraMethod, totalSteps: number): AllocationPhases {
  const first = Math.floor(method.initialShare * totalSteps);
  return { first, last: totalSteps - Math.floor(method.finalShare * totalSteps) };
}

/** How many of `all` triplets stay after update `step`: all, then a cubic decline to `target`. */
export function rankBudget(step: number, { first, last }: AllocationPhases, all: number, target: number): number {
  if (step <= first) return all;
  if (step >= last) return target;
  const rest = 1 - (step - first) / (last - first);
  return Math.trunc((all - target) * rest ** 3 + target);
}

interface Mean {
  readonly importance: Float32Array;
  readonly uncertainty: Float32Array;
}

const MATRICES = ['A', 'E', 'B'] as const;
type Matrix = (typeof MATRICES)[number];
const tensorName = (module: string, matrix: Matrix) => `${module}.lora_${matrix}.weight`;

/** A tensor as it stands in the trainer's memory. */
type Memory = (name: string) => Float32Array;

export class RankAllocator {
  readonly #method: AdaLoraMethod;
  readonly #phases: AllocationPhases;
  /** Names of the adapted linear layers. */
  readonly #modules: readonly string[];
  readonly #means: ReadonlyMap<string, Mean>;
  /** For each module which triplets stay: decided in the last phase, from then on bound to. */
  readonly #kept: ReadonlyMap<string, Float32Array>;

  constructor(spec: TrainSpec, method: AdaLoraMethod, totalSteps: number) {
    this.#method = method;
    this.#phases = allocationPhases(method, totalSteps);
    const tensors = loraTensors(spec);
    const isE = /\.lora_E\.weight$/;
    this.#modules = tensors.filter(({ name }) => isE.test(name)).map(({ name }) => name.replace(isE, ''));
    const zeros = (shape: readonly number[]) => new Float32Array(shape.reduce((product, dim) => product * dim, 1));
    this.#means = new Map(
      tensors.map(({ name, shape }) => [name, { importance: zeros(shape), uncertainty: zeros(shape) }]),
    );
    this.#kept = new Map(this.#modules.map((module) => [module, new Float32Array(method.rank).fill(1)]));
  }

  /** After update `step` (from 1): learns from parameters and (clipped) gradients, and sets E to zero, in place, where a triplet has to go. */
  update(step: number, parameters: Memory, gradients: Memory): void {
    const { first, last } = this.#phases;
    if (step < last) {
      for (const [name, mean] of this.#means) learn(mean, parameters(name), gradients(name));
    }
    if (step === last || (step > first && step < last && step % this.#method.interval === 0)) this.#choose(step);
    else if (step < last) return;
    for (const module of this.#modules) {
      const e = parameters(tensorName(module, 'E'));
      const kept = this.#kept.get(module)!;
      for (let i = 0; i < e.length; i++) if (kept[i] === 0) e[i] = 0;
    }
  }

  /** A copy of all that the next update depends on. */
  state(): NamedTensors {
    const copied = new Map<string, NamedTensor>();
    const put = (name: string, data: Float32Array) => copied.set(name, { shape: [data.length], data: data.slice() });
    for (const [name, { importance, uncertainty }] of this.#means) {
      put(`importance.${name}`, importance);
      put(`uncertainty.${name}`, uncertainty);
    }
    for (const [module, kept] of this.#kept) put(`kept.${module}`, kept);
    return copied;
  }

  restore(state: NamedTensors): void {
    const take = (name: string, into: Float32Array) => into.set(state.get(name)!.data);
    for (const [name, { importance, uncertainty }] of this.#means) {
      take(`importance.${name}`, importance);
      take(`uncertainty.${name}`, uncertainty);
    }
    for (const [module, kept] of this.#kept) take(`kept.${module}`, kept);
  }

  /** Marks the triplets with the highest scores, as many as the budget has. Those that tie with the highest of the others go too. */
  #choose(step: number): void {
    const all = this.#modules.length * this.#method.rank;
    const budget = rankBudget(step, this.#phases, all, this.#modules.length * this.#method.targetRank);
    const scores = new Map(this.#modules.map((module) => [module, this.#scores(module)]));
    const sorted = Float64Array.from([...scores.values()].flatMap((values) => [...values])).sort();
    const threshold = budget < all ? sorted[all - budget - 1]! : Number.NEGATIVE_INFINITY;
    for (const [module, values] of scores) {
      this.#kept.get(module)!.set(Array.from(values, (score) => Number(score > threshold)));
    }
  }

  /** s(E) + mean of s over A's row + mean of s over B's column, with s = importance · uncertainty. */
  #scores(module: string): Float64Array {
    const { rank } = this.#method;
    const scores = new Float64Array(rank);
    for (const matrix of MATRICES) {
      const { importance, uncertainty } = this.#means.get(tensorName(module, matrix))!;
      const perTriplet = importance.length / rank;
      for (let i = 0; i < importance.length; i++) {
        const triplet = matrix === 'B' ? i % rank : Math.floor(i / perTriplet);
        scores[triplet] = scores[triplet]! + (importance[i]! * uncertainty[i]!) / perTriplet;
      }
    }
    return scores;
  }
}

function learn({ importance, uncertainty }: Mean, parameter: Float32Array, gradient: Float32Array): void {
  for (let i = 0; i < importance.length; i++) {
    const now = Math.abs(parameter[i]! * gradient[i]!);
    importance[i] = SMOOTHING * importance[i]! + (1 - SMOOTHING) * now;
    uncertainty[i] = SMOOTHING * uncertainty[i]! + (1 - SMOOTHING) * Math.abs(now - importance[i]!);
  }
}
