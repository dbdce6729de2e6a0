import type { Tensor } from 'onnxruntime-node';
import type { Graph } from '../../../shared/autodiff/graph.ts';
import { AppError, BugError } from '../../../shared/errors/app-error.ts';
import { because } from '../../../shared/errors/reasons.ts';
import type { Rng } from '../../../shared/rng.ts';
import { adamNumbers, clipFactor } from '../../../shared/train/adamw.ts';
import { firstShift } from '../../../shared/train/adversary.ts';
import { batchPart, partBorders } from '../../../shared/train/batch-parts.ts';
import type { ForwardCut } from '../../../shared/train/bert.ts';
import { anchorInput, type Consolidation, fisherInput, STRENGTH_INPUT } from '../../../shared/train/consolidation.ts';
import { PAIR_GIVEN, PAIR_WANTED } from '../../../shared/train/contrastive-loss.ts';
import { TEACHER_INPUT } from '../../../shared/train/distillation.ts';
import { EARLIER_INPUT } from '../../../shared/train/earlier-answers.ts';
import { buildEvaluationGraph } from '../../../shared/train/evaluation-graph.ts';
import { initialTensors } from '../../../shared/train/initial.ts';
import { mergeLora } from '../../../shared/train/lora.ts';
import { lossWeight, oneHot } from '../../../shared/train/loss.ts';
import { FIRST_SCALE, LEAST_SCALE, type LossScale, nextLossScale } from '../../../shared/train/loss-scale.ts';
import { depthOf, layerRate } from '../../../shared/train/parameter-groups.ts';
import { isDecayed, type PackedTensor, usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import { RankAllocator } from '../../../shared/train/rank-allocator.ts';
import { PARTNER_INPUT, partnerIndex } from '../../../shared/train/robust-loss.ts';
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
  PENALTY_INPUT,
  SCALE_INPUT,
  type TrainingGraph,
} from '../../../shared/train/training-graph.ts';
import { type AdamTensors, adamw, sumOfSquares } from '../adamw/adamw.ts';
import { BatchGradients, type BatchPart } from './batch-gradients.ts';
import { lowerGraph } from './lower.ts';
import { fillPacked, pack, unpack } from './packed.ts';
import { PrefixCache } from './prefix-cache.ts';
import { OrtSession, type SessionOptions } from './session.ts';
import { type Feed, gatherRows, TokenFeeds } from './token-feeds.ts';
import { requireTensor } from './weights.ts';

export interface TrainerOptions extends SessionOptions {
  /** Draws the new head and LoRA's matrices. */
  readonly rng: Rng;
  /** `lazy`: only the words of the batch have their embedding, moments and decay updated; `dense`: all, as PyTorch does. `lazy` unless given. */
  readonly embeddingUpdate?: 'lazy' | 'dense';
  /** The trained parameters, where they are not those of the method. */
  readonly trainable?: ReadonlySet<string>;
  /** Into how many parts at the least a batch is divided, each computed by itself, before one update: less memory, the same gradients. 1 unless given. */
  readonly accumulation?: number;
  /** Most padded tokens that the processor computes at once: a larger batch is divided. `TOKENS_AT_ONCE` unless given. */
  readonly tokensAtOnce?: number;
  /** Updates of the whole run: AdaLoRA's budget is planned over them. */
  readonly totalSteps?: number;
  /** What the spec's `consolidates` holds the trained tensors by. */
  readonly consolidation?: Consolidation;
  /** Updates done before the tensors at this depth were trained: their Adam begins then. 0 unless given; needs `layerDecay`. */
  readonly unfrozenAt?: (depth: number) => number;
  /** What a loss of half-precision products is scaled by at first; PyTorch's unless given. */
  readonly lossScale?: LossScale;
}

/** Activations are most of a training's memory, and the batches that would take most are few: those of the longest texts. */
const TOKENS_AT_ONCE = 1024;

/** Opens a training session on `weights` (encoder, and the head where it has one).
 *  @throws AppError 'model.tensor-missing', 'model.tensor-shape', 'model.unsupported' */
