import type { TokenRows } from '../../../shared/train/batches.ts';
import { predictedClasses } from '../../../shared/train/evaluation.ts';
import type { TokenBatch } from '../../../shared/train/spec.ts';
import type { SegmentedText } from '../../../shared/worker/explanation.ts';
import { type BatchRunOptions, runInBatches } from '../batch-runs.ts';
import { type ModelRef, openModel } from '../open-model.ts';
import { createEncoder, type Encoder } from '../ort/encoder.ts';
import type { TextTokenizer } from '../tokenizer.ts';
import { type Attribution, IntegratedGradients } from './integrated-gradients.ts';
import { replaceWords, type WordPieces, wordPieces } from './words.ts';

interface ExplainedModel extends ModelRef {
  readonly classes: number;
  readonly maxLength: number;
  readonly threads: number;
}

/** What words contribute to the score of a class: its logit less the mean of all, as adding a number to every logit changes no answer. */
export interface WordScores {
  readonly attribution: Attribution;
  /** Integrated gradients of each word. */
  readonly gradients: Float64Array;
  /** Logits [words, classes] of the text with one word masked at a time. */
  readonly masked: Float32Array;
}

/** A model in float32 with its gradients, ready to explain texts. */
export class Explainer {
  readonly #classes: number;
  readonly #maxLength: number;
  readonly #tokenizer: TextTokenizer;
  readonly #encoder: Encoder;
  readonly #gradients: IntegratedGradients;

  private constructor(
    { classes, maxLength }: { readonly classes: number; readonly maxLength: number },
    tokenizer: TextTokenizer,
    encoder: Encoder,
    gradients: IntegratedGradients,
  ) {
    this.#classes = classes;
    this.#maxLength = maxLength;
    this.#tokenizer = tokenizer;
    this.#encoder = encoder;
    this.#gradients = gradients;
  }

  static async open(ref: ExplainedModel): Promise<Explainer> {
    const { config, manifest, weights, tokenizer, maxTokens } = await openModel(ref);
    const spec = { encoder: config, pooling: manifest.pooling, head: 'linear', labels: ref.classes } as const;
    const options = { threads: ref.threads, provider: 'cpu' } as const;
    const limits = { classes: ref.classes, maxLength: Math.min(ref.maxLength, maxTokens) };
    const encoder = await createEncoder(spec, weights, options);
    return new Explainer(limits, tokenizer, encoder, await IntegratedGradients.create(spec, weights, options));
  }

  pieces(text: SegmentedText): WordPieces {
    return wordPieces(text, this.#tokenizer, this.#maxLength);
  }

  /** Logits [rows, classes] of token ids with their special tokens. */
  logits(rows: readonly Int32Array[], options: BatchRunOptions): Promise<Float32Array> {
    const run = async (batch: TokenBatch) => (await this.#encoder.run(batch)).logits;
    return runInBatches(joined(rows), this.#tokenizer.padId, this.#classes, run, options);
  }

  /** The class that logits of one text answer. */
  answer(logits: Float32Array): number {
    return predictedClasses(logits, this.#classes)[0]!;
  }

  async words(pieces: WordPieces, target: number, options: BatchRunOptions): Promise<WordScores> {
    const { padId, maskId } = this.#tokenizer;
    const { words, ids } = pieces;
    const baseline = replaceWords(pieces, words.keys(), padId);
    const attribution = await this.#gradients.attribute(ids, baseline, centred(target, this.#classes), options);
    const gradients = Float64Array.from(words, ({ from, to }) =>
      attribution.perToken.subarray(from, to).reduce((sum, value) => sum + value, 0),
    );
    const hidden = words.map((_, word) => replaceWords(pieces, [word], maskId));
    const masked = await this.logits(hidden, { signal: options.signal });
    return { attribution, gradients, masked };
  }

  async dispose(): Promise<void> {
    await this.#encoder.dispose();
    await this.#gradients.dispose();
  }
}

/** Weights of a class's logit less the mean of all. */
function centred(target: number, classes: number): Float32Array {
  return Float32Array.from({ length: classes }, (_, k) => (k === target ? 1 : 0) - 1 / classes);
}

/** The score of a class in logits of one text. */
export function scoreOf(logits: Float32Array, target: number): number {
  return logits[target]! - logits.reduce((sum, value) => sum + value, 0) / logits.length;
}

/** The probability of a class in logits of one text. */
export function probabilityOf(logits: Float32Array, target: number): number {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sum = logits.reduce((total, value) => total + Math.exp(value - largest), 0);
  return Math.exp(logits[target]! - largest) / sum;
}

function joined(rows: readonly Int32Array[]): TokenRows {
  const offsets = new Int32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) offsets[i + 1] = offsets[i]! + row.length;
  const ids = new Int32Array(offsets[rows.length]!);
  for (const [i, row] of rows.entries()) ids.set(row, offsets[i]!);
  return { ids, offsets };
}
