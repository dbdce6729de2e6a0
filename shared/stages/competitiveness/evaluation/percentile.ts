import { percentileInterval } from '../../../statistics/quantile.ts';
import type { Estimate } from '../results.ts';

/** A value with the middle 95 % of its draws. */
export function percentileEstimate(value: number, draws: Float64Array): Estimate {
  const [low, high] = percentileInterval(draws, 0.95)!;
  return { value, low, high };
}
