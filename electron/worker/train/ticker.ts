import type { TrainingTick } from '../../../shared/worker/training.ts';

const TICK_EVERY_MS = 250;
/** Weight of the newest update in the running mean of durations. */
const SMOOTHING = 0.05;

type Step = TrainingTick['steps'][number];

export interface Ticker {
  /** Tells of one update; several share a tick. */
  stepped(step: Step, stepMs: number, texts: number, tokens: number): void;
  /** Tells of updates that an earlier process of this run made, so that whoever listens has the whole curve. */
  caughtUp(steps: readonly Step[]): void;
  /** Sends what has not been told yet. */
  flush(): void;
}

/** Live figures of a training, a few times a second at most. */
export function createTicker(
  totalSteps: number,
  firstStep: number,
  monotonicMs: () => number,
  send: (tick: TrainingTick) => void,
): Ticker {
  let waiting: Step[] = [];
  let sentAt = Number.NEGATIVE_INFINITY;
  let step = firstStep;
  let meanMs: number | null = null;
  let total = { ms: 0, texts: 0, tokens: 0 };

  const flush = () => {
    if (waiting.length === 0) return;
    const perSecond = (count: number) => (total.ms === 0 ? null : (1000 * count) / total.ms);
    send({
      step,
      totalSteps,
      steps: waiting,
      textsPerSecond: perSecond(total.texts),
      tokensPerSecond: perSecond(total.tokens),
      etaMs: meanMs === null ? null : meanMs * (totalSteps - step),
      memoryMb: process.memoryUsage.rss() / 1e6,
    });
    waiting = [];
    sentAt = monotonicMs();
  };

  return {
    stepped(told, stepMs, texts, tokens) {
      step = told.step;
      waiting.push(told);
      // The first update builds ONNX Runtime's memory plans and says nothing about the others.
      if (step > firstStep + 1) {
        meanMs = meanMs === null ? stepMs : meanMs + SMOOTHING * (stepMs - meanMs);
        total = { ms: total.ms + stepMs, texts: total.texts + texts, tokens: total.tokens + tokens };
      }
      if (monotonicMs() - sentAt >= TICK_EVERY_MS) flush();
    },
    caughtUp(steps) {
      waiting.push(...steps);
      flush();
    },
    flush,
  };
}
