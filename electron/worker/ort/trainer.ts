import type { Tensor } from 'onnxruntime-node';
import type { Graph } from '../../../shared/autodiff/graph.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Rng } from '../../../shared/rng.ts';
import { adamNumbers } from '../../../shared/train/adamw.ts';
import type { ForwardCut } from '../../../shared/train/bert.ts';
import { buildEvaluationGraph } from '../../../shared/train/evaluation-graph.ts';
import { initialTensors } from '../../../shared/train/initial.ts';
import { mergeLora } from '../../../shared/train/lora.ts';
import { lossWeight, oneHot } from '../../../shared/train/loss.ts';
import { type PackedTensor, usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type {
  NamedTensor,
  NamedTensors,
  StepResult,
  TokenBatch,
  TrainBatch,
  Trainer,
  TrainerState,
  TrainSpec,
} from '../../../shared/train/spec.ts';
import {
  boundShape,
  boundSize,
  buildTrainingGraph,
  cutOf,
  maskElements,
  momentInput,
  nextOutput,
  type TrainingGraph,
} from '../../../shared/train/training-graph.ts';
import { lowerGraph } from './lower.ts';
import { elements, fillPacked, pack, unpack } from './packed.ts';
import { PrefixCache } from './prefix-cache.ts';
import { OrtSession, type SessionOptions } from './session.ts';
import { type Feed, gatherRows, scatterRows, TokenFeeds } from './token-feeds.ts';
import { requireTensor } from './weights.ts';

export interface TrainerOptions extends SessionOptions {
  /** Draws the new head and LoRA's matrices. */
  readonly rng: Rng;
  /** `lazy`: only the words of the batch have their embedding, moments and decay updated; `dense`: all, as PyTorch does. `lazy` unless given. */
  readonly embeddingUpdate?: 'lazy' | 'dense';
  /** The trained parameters, where they are not those of the method. */
  readonly trainable?: ReadonlySet<string>;
}

/** Parameter, first and second moment of one tensor. */
type Triple = readonly [Float32Array, Float32Array, Float32Array];
const TRIPLE = [0, 1, 2] as const;

/** Input names of a tensor and its moments, in the order of `Triple`. */
const tripleInputs = (name: string) => [name, momentInput(1, name), momentInput(2, name)] as const;

/** Opens a training session on `weights` (encoder, and the head where it has one).
 *  @throws AppError 'model.tensor-missing', 'model.tensor-shape', 'model.unsupported' */
export async function createTrainer(spec: TrainSpec, weights: NamedTensors, options: TrainerOptions): Promise<Trainer> {
  const cut = options.trainable === undefined ? cutOf(spec) : null;
  const plan = buildTrainingGraph(spec, 'update', options.trainable, cut);
  const all = new Map([...weights, ...initialTensors(spec, weights, options.rng)]);
  const frozen = new Map(plan.frozen.map((tensor) => [tensor.name, frozenData(tensor, all)]));
  const parameters = new Map(plan.trainable.map((tensor) => [tensor.name, pack(tensor, all)]));
  const session = await OrtSession.create(lowerGraph(plan.graph), options);
  const prefix = cut === null ? null : await PrefixCache.create(spec, cut, frozen, options);
  return new OrtTrainer(spec, options, { plan, session, cut, prefix, frozen, parameters });
}

/** A frozen tensor is never written: one that is not packed shares its buffer with `weights`. */
function frozenData(tensor: PackedTensor, weights: NamedTensors): Float32Array {
  return tensor.parts.length === 1 ? requireTensor(weights, tensor.parts[0]!).data : pack(tensor, weights);
}

const inputNames = (graph: Graph): ReadonlySet<string> => new Set(graph.inputs.map(({ name }) => name));

interface Evaluation {
  readonly session: OrtSession;
  readonly inputs: ReadonlySet<string>;
}

interface TrainerParts {
  readonly plan: TrainingGraph;
  readonly session: OrtSession;
  readonly cut: ForwardCut | null;
  readonly prefix: PrefixCache | null;
  readonly frozen: ReadonlyMap<string, Float32Array>;
  readonly parameters: ReadonlyMap<string, Float32Array>;
}

class OrtTrainer implements Trainer {
  readonly #spec: TrainSpec;
  readonly #options: TrainerOptions;
  readonly #plan: TrainingGraph;
  readonly #session: OrtSession;
  readonly #cut: ForwardCut | null;
  readonly #prefix: PrefixCache | null;
  readonly #inputs: ReadonlySet<string>;
  readonly #tokens: TokenFeeds;
  readonly #frozen: ReadonlyMap<string, Float32Array>;
  /** The state, and the buffers that the next step writes. They change places after each step. */
  #current: Map<string, Triple>;
  #spare: Map<string, Triple>;
  /** The word table with its moments where it is updated row by row; then it is in neither set. */
  readonly #table: Triple | null;
  #step = 0;
  #evaluation: Evaluation | null = null;

  constructor(spec: TrainSpec, options: TrainerOptions, parts: TrainerParts) {
    const { plan, frozen, parameters } = parts;
    this.#spec = spec;
    this.#options = options;
    this.#plan = plan;
    this.#session = parts.session;
    this.#cut = parts.cut;
    this.#prefix = parts.prefix;
    this.#inputs = inputNames(plan.graph);
    this.#tokens = new TokenFeeds(spec.encoder, usesClsOnly(spec));
    this.#frozen = frozen;
    const zeros = (like: Float32Array) => new Float32Array(like.length);
    const table = options.embeddingUpdate === 'dense' ? undefined : parameters.get(WORD_EMBEDDINGS);
    this.#table = table === undefined ? null : [table, zeros(table), zeros(table)];
    const buffered = [...parameters].filter(([, data]) => data !== table);
    this.#current = new Map(buffered.map(([name, data]) => [name, [data, zeros(data), zeros(data)]]));
    this.#spare = new Map(buffered.map(([name, data]) => [name, [zeros(data), zeros(data), zeros(data)]]));
  }

  maskElements(rows: number, length: number): number {
    return maskElements(this.#plan.dropoutSites, rows, length);
  }

  async step(batch: TrainBatch, lr: number, mask: Uint8Array): Promise<StepResult> {
    const { words, index } = this.#wordsOf(batch);
    const inputs = { ...(await this.#textFeeds(batch, index)), ...this.#lossFeeds(batch), ...this.#masks(batch, mask) };
    const feeds = this.#tensors(inputs, this.#inputs);
    for (const [name, value] of Object.entries(adamNumbers(this.#spec, lr, this.#step + 1))) {
      feeds[ADAM_INPUT[name as keyof typeof ADAM_INPUT]] = this.#session.tensor(Float32Array.of(value), []);
    }
    const fetches: Record<string, Tensor> = {};
    this.#addState(feeds, fetches);
    const rows = this.#addWords(feeds, fetches, words);
    const loss = new Float32Array(1);
    const gradNorm = new Float32Array(1);
    fetches.loss = this.#session.tensor(loss, []);
    fetches.grad_norm = this.#session.tensor(gradNorm, []);
    await this.#session.run(feeds, fetches);
    const result = { loss: loss[0]!, gradNorm: gradNorm[0]! };
    if (!Number.isFinite(result.loss) || !Number.isFinite(result.gradNorm)) {
      throw new AppError('train.diverged', { step: this.#step + 1 });
    }
    if (rows !== null && words !== null) {
      for (const i of TRIPLE) scatterRows(this.#table![i], words, this.#spec.encoder.hiddenSize, rows[i]);
    }
    [this.#current, this.#spare] = [this.#spare, this.#current];
    this.#step++;
    return result;
  }

  async logits(batch: TokenBatch): Promise<Float32Array> {
    this.#evaluation ??= await this.#openEvaluation();
    const { session, inputs } = this.#evaluation;
    const { words, index } = this.#wordsOf(batch);
    const feeds = this.#tensors(await this.#textFeeds(batch, index), inputs);
    for (const tensor of [...this.#plan.frozen, ...this.#plan.trainable]) {
      if (!inputs.has(tensor.name) || (tensor.name === WORD_EMBEDDINGS && words !== null)) continue;
      feeds[tensor.name] = session.tensor(this.#dataOf(tensor), tensor.shape);
    }
    if (words !== null && inputs.has(WORD_EMBEDDINGS)) feeds[WORD_EMBEDDINGS] = this.#wordRows(words);
    const logits = new Float32Array(batch.rows * this.#spec.labels);
    await session.run(feeds, { logits: session.tensor(logits, [batch.rows, this.#spec.labels]) });
    return logits;
  }

  state(): TrainerState {
    const named = (i: 0 | 1 | 2) =>
      new Map(this.#plan.trainable.flatMap((tensor) => unpack(tensor, this.#triple(tensor.name)[i])));
    return { step: this.#step, parameters: named(0), firstMoments: named(1), secondMoments: named(2) };
  }

  restore(state: TrainerState): void {
    for (const tensor of this.#plan.trainable) {
      const [parameter, firstMoment, secondMoment] = this.#triple(tensor.name);
      fillPacked(tensor, state.parameters, parameter);
      fillPacked(tensor, state.firstMoments, firstMoment);
      fillPacked(tensor, state.secondMoments, secondMoment);
    }
    this.#step = state.step;
  }

  mergedWeights(): NamedTensors {
    const tensors = [...this.#plan.frozen, ...this.#plan.trainable];
    const weights = new Map<string, NamedTensor>(tensors.flatMap((tensor) => unpack(tensor, this.#dataOf(tensor))));
    return mergeLora(this.#spec, weights);
  }

  async dispose(): Promise<void> {
    await this.#session.dispose();
    await this.#evaluation?.session.dispose();
    await this.#prefix?.dispose();
  }

  async #openEvaluation(): Promise<Evaluation> {
    const graph = buildEvaluationGraph(this.#spec, this.#cut);
    return { session: await OrtSession.create(lowerGraph(graph), this.#options), inputs: inputNames(graph) };
  }

  /** Token inputs, and the value of the frozen part below where there is one. */
  async #textFeeds(batch: TokenBatch, index: Int32Array): Promise<Readonly<Record<string, Feed>>> {
    return { ...this.#tokens.feeds(batch, index), ...(await this.#prefix?.feeds(batch)) };
  }

  #triple(name: string): Triple {
    return name === WORD_EMBEDDINGS && this.#table !== null ? this.#table : this.#current.get(name)!;
  }

  #dataOf({ name }: PackedTensor): Float32Array {
    return this.#frozen.get(name) ?? this.#triple(name)[0];
  }

  /** The batch's words and their index; without words (null) the index counts the whole table. */
  #wordsOf(batch: TokenBatch): { readonly words: Int32Array | null; readonly index: Int32Array } {
    const unique = this.#tokens.uniqueWords(batch);
    return this.#current.has(WORD_EMBEDDINGS) ? { words: null, index: batch.inputIds } : unique;
  }

  #wordRows(words: Int32Array): Tensor {
    const { hiddenSize } = this.#spec.encoder;
    const table = this.#frozen.get(WORD_EMBEDDINGS) ?? this.#table![0];
    return this.#session.tensor(gatherRows(table, words, hiddenSize), [words.length, hiddenSize]);
  }

  /** The feeds that the graph with these inputs takes. */
  #tensors(feeds: Readonly<Record<string, Feed>>, inputs: ReadonlySet<string>): Record<string, Tensor> {
    const taken = Object.entries(feeds).filter(([name]) => inputs.has(name));
    return Object.fromEntries(taken.map(([name, { data, shape }]) => [name, this.#session.tensor(data, shape)]));
  }

  #addState(feeds: Record<string, Tensor>, fetches: Record<string, Tensor>): void {
    for (const { name, shape } of this.#plan.frozen) {
      if (name === WORD_EMBEDDINGS || !this.#inputs.has(name)) continue;
      feeds[name] = this.#session.tensor(this.#frozen.get(name)!, shape);
    }
    for (const { name, shape } of this.#plan.trainable) {
      const current = this.#current.get(name);
      if (current === undefined) continue;
      const spare = this.#spare.get(name)!;
      for (const [i, input] of tripleInputs(name).entries()) {
        feeds[input] = this.#session.tensor(current[i]!, shape);
        fetches[nextOutput(input)] = this.#session.tensor(spare[i]!, shape);
      }
    }
  }

  /** Feeds the rows of the batch's words; where they are trained, returns the buffers that receive the new rows and moments. */
  #addWords(feeds: Record<string, Tensor>, fetches: Record<string, Tensor>, words: Int32Array | null): Triple | null {
    if (words === null || !this.#inputs.has(WORD_EMBEDDINGS)) return null;
    feeds[WORD_EMBEDDINGS] = this.#wordRows(words);
    if (this.#table === null) return null;
    const width = this.#spec.encoder.hiddenSize;
    const shape = [words.length, width];
    const next: Triple = [0, 0, 0].map(() => new Float32Array(elements(shape))) as unknown as Triple;
    for (const [i, input] of tripleInputs(WORD_EMBEDDINGS).entries()) {
      if (i > 0) feeds[input] = this.#session.tensor(gatherRows(this.#table[i]!, words, width), shape);
      fetches[nextOutput(input)] = this.#session.tensor(next[i]!, shape);
    }
    return next;
  }

  #lossFeeds(batch: TrainBatch): Readonly<Record<string, Feed>> {
    const { labels, task = 'single-label' } = this.#spec;
    if (batch.targets === undefined && batch.labels.some((label) => label < 0 || label >= labels)) {
      throw new AppError('train.data', { problem: `a label outside 0…${labels - 1}` });
    }
    const targets = batch.targets ?? oneHot(batch.labels, labels);
    return {
      targets: { data: targets, shape: [batch.rows, labels] },
      loss_weight: { data: Float32Array.of(lossWeight(task, batch.rows, labels)), shape: [] },
    };
  }

  #masks({ rows, length }: TokenBatch, mask: Uint8Array): Readonly<Record<string, Feed>> {
    const feeds: Record<string, Feed> = {};
    let offset = 0;
    for (const { input, shape } of this.#plan.dropoutSites) {
      const end = offset + boundSize(shape, rows, length);
      feeds[input] = { data: mask.subarray(offset, end), shape: boundShape(shape, rows, length) };
      offset = end;
    }
    return feeds;
  }
}

const ADAM_INPUT = { decay: 'decay', stepSize: 'step_size', epsilon: 'epsilon' } as const;
