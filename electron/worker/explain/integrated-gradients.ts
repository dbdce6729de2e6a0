import type { Tensor } from 'onnxruntime-node';
import { gaussLegendre } from '../../../shared/explanation/gauss-legendre.ts';
import { buildAttributionGraph, SCORE_WEIGHTS } from '../../../shared/train/attribution-graph.ts';
import { type InferenceSpec, inferenceTensors, specWith } from '../../../shared/train/inference-graph.ts';
import { usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { NamedTensors } from '../../../shared/train/spec.ts';
import { gradientOutput, SHIFT_INPUT } from '../../../shared/train/training-graph.ts';
import { type BatchRunOptions, letMessagesIn } from '../batch-runs.ts';
import { lowerGraph } from '../ort/lower.ts';
import { pack } from '../ort/packed.ts';
import { OrtSession, type SessionOptions } from '../ort/session.ts';
import { gatherRows, TokenFeeds } from '../ort/token-feeds.ts';

export const STEPS = 50;
/** Where the gap is too wide with fewer. */
const MORE_STEPS = 200;
/** Relative completeness gap above which more steps are taken. */
const WIDEST_GAP = 0.05;
/** Tokens at a time: forward and backward values of a 4 × 512 encoder are about 0.4 GB then. */
const TOKEN_BUDGET = 2048;

export interface Attribution {
  /** Of each token: the sum over the hidden axis of (x − x′)·∫∇F. 0 where input and baseline are the same token. */
  readonly perToken: Float64Array;
  /** F at the text and at the baseline. */
  readonly score: number;
  readonly baselineScore: number;
  /** |Σ attributions − (F(x) − F(x′))| over |F(x) − F(x′)|; null where F is the same at both. */
  readonly gap: number | null;
  readonly steps: number;
}

/** Integrated gradients of a score of the logits to the word embeddings; positions and attention are those of the text at every step.
 *  @source Sundararajan et al. 2017, "Axiomatic attribution for deep networks"; captum 0.9, LayerIntegratedGradients (gausslegendre) */
export class IntegratedGradients {
  readonly #spec: InferenceSpec;
  readonly #session: OrtSession;
  readonly #tokens: TokenFeeds;
  readonly #table: Float32Array;

  private constructor(spec: InferenceSpec, session: OrtSession, table: Float32Array) {
    this.#spec = spec;
    this.#session = session;
    this.#table = table;
    this.#tokens = new TokenFeeds(spec.encoder, usesClsOnly({ pooling: spec.pooling, head: spec.head ?? 'linear' }));
  }

  /** @param described with a head
   *  @throws AppError 'model.tensor-missing', 'model.tensor-shape' */
  static async create(
    described: InferenceSpec,
    weights: NamedTensors,
    options: SessionOptions,
  ): Promise<IntegratedGradients> {
    const spec = specWith(described, weights);
    const tensors = new Map(inferenceTensors(spec).map((tensor) => [tensor.name, pack(tensor, weights)]));
    const session = await OrtSession.create(lowerGraph(buildAttributionGraph(spec, tensors)), options);
    return new IntegratedGradients(spec, session, tensors.get(WORD_EMBEDDINGS)!);
  }

  /** With 50 steps, or 200 where those leave more than 5 % unexplained.
   *  @param ids of one text without padding; `baseline` of the same length
   *  @param scoreWeights [labels] */
  async attribute(
    ids: Int32Array,
    baseline: Int32Array,
    scoreWeights: Float32Array,
    options: BatchRunOptions,
  ): Promise<Attribution> {
    const first = await this.#along(ids, baseline, scoreWeights, STEPS, options);
    if (first.gap === null || first.gap <= WIDEST_GAP) return first;
    return this.#along(ids, baseline, scoreWeights, MORE_STEPS, options);
  }

  async #along(
    ids: Int32Array,
    baseline: Int32Array,
    scoreWeights: Float32Array,
    steps: number,
    { signal, onProgress }: BatchRunOptions,
  ): Promise<Attribution> {
    const { points, weights } = gaussLegendre(steps);
    // The text and the baseline themselves go first, with no weight.
    const places = [1, 0, ...points];
    const shares = [0, 0, ...weights];
    const { width } = this.#tokens;
    const way = this.#wayToBaseline(ids, baseline);
    const mean = new Float64Array(way.length);
    const scores: number[] = [];
    const perRun = Math.max(1, Math.floor(TOKEN_BUDGET / ids.length));
    for (let at = 0; at < places.length; at += perRun) {
      await letMessagesIn();
      signal.throwIfAborted();
      const some = places.slice(at, at + perRun);
      const { logits, gradient } = await this.#run(ids, way, scoreWeights, some);
      for (const row of some.keys()) {
        const own = logits.subarray(row * scoreWeights.length, (row + 1) * scoreWeights.length);
        scores.push(own.reduce((sum, logit, k) => sum + logit * scoreWeights[k]!, 0));
        const share = shares[at + row]!;
        if (share === 0) continue;
        const start = row * way.length;
        for (let i = 0; i < way.length; i++) mean[i]! += share * gradient[start + i]!;
      }
      onProgress?.(Math.min(places.length, at + perRun), places.length);
    }
    const perToken = Float64Array.from(ids, (_, token) => {
      let sum = 0;
      for (let i = token * width; i < (token + 1) * width; i++) sum -= way[i]! * mean[i]!;
      // −0 of a token that is its own baseline.
      return sum + 0;
    });
    const [score, baselineScore] = scores as [number, number];
    const change = score - baselineScore;
    const found = perToken.reduce((sum, value) => sum + value, 0);
    return {
      perToken,
      score,
      baselineScore,
      gap: change === 0 ? null : Math.abs(found - change) / Math.abs(change),
      steps,
    };
  }

  /** Baseline less input, [length, width]. */
  #wayToBaseline(ids: Int32Array, baseline: Int32Array): Float32Array {
    const { width } = this.#tokens;
    const to = gatherRows(this.#table, baseline, width);
    const from = gatherRows(this.#table, ids, width);
    return to.map((value, i) => value - from[i]!);
  }

  /** One row for each place between the baseline (0) and the text (1). */
  async #run(ids: Int32Array, way: Float32Array, scoreWeights: Float32Array, places: readonly number[]) {
    const { labels } = this.#spec;
    const { width } = this.#tokens;
    const rows = places.length;
    const inputIds = new Int32Array(rows * ids.length);
    const shift = new Float32Array(rows * way.length);
    for (const [row, place] of places.entries()) {
      inputIds.set(ids, row * ids.length);
      for (let i = 0; i < way.length; i++) shift[row * way.length + i] = (1 - place) * way[i]!;
    }
    const batch = { rows, length: ids.length, inputIds, attentionMask: new Uint8Array(inputIds.length).fill(1) };
    const { words, index } = this.#tokens.uniqueWords(batch);
    const flat = [rows * ids.length, width];
    const feeds: Record<string, Tensor> = {
      [SHIFT_INPUT]: this.#session.tensor(shift, flat),
      [SCORE_WEIGHTS]: this.#session.tensor(scoreWeights, [labels]),
      [WORD_EMBEDDINGS]: this.#session.tensor(gatherRows(this.#table, words, width), [words.length, width]),
    };
    for (const [name, { data, shape }] of Object.entries(this.#tokens.feeds(batch, index))) {
      feeds[name] = this.#session.tensor(data, shape);
    }
    const logits = new Float32Array(rows * labels);
    const gradient = new Float32Array(shift.length);
    await this.#session.run(feeds, {
      logits: this.#session.tensor(logits, [rows, labels]),
      [gradientOutput(SHIFT_INPUT)]: this.#session.tensor(gradient, flat),
    });
    return { logits, gradient };
  }

  async dispose(): Promise<void> {
    await this.#session.dispose();
  }
}
