import type { ExplainRequest } from '../../../shared/worker/explanation.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import type { BatchRunOptions } from '../batch-runs.ts';
import type { Spool } from '../open-model.ts';
import { Explainer } from './explainer.ts';
import { askedScore, probabilityOf, scoreOf } from './score.ts';

/** What of one text speaks for an answer. */
export async function explain(
  request: ExplainRequest & Spool,
  options: BatchRunOptions,
): Promise<WorkerResults['explain']> {
  const explainer = await Explainer.open(request);
  try {
    const pieces = explainer.pieces(request);
    const logits = await explainer.logits([pieces.ids], { signal: options.signal });
    const { task } = request;
    const isLikely = task === undefined || task === 'multi-label';
    const target = request.target ?? (isLikely ? explainer.answer(logits) : 0);
    const probabilityIn = (of: Float32Array) => (isLikely ? probabilityOf(task, of, target) : null);
    const asked = askedScore(request, target, explainer.biases);
    const { attribution, gradients, masked } = await explainer.words(pieces, asked, options);
    const score = scoreOf(logits, asked);
    const probability = probabilityIn(logits);
    const words = pieces.words.map(({ start, end }, i) => {
      const without = masked.subarray(i * request.classes, (i + 1) * request.classes);
      const left = probabilityIn(without);
      return {
        start,
        end,
        attribution: gradients[i]!,
        scoreFall: score - scoreOf(without, asked),
        probabilityFall: probability === null || left === null ? null : probability - left,
      };
    });
    const { gap, steps } = attribution;
    const baselineScore = attribution.baselineScore + asked.offset;
    return { logits, target, score, baselineScore, gap, steps, words, truncated: pieces.truncated };
  } finally {
    await explainer.dispose();
  }
}
