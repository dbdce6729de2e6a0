import type { StrategyGains } from './gain-draws.ts';
import type { LimitCheck } from './results.ts';
import type { StrategyInput } from './strategy-input.ts';

/** Every limit that was set, with this strategy's value. */
export function checkLimits({ strategy, accuracy }: StrategyGains, { limits, needs }: StrategyInput): LimitCheck[] {
  const checks: LimitCheck[] = [];
  const atMost = (limit: 'latency-p95-ms' | 'size-mb', value: number | null, bound: number | null) => {
    if (bound === null) return;
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
