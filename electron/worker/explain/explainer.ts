import type { TokenRows } from '../../../shared/train/batches.ts';
import { predictedClasses } from '../../../shared/train/evaluation.ts';
import type { TokenBatch } from '../../../shared/train/spec.ts';
import type { SegmentedText } from '../../../shared/worker/explanation.ts';
import { type BatchRunOptions, runInBatches } from '../batch-runs.ts';
import { type ModelRef, openModel } from '../open-model.ts';
import { createEncoder, type Encoder } from '../ort/encoder.ts';
import type { TextTokenizer } from '../tokenizer.ts';
import { type Attribution, IntegratedGradients } from './integrated-gradients.ts';
import type { Score } from './score.ts';
import { replaceWords, type WordPieces, wordPieces } from './words.ts';

interface ExplainedModel extends ModelRef {
  readonly classes: number;
  readonly maxLength: number;
  readonly threads: number;
}

/** What words contribute to a score. */
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
  /** [classes] of the head. */
  readonly biases: Float32Array;

  private constructor(
    { classes, maxLength }: { readonly classes: number; readonly maxLength: number },
    tokenizer: TextTokenizer,
    encoder: Encoder,
    gradients: IntegratedGradients,
    biases: Float32Array,
  ) {
    this.biases = biases;
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
    const gradients = await IntegratedGradients.create(spec, weights, options);
    return new Explainer(limits, tokenizer, encoder, gradients, weights.get('classifier.bias')!.data);
  }

  pieces(text: SegmentedText): WordPieces {
    return wordPieces(text, this.#tokenizer, this.#maxLength);
  }

  /** Logits [rows, classes] of token ids with their special tokens. */
  logits(rows: readonly Int32Array[], options: BatchRunOptions): Promise<Float32Array> {
    const run = async (batch: TokenBatch) => (await this.#encoder.run(batch)).logits;
    return runInBatches(joined(rows), this.#tokenizer.padId, this.#classes, run, options);
  }

  /** The likeliest class or label in logits of one text. */
  answer(logits: Float32Array): number {
    return predictedClasses(logits, this.#classes)[0]!;
  }

  async words(pieces: WordPieces, score: Score, options: BatchRunOptions): Promise<WordScores> {
    const { padId, maskId } = this.#tokenizer;
    const { words, ids } = pieces;
    const baseline = replaceWords(pieces, words.keys(), padId);
    const weights = Float32Array.from(score.weights);
    const attribution = await this.#gradients.attribute(ids, baseline, weights, options);
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

function joined(rows: readonly Int32Array[]): TokenRows {
  const offsets = new Int32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) offsets[i + 1] = offsets[i]! + row.length;
  const ids = new Int32Array(offsets[rows.length]!);
  for (const [i, row] of rows.entries()) ids.set(row, offsets[i]!);
  return { ids, offsets };
}
