import type { StrategyGains } from './gain-draws.ts';
import type { LimitCheck } from './results.ts';
import type { StrategyInput } from './strategy-input.ts';

/** Every limit that was set, with this strategy's value. A product or an experience is a change around the model in use: it has the
 *  reference's accuracy, and latency and size bind it only where it names its own. */
export function checkLimits(
  { strategy, accuracy: own }: StrategyGains,
  reference: StrategyGains,
  { limits, needs }: StrategyInput,
): LimitCheck[] {
  const isModel = strategy.type === 'model';
  const accuracy = isModel ? own : reference.accuracy;
  const checks: LimitCheck[] = [];
  const atMost = (limit: 'latency-p95-ms' | 'size-mb', value: number | null, bound: number | null) => {
    if (bound === null || (!isModel && value === null)) return;
    const status = value === null ? 'unknown' : value <= bound ? 'met' : 'violated';
    checks.push({ limit, needId: null, value, bound, status });
  };
  atMost('latency-p95-ms', strategy.latencyP95Ms, limits.latencyP95Ms);
  atMost('size-mb', strategy.sizeMb, limits.sizeMb);
  for (const { needId, minimumAccuracy } of limits.mustBe) {
    const value = accuracy[needs.findIndex((need) => need.needId === needId)] ?? null;
    const status = value === null ? 'unknown' : value >= minimumAccuracy ? 'met' : 'violated';
    checks.push({ limit: 'must-be-accuracy', needId, value, bound: minimumAccuracy, status });
  }
  return checks;
}