export async function createTrainer(spec: TrainSpec, weights: NamedTensors, options: TrainerOptions): Promise<Trainer> {
  const cut = options.trainable === undefined && spec.attack === undefined ? cutOf(spec) : null;
  const plan = buildTrainingGraph(spec, options.trainable, cut);
  const all = new Map([...weights, ...initialTensors(spec, weights, options.rng)]);
  const frozen = new Map(plan.frozen.map((tensor) => [tensor.name, frozenData(tensor, all)]));
  const parameters = new Map(plan.trainable.map((tensor) => [tensor.name, pack(tensor, all)]));
  if (spec.mixed && ((options.accumulation ?? 1) > 1 || spec.attack !== undefined)) {
    throw new BugError('half-precision products are of whole batches');
  }
  const session = await OrtSession.create(lowerGraph(plan.graph, productsOf(spec, options)), options);
  const prefix = cut === null ? null : await PrefixCache.create(spec, cut, frozen, options);
  return new OrtTrainer(spec, options, {
    plan,
    gradients: new BatchGradients(spec, plan, session),
    cut,
    prefix,
    frozen,
    parameters,
  });
}

/** On the processor half-precision products are for tests alone, which ask for the rounding and not for speed. */
function productsOf({ mixed }: TrainSpec, { provider = 'cpu' }: TrainerOptions): Parameters<typeof lowerGraph>[1] {
  if (mixed !== true) return 'float32';
  return provider === 'cpu' ? 'rounded' : 'float16';
}

/** A frozen tensor is never written: one that is not packed shares its buffer with `weights`. */
function frozenData(tensor: PackedTensor, weights: NamedTensors): Float32Array {
  return tensor.parts.length === 1 ? requireTensor(weights, tensor.parts[0]!).data : pack(tensor, weights);
}

function pairFeeds({ rows, pairs }: TrainBatch): Readonly<Record<string, Feed>> {
  if (pairs === undefined) return {};
  const shape = [rows, rows];
  return { [PAIR_WANTED]: { data: pairs.wanted, shape }, [PAIR_GIVEN]: { data: pairs.given, shape } };
}

function heldBy(
  trainable: readonly PackedTensor[],
  consolidation: Consolidation | undefined,
): Readonly<Record<string, Feed>> {
  if (consolidation === undefined) return {};
  const { fisher, anchor } = consolidation;
  return Object.fromEntries(
    trainable.flatMap((tensor) => {
      const { name, shape } = tensor;
      return [
        [fisherInput(name), { data: pack(tensor, fisher), shape }],
        [anchorInput(name), { data: pack(tensor, anchor), shape }],
      ];
    }),
  );
}

const inputNames = (graph: Graph): ReadonlySet<string> => new Set(graph.inputs.map(({ name }) => name));

interface OpenGraph {
  readonly session: OrtSession;
  readonly inputs: ReadonlySet<string>;
}

async function openGraph(graph: Graph, options: SessionOptions): Promise<OpenGraph> {
  return { session: await OrtSession.create(lowerGraph(graph), options), inputs: inputNames(graph) };
}

/** The feeds that a graph with these inputs takes. */
function tensors({ session, inputs }: OpenGraph, feeds: Readonly<Record<string, Feed>>): Record<string, Tensor> {
  const taken = Object.entries(feeds).filter(([name]) => inputs.has(name));
  return Object.fromEntries(taken.map(([name, { data, shape }]) => [name, session.tensor(data, shape)]));
}

function allocatorFor(spec: TrainSpec, { totalSteps }: TrainerOptions): RankAllocator | null {
  if (spec.method.type !== 'adalora') return null;
  if (totalSteps === undefined) throw new BugError('AdaLoRA has to know the updates of the run');
  return new RankAllocator(spec, spec.method, totalSteps);
}

/** The L2 norm of all gradients as one vector; infinite where its square is too large for float32, in which Adam squares. */
function normOf(gradients: ReadonlyMap<string, Float32Array>): number {
  let squares = 0;
  for (const gradient of gradients.values()) squares += sumOfSquares(gradient);
  return Math.sqrt(Number.isFinite(Math.fround(squares)) ? squares : Number.POSITIVE_INFINITY);
}

interface TrainerParts {
  readonly plan: TrainingGraph;
  readonly gradients: BatchGradients;
  readonly cut: ForwardCut | null;
  readonly prefix: PrefixCache | null;
  readonly frozen: ReadonlyMap<string, Float32Array>;
  readonly parameters: ReadonlyMap<string, Float32Array>;
}

