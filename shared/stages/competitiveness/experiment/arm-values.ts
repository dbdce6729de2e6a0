import { meanAndDeviation } from '../../../statistics/mean-difference.ts';
import { studentTQuantile } from '../../../statistics/student-t.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import type { CountedMetric, MetricArm } from './results.ts';
import { type ExperimentUnits, UNIT_MISSING, UNIT_UNUSABLE, UNIT_USABLE } from './unit-values.ts';

interface Counted {
  readonly arm: string;
  readonly n: number;
  readonly successes: number | null;
  readonly mean: number | null;
  readonly sd: number | null;
}

/** A metric in one arm from its counts: the share with Wilson's interval, or the mean with Student's t interval. */
function metricArm(
  type: 'proportion' | 'mean',
  { arm, n, successes, mean, sd }: Counted,
  level: number,
  lost: { readonly missing: number; readonly unusable: number } = { missing: 0, unusable: 0 },
): MetricArm {
  const base = { arm, n, ...lost };
  if (type === 'proportion') {
    const interval = successes === null ? null : wilsonInterval(successes, n, level);
    const value = successes === null || n === 0 ? null : successes / n;
    return { ...base, successes, value, low: interval?.[0] ?? null, high: interval?.[1] ?? null, sd: null };
  }
  const half =
    mean === null || sd === null || n < 2 ? null : studentTQuantile(0.5 + level / 2, n - 1)! * (sd / Math.sqrt(n));
  return {
    ...base,
    successes: null,
    value: mean,
    low: half === null ? null : mean! - half,
    high: half === null ? null : mean! + half,
    sd,
  };
}

/** One metric in every arm, from the values of its units. */
export function metricArmsOfUnits(
  type: 'proportion' | 'mean',
  { arms, unitArm, metrics }: ExperimentUnits,
  metric: number,
  level: number,
): MetricArm[] {
  const { value, state } = metrics[metric]!;
  return arms.map((arm, index) => {
    const values: number[] = [];
    let missing = 0;
    let unusable = 0;
    unitArm.forEach((of, unit) => {
      if (of !== index) return;
      if (state[unit] === UNIT_USABLE) values.push(value[unit]!);
      else if (state[unit] === UNIT_MISSING) missing++;
      else if (state[unit] === UNIT_UNUSABLE) unusable++;
    });
    const successes = type === 'proportion' ? values.reduce((sum, one) => sum + one, 0) : null;
    return metricArm(type, { arm, successes, ...meanAndDeviation(values) }, level, { missing, unusable });
  });
}

export function metricArmsOfCounts(
  { type, arms }: CountedMetric,
  names: readonly string[],
  level: number,
): MetricArm[] {
  const none = { n: 0, successes: null, mean: null, sd: null };
  return names.map((arm) => metricArm(type, { ...(arms.find((entry) => entry.arm === arm) ?? none), arm }, level));
}
