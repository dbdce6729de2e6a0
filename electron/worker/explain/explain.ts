import type { ExplainRequest } from '../../../shared/worker/explanation.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import type { BatchRunOptions } from '../batch-runs.ts';
import type { Spool } from '../open-model.ts';
import { Explainer, probabilityOf, scoreOf } from './explainer.ts';

/** What of one text speaks for a class. */
export async function explain(
  request: ExplainRequest & Spool,
  options: BatchRunOptions,
): Promise<WorkerResults['explain']> {
  const explainer = await Explainer.open(request);
  try {
    const pieces = explainer.pieces(request);
    const logits = await explainer.logits([pieces.ids], { signal: options.signal });
    const target = request.target ?? explainer.answer(logits);
    const { attribution, gradients, masked } = await explainer.words(pieces, target, options);
    const score = scoreOf(logits, target);
    const probability = probabilityOf(logits, target);
    const words = pieces.words.map(({ start, end }, i) => {
      const without = masked.subarray(i * request.classes, (i + 1) * request.classes);
      return {
        start,
        end,
        attribution: gradients[i]!,
        scoreFall: score - scoreOf(without, target),
        probabilityFall: probability - probabilityOf(without, target),
      };
    });
    const { baselineScore, gap, steps } = attribution;
    return { logits, target, score, baselineScore, gap, steps, words, truncated: pieces.truncated };
  } finally {
    await explainer.dispose();
  }
}