class OrtTrainer implements Trainer {
  readonly #spec: TrainSpec;
  readonly #options: TrainerOptions;
  readonly #plan: TrainingGraph;
  readonly #gradients: BatchGradients;
  readonly #cut: ForwardCut | null;
  readonly #prefix: PrefixCache | null;
  readonly #tokens: TokenFeeds;
  readonly #frozen: ReadonlyMap<string, Float32Array>;
  /** Inputs of the penalty on the weights, the same in every step. */
  readonly #held: Readonly<Record<string, Feed>>;
  /** Parameter and moments of each trained tensor. Those of the word table are of all words, whether they are updated row by row or not. */
  readonly #state: ReadonlyMap<string, AdamTensors>;
  /** Whether of the word table only the rows of the batch's words are trained and fed. */
  readonly #lazyWords: boolean;
  /** AdaLoRA's; null for other methods. */
  readonly #allocator: RankAllocator | null;
  #step = 0;
  #lossScale: LossScale;
  #evaluation: OpenGraph | null = null;

  constructor(spec: TrainSpec, options: TrainerOptions, parts: TrainerParts) {
    const { plan, frozen, parameters } = parts;
    this.#spec = spec;
    this.#options = options;
    this.#lossScale = options.lossScale ?? FIRST_SCALE;
    this.#plan = plan;
    this.#gradients = parts.gradients;
    this.#cut = parts.cut;
    this.#prefix = parts.prefix;
    this.#tokens = new TokenFeeds(spec.encoder, usesClsOnly(spec));
    this.#frozen = frozen;
    this.#allocator = allocatorFor(spec, options);
    this.#held = heldBy(plan.trainable, options.consolidation);
    const zeros = (like: Float32Array) => new Float32Array(like.length);
    this.#state = new Map([...parameters].map(([name, data]) => [name, [data, zeros(data), zeros(data)]]));
    this.#lazyWords = options.embeddingUpdate !== 'dense' || !parameters.has(WORD_EMBEDDINGS);
  }

