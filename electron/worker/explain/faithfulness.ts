import { descendingOrder, FRACTIONS, keptWords, randomOrder } from '../../../shared/explanation/deletion.ts';
import { createRng, type Rng } from '../../../shared/rng.ts';
import type { FaithfulnessRequest } from '../../../shared/worker/explanation.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import type { BatchRunOptions } from '../batch-runs.ts';
import type { Spool } from '../open-model.ts';
import { Explainer } from './explainer.ts';
import { askedScore, type LikelyTask, probabilityOf, scoreOf } from './score.ts';
import { keepWords, type WordPieces } from './words.ts';

/** Random orders of a text's words that are averaged. */
const RANDOM_ORDERS = 3;
const FEWEST_WORDS = 2;
const MODES = ['delete', 'keep'] as const;

/** Probabilities of the answered class, or of the likeliest label, with words taken away or kept alone in the order of each explanation and in random order. Words are taken out
 *  of the text, not masked, so that neither explanation is measured by its own means. */
export async function measureFaithfulness(
  request: FaithfulnessRequest & Spool,
  { signal, onProgress }: BatchRunOptions,
): Promise<WorkerResults['faithfulness']> {
  const explainer = await Explainer.open(request);
  const rng = createRng(request.seed);
  const texts: TextProbabilities[] = [];
  try {
    for (const [done, text] of request.texts.entries()) {
      const pieces = explainer.pieces(text);
      if (pieces.words.length >= FEWEST_WORDS) texts.push(await ofText(explainer, request.task, pieces, rng, signal));
      onProgress?.(done + 1, request.texts.length);
    }
  } finally {
    await explainer.dispose();
  }
  const matrix = (order: keyof TextProbabilities['orders'], mode: 'delete' | 'keep') =>
    Float64Array.from(texts.flatMap(({ orders }) => [...orders[order][mode]]));
  const both = (order: keyof TextProbabilities['orders']) => ({
    deleted: matrix(order, 'delete'),
    kept: matrix(order, 'keep'),
  });
  const gaps = texts.flatMap(({ gap }) => gap ?? []);
  return {
    probabilities: {
      whole: Float64Array.from(texts, ({ whole }) => whole),
      orders: {
        integratedGradients: both('integratedGradients'),
        occlusion: both('occlusion'),
        random: both('random'),
      },
    },
    tooShort: request.texts.length - texts.length,
    gap:
      gaps.length === 0
        ? { mean: null, widest: null }
        : { mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, widest: Math.max(...gaps) },
  };
}

type ByMode = Readonly<Record<'delete' | 'keep', Float64Array>>;

interface TextProbabilities {
  readonly whole: number;
  readonly gap: number | null;
  /** At each share. */
  readonly orders: Readonly<Record<'integratedGradients' | 'occlusion' | 'random', ByMode>>;
}

async function ofText(
  explainer: Explainer,
  task: LikelyTask,
  pieces: WordPieces,
  rng: Rng,
  signal: AbortSignal,
): Promise<TextProbabilities> {
  const logits = await explainer.logits([pieces.ids], { signal });
  const target = explainer.answer(logits);
  const classes = logits.length;
  const score = askedScore({ task, classes }, target, explainer.biases);
  const { attribution, gradients, masked } = await explainer.words(pieces, score, { signal });
  const words = pieces.words.length;
  const falls = Float64Array.from(
    pieces.words,
    (_, i) => -scoreOf(masked.subarray(i * classes, (i + 1) * classes), score),
  );
  const orders = [
    descendingOrder(gradients),
    descendingOrder(falls),
    ...Array.from({ length: RANDOM_ORDERS }, () => randomOrder(words, rng)),
  ];
  const variants = orders.flatMap((order) =>
    MODES.flatMap((mode) => FRACTIONS.map((share) => keepWords(pieces, keptWords(order, share, mode)))),
  );
  const answers = await explainer.logits(variants, { signal });
  const probability = (order: number, mode: number, share: number) => {
    const row = (order * MODES.length + mode) * FRACTIONS.length + share;
    return probabilityOf(task, answers.subarray(row * classes, (row + 1) * classes), target);
  };
  const meanOver = (some: readonly number[]): ByMode => {
    const of = (mode: number) =>
      Float64Array.from(
        FRACTIONS,
        (_, share) => some.reduce((sum, order) => sum + probability(order, mode, share), 0) / some.length,
      );
    return { delete: of(0), keep: of(1) };
  };
  return {
    whole: probabilityOf(task, logits, target),
    gap: attribution.gap,
    orders: {
      integratedGradients: meanOver([0]),
      occlusion: meanOver([1]),
      random: meanOver(Array.from({ length: RANDOM_ORDERS }, (_, i) => 2 + i)),
    },
  };
}
