import type { SampledCost } from '../../../shared/train/training-cost.ts';
import { letMessagesIn } from '../batch-runs.ts';
import { type ContrastiveStart, type contrastiveStart, devScore, openContrast } from './contrastive-start.ts';
import { logisticHead } from './head-start.ts';

const MOST_UPDATES = 7;

export interface ContrastMeter {
  /** Stands in for `contrastiveStart`: a few of its updates, each of its other parts once, the encoder left as it is. */
  readonly start: (start: ContrastiveStart) => ReturnType<typeof contrastiveStart>;
  samples(): readonly SampledCost[];
  spentMs(): number;
}

/** Measures what a contrastive start costs where the training begins with one. */
export function contrastMeter(signal: AbortSignal): ContrastMeter {
  const samples: SampledCost[] = [];
  let spent = 0;
  const once = (ms: number, times: number) =>
    samples.push({ part: 'contrast', ms: [ms], sizes: [1], totalSize: times });
  return {
    async start(start) {
      const startedAt = performance.now();
      const { trainer, steps, step } = await openContrast(start);
      once(performance.now() - startedAt, 1);
      const updates: number[] = [];
      try {
        // The first update plans ONNX Runtime's memory and the second copies the parameters to check them.
        for (let k = 0; k < Math.min(steps, MOST_UPDATES + 2); k++) {
          await letMessagesIn();
          signal.throwIfAborted();
          const at = performance.now();
          await step(k);
          if (k > 1 || steps <= 2) updates.push(performance.now() - at);
        }
      } finally {
        await trainer.dispose();
      }
      samples.push({ part: 'contrast', ms: updates, sizes: updates.map(() => 1), totalSize: steps });
      const { head, dev } = start;
      const fittedAt = performance.now();
      const weights = new Map([...head.weights, ...(await logisticHead(head))]);
      // With dev rows a classifier is fitted on the encoder before and after, and both are asked.
      const isJudged = dev !== null && dev.labels.length > 0;
      if (isJudged) await devScore(start, weights, dev);
      once(performance.now() - fittedAt, isJudged ? 2 : 1);
      spent = performance.now() - startedAt;
      return { weights, outcome: { before: null, after: null, kept: false } };
    },
    samples: () => samples,
    spentMs: () => spent,
  };
}