  maskElements(rows: number, length: number): number {
    return maskElements(this.#plan.dropoutSites, rows, length);
  }

  async step(batch: TrainBatch, lr: number, mask: Uint8Array): Promise<StepResult> {
    const { words, index } = this.#wordsOf(batch);
    this.#requireLabels(batch);
    const parts = this.#parts(batch, mask, index, words);
    const { loss, gradients } = await this.#gradients.over(parts, words?.length ?? this.#spec.encoder.vocabSize);
    const diverged = () => new AppError('train.diverged', { step: this.#step + 1 });
    // No half precision makes a loss that is none.
    if (!Number.isFinite(loss)) throw diverged();
    const scale = this.#spec.mixed ? this.#lossScale.scale : 1;
    const gradNorm = normOf(gradients) / scale;
    const finite = Number.isFinite(gradNorm);
    if (this.#spec.mixed) this.#lossScale = nextLossScale(this.#lossScale, finite);
    // Gradients that overflow unscaled are not half precision's doing.
    if (!finite && !(this.#spec.mixed && scale > LEAST_SCALE)) throw diverged();
    if (!finite) return { loss, gradNorm, skipped: true };
    const clip = clipFactor(gradNorm, this.#spec.maxGradNorm) / scale;
    this.#update(gradients, words, lr, clip);
    this.#step++;
    this.#allocator?.update(
      this.#step,
      (name) => this.#state.get(name)![0],
      (name) => gradients.get(name)!.map((value) => value * clip),
    );
    return { loss, gradNorm };
  }

  async logits(batch: TokenBatch): Promise<Float32Array> {
    const evaluation = this.#evaluation ?? (await this.#openEvaluation());
    this.#evaluation = evaluation;
    const { session, inputs } = evaluation;
    const { words, index } = this.#wordsOf(batch);
    const feeds = tensors(evaluation, await this.#textFeeds(batch, index));
    for (const tensor of [...this.#plan.frozen, ...this.#plan.trainable]) {
      if (!inputs.has(tensor.name) || (tensor.name === WORD_EMBEDDINGS && words !== null)) continue;
      feeds[tensor.name] = session.tensor(this.#dataOf(tensor), tensor.shape);
    }
    if (words !== null && inputs.has(WORD_EMBEDDINGS)) feeds[WORD_EMBEDDINGS] = this.#wordRows(session, words);
    const logits = new Float32Array(batch.rows * this.#spec.labels);
    await session.run(feeds, { logits: session.tensor(logits, [batch.rows, this.#spec.labels]) });
    return logits;
  }

  state(): TrainerState {
    const named = (i: 0 | 1 | 2) =>
      new Map(this.#plan.trainable.flatMap((tensor) => unpack(tensor, this.#state.get(tensor.name)![i])));
    return {
      step: this.#step,
      parameters: named(0),
      firstMoments: named(1),
      secondMoments: named(2),
      ...(this.#allocator === null ? {} : { allocation: this.#allocator.state() }),
      ...(this.#spec.mixed ? { lossScale: this.#lossScale } : {}),
    };
  }

  async restore(state: TrainerState): Promise<void> {
    for (const tensor of this.#plan.trainable) {
      const [parameter, firstMoment, secondMoment] = this.#state.get(tensor.name)!;
      fillPacked(tensor, state.parameters, parameter);
      fillPacked(tensor, state.firstMoments, firstMoment);
      fillPacked(tensor, state.secondMoments, secondMoment);
    }
    this.#step = state.step;
    if (state.lossScale !== undefined) this.#lossScale = state.lossScale;
    if (state.allocation !== undefined) this.#allocator?.restore(state.allocation);
  }

  mergedWeights(): NamedTensors {
    const tensors = [...this.#plan.frozen, ...this.#plan.trainable];
    const weights = new Map<string, NamedTensor>(tensors.flatMap((tensor) => unpack(tensor, this.#dataOf(tensor))));
    return mergeLora(this.#spec, weights);
  }

  async dispose(): Promise<void> {
    await this.#gradients.session.dispose();
    await this.#evaluation?.session.dispose();
    await this.#prefix?.dispose();
  }

  #openEvaluation(): Promise<OpenGraph> {
    return openGraph(buildEvaluationGraph(this.#spec, this.#plan, this.#cut), this.#options);
  }

  /** Token inputs, and the value of the frozen part below where there is one. */
  async #textFeeds(batch: TokenBatch, index: Int32Array): Promise<Readonly<Record<string, Feed>>> {
    return { ...this.#tokens.feeds(batch, index), ...(await this.#prefix?.feeds(batch)) };
  }

  #dataOf({ name }: PackedTensor): Float32Array {
    return this.#frozen.get(name) ?? this.#state.get(name)![0];
  }

  /** The batch's words and their index; without words (null) the index counts the whole table. */
  #wordsOf(batch: TokenBatch): { readonly words: Int32Array | null; readonly index: Int32Array } {
    const unique = this.#tokens.uniqueWords(batch);
    return this.#lazyWords ? unique : { words: null, index: batch.inputIds };
  }

  #wordRows(session: OrtSession, words: Int32Array): Tensor {
    const { width } = this.#tokens;
    const table = this.#frozen.get(WORD_EMBEDDINGS) ?? this.#state.get(WORD_EMBEDDINGS)![0];
    return session.tensor(gatherRows(table, words, width), [words.length, width]);
  }

  /** AdamW on every trained tensor; of a word table that is trained row by row, on the rows of `words`. */
  #update(gradients: ReadonlyMap<string, Float32Array>, words: Int32Array | null, lr: number, clip: number): void {
    const { beta1, beta2 } = this.#spec;
    for (const { name } of this.#plan.trainable) {
      const numbers = { beta1, beta2, clip, ...this.#adamNumbers(name, lr) };
      const tensors = this.#state.get(name)!;
      const gradient = gradients.get(name)!;
      if (name !== WORD_EMBEDDINGS || words === null) {
        adamw(tensors, gradient, numbers);
        continue;
      }
      const { width } = this.#tokens;
      for (const [row, word] of words.entries()) {
        adamw(tensors, gradient, numbers, { at: word * width, gradientAt: row * width, count: width });
      }
    }
  }

  /** Adam's numbers of the coming update for a tensor: at its depth, and without decay where it has none. */
  #adamNumbers(name: string, lr: number): ReturnType<typeof adamNumbers> {
    const { layerDecay, encoder } = this.#spec;
    const { unfrozenAt = () => 0 } = this.#options;
    const step = this.#step + 1;
    const spec = isDecayed(name) ? this.#spec : { ...this.#spec, weightDecay: 0 };
    if (layerDecay === undefined) return adamNumbers(spec, lr, step);
    const depth = depthOf(name, encoder.layers);
    return adamNumbers(spec, lr * layerRate(depth, encoder.layers, layerDecay), step - unfrozenAt(depth));
  }

  #requireLabels({ labels: found, targets }: TrainBatch): void {
    const { labels } = this.#spec;
    if (targets === undefined && found.some((label) => label < 0 || label >= labels)) {
      throw new AppError('train.data', { problem: because('label-outside', { classes: labels }) });
    }
  }

  /** Inputs of `part`, whose rows are those of `batch` from row `first` on: its loss has the weight that it has in the whole batch. */
  async #batchFeeds(
    part: TrainBatch,
    batch: TrainBatch,
    mask: Uint8Array,
    index: Int32Array,
    first: number,
  ): Promise<Readonly<Record<string, Feed>>> {
    const { labels, method, task = 'single-label', attack } = this.#spec;
    const share = (part.rows / batch.rows) * (attack?.weight ?? 1);
    const penalty = method.type === 'adalora' ? method.orthogonality * share : 0;
    const strength = (this.#options.consolidation?.strength ?? 0) * share;
    return {
      ...this.#held,
      [STRENGTH_INPUT]: { data: Float32Array.of(strength), shape: [] },
      ...(await this.#textFeeds(part, index)),
      ...this.#masks(batch, mask, first, first + part.rows),
      [PENALTY_INPUT]: { data: Float32Array.of(penalty), shape: [] },
      [SCALE_INPUT]: { data: Float32Array.of(this.#lossScale.scale), shape: [] },
      targets: { data: part.targets ?? oneHot(part.labels, labels), shape: [part.rows, labels] },
      ...pairFeeds(part),
      ...(part.earlier === undefined ? {} : { [EARLIER_INPUT]: { data: part.earlier, shape: [part.rows, labels] } }),
      ...(part.teacher === undefined ? {} : { [TEACHER_INPUT]: { data: part.teacher, shape: [part.rows, labels] } }),
      [PARTNER_INPUT]: { data: partnerIndex(part.rows), shape: [part.rows] },
      loss_weight: { data: Float32Array.of(lossWeight(task, batch.rows, labels) * (attack?.weight ?? 1)), shape: [] },
    };
  }

  /** The parts of a batch, each as the inputs of the training graph. */
  #parts(batch: TrainBatch, mask: Uint8Array, index: Int32Array, words: Int32Array | null): readonly BatchPart[] {
    const { attack } = this.#spec;
    const { width } = this.#tokens;
    const { session, inputs } = this.#gradients;
    const shift = attack === undefined ? null : firstShift(attack, batch, width, this.#step);
    const perRow = batch.length * width;
    const wordRows = words === null || !inputs.has(WORD_EMBEDDINGS) ? null : this.#wordRows(session, words);
    // R-Drop compares a row with its repetition: both are in one part.
    const together = this.#spec.loss?.rDrop ? 2 : 1;
    return partBorders(batch.rows, this.#partsOf(batch), together).map(([from, to]) => ({
      rows: to - from,
      shift: shift?.subarray(from * perRow, to * perRow) ?? null,
      feeds: async () => {
        const part = batchPart(batch, from, to);
        const rowsOfIndex = index.subarray(from * batch.length, to * batch.length);
        const feeds = tensors(this.#gradients, await this.#batchFeeds(part, batch, mask, rowsOfIndex, from));
        for (const tensor of [...this.#plan.frozen, ...this.#plan.trainable]) {
          if (!inputs.has(tensor.name) || (tensor.name === WORD_EMBEDDINGS && words !== null)) continue;
          feeds[tensor.name] = session.tensor(this.#dataOf(tensor), tensor.shape);
        }
        if (wordRows !== null) feeds[WORD_EMBEDDINGS] = wordRows;
        return feeds;
      },
    }));
  }

  /** Into how many parts a batch is divided. */
  #partsOf({ rows, length, pairs }: TrainBatch): number {
    const { accumulation = 1, tokensAtOnce = TOKENS_AT_ONCE, provider = 'cpu' } = this.#options;
    // Pairs are of all rows with all, half precision scales the loss of a whole batch, and devices gain by large products.
    if (this.#spec.mixed || pairs !== undefined || provider !== 'cpu') return accumulation;
    return Math.max(accumulation, Math.ceil((rows * length) / tokensAtOnce));
  }

  /** The masks of rows `from` to `to` of a batch. */
  #masks({ rows, length }: TokenBatch, mask: Uint8Array, from: number, to: number): Readonly<Record<string, Feed>> {
    const feeds: Record<string, Feed> = {};
    let offset = 0;
    for (const { input, shape } of this.#plan.dropoutSites) {
      const size = boundSize(shape, rows, length);
      const row = size / rows;
      feeds[input] = {
        data: mask.subarray(offset + from * row, offset + to * row),
        shape: boundShape(shape, to - from, length),
      };
      offset += size;
    }
    return feeds;
  }
}
