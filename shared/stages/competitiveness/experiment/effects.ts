import { holmAdjusted } from '../../../statistics/holm.ts';
import { meanDifference } from '../../../statistics/mean-difference.ts';
import { detectableMean, detectableProportion } from '../../../statistics/power.ts';
import { type DifferenceEstimate, proportionDifference } from '../../../statistics/proportion-difference.ts';
import type { ArmVerdict, ExperimentMetric, MetricArm, MetricEffect, MetricResult } from './results.ts';

/** Power at which the smallest difference that can be found is named. */
const POWER = 0.8;

export interface MetricInArms {
  readonly metric: ExperimentMetric;
  readonly arms: readonly MetricArm[];
}

interface Compared {
  readonly arm: MetricArm;
  readonly control: MetricArm;
  readonly difference: DifferenceEstimate | null;
}

function compare(type: ExperimentMetric['type'], arm: MetricArm, control: MetricArm, level: number): Compared {
  return {
    arm,
    control,
    difference:
      type === 'proportion' ? differenceOfShares(arm, control, level) : differenceOfMeans(arm, control, level),
  };
}

function differenceOfShares(arm: MetricArm, control: MetricArm, level: number): DifferenceEstimate | null {
  if (arm.successes === null || control.successes === null) return null;
  const [group, reference] = [
    { successes: arm.successes, n: arm.n },
    { successes: control.successes, n: control.n },
  ];
  return proportionDifference(group, reference, level);
}

function differenceOfMeans(arm: MetricArm, control: MetricArm, level: number): DifferenceEstimate | null {
  if (arm.value === null || arm.sd === null || control.value === null || control.sd === null) return null;
  const [group, reference] = [
    { n: arm.n, mean: arm.value, sd: arm.sd },
    { n: control.n, mean: control.value, sd: control.sd },
  ];
  return meanDifference(group, reference, level);
}

/** Effects of every metric and arm against the control. p values are adjusted (Holm) among the primary metrics and among the others
 *  separately: a verdict needs the adjusted p below 1 − level and an interval that excludes 0. A guardrail is breached as soon as its own
 *  interval lies on the wrong side, without adjustment, since a missed harm costs more than a false alarm. */
export function metricEffects(
  metrics: readonly MetricInArms[],
  controlArm: string,
  level: number,
  blocked: boolean,
): MetricResult[] {
  const compared = metrics.map(({ metric, arms }) => {
    const control = arms.find(({ arm }) => arm === controlArm)!;
    return arms.filter((arm) => arm !== control).map((arm) => compare(metric.type, arm, control, level));
  });
  const adjusted = compared.map((effects) => effects.map((): number | null => null));
  for (const primary of [true, false]) {
    const family = metrics.flatMap(({ metric }, m) =>
      (metric.role === 'primary') === primary ? compared[m]!.map((_, a) => [m, a] as const) : [],
    );
    const values = holmAdjusted(family.map(([m, a]) => compared[m]![a]!.difference?.p ?? null));
    family.forEach(([m, a], at) => {
      adjusted[m]![a] = values[at]!;
    });
  }
  return metrics.map(({ metric, arms }, m) => ({
    ...metric,
    arms: [...arms],
    effects: compared[m]!.map((effect, a) => effectOf(metric, effect, adjusted[m]![a]!, level, blocked)),
  }));
}

function effectOf(
  metric: ExperimentMetric,
  { arm, control, difference }: Compared,
  adjustedP: number | null,
  level: number,
  blocked: boolean,
): MetricEffect {
  const sign = metric.direction === 'up' ? 1 : -1;
  const side = difference === null ? 0 : difference.low > 0 ? sign : difference.high < 0 ? -sign : 0;
  const isSure = adjustedP !== null && adjustedP < 1 - level;
  const verdict = blocked
    ? 'blocked'
    : difference === null
      ? 'not-measured'
      : isSure && side !== 0
        ? side > 0
          ? 'better'
          : 'worse'
        : 'unclear';
  const detectable = detectableDifference(metric, arm, control, level);
  return {
    arm: arm.arm,
    difference: difference === null ? null : { value: difference.value, low: difference.low, high: difference.high },
    standardError: difference?.standardError ?? null,
    method: metric.type === 'proportion' ? 'newcombe' : 'welch',
    p: difference?.p ?? null,
    adjustedP,
    relativeLift: difference === null || !control.value ? null : difference.value / control.value,
    verdict,
    guardrailBreached: metric.role !== 'guardrail' || blocked || difference === null ? null : side < 0,
    detectable,
    underPowered:
      verdict === 'unclear' && difference !== null && (detectable === null || Math.abs(difference.value) < detectable),
    gain: blocked || difference === null ? null : gainOf(metric, difference),
  };
}

/** The smallest true difference in the better direction that would be found with the units of both arms. */
function detectableDifference(metric: ExperimentMetric, arm: MetricArm, control: MetricArm, level: number) {
  if (arm.n < 2 || control.n < 2 || control.value === null) return null;
  const design = { level, ratio: arm.n / control.n };
  if (metric.type === 'proportion')
    return detectableProportion(control.value, control.n, POWER, metric.direction, design);
  if (arm.sd === null || control.sd === null) return null;
  const pooled = Math.sqrt(((arm.n - 1) * arm.sd ** 2 + (control.n - 1) * control.sd ** 2) / (arm.n + control.n - 2));
  const inDeviations = detectableMean(control.n, POWER, design);
  return inDeviations === null ? null : inDeviations * pooled;
}

/** The effect on 0–1, better upwards: a difference of shares as it is, a difference of means divided by the length of its scale. */
function gainOf({ type, direction, scale }: ExperimentMetric, difference: DifferenceEstimate): MetricEffect['gain'] {
  if (difference.standardError === 0) return null;
  const length = type === 'proportion' ? 1 : scale === null ? 0 : scale.high - scale.low;
  if (!(length > 0)) return null;
  const factor = (direction === 'up' ? 1 : -1) / length;
  const ends = [difference.low * factor, difference.high * factor].sort((a, b) => a - b);
  return {
    value: difference.value * factor,
    low: ends[0]!,
    high: ends[1]!,
    standardError: difference.standardError / length,
  };
}

/** What primary metrics and guardrails say of an arm: shipped only where a primary metric is better, none is worse and no guardrail breached. */
export function armVerdict(metrics: readonly MetricResult[], arm: string): ArmVerdict {
  const effects = metrics.flatMap(({ role, effects: all }) =>
    all.filter((effect) => effect.arm === arm).map((effect) => ({ role, ...effect })),
  );
  if (effects.some(({ verdict }) => verdict === 'blocked')) return 'blocked';
  const primary = effects.filter(({ role }) => role === 'primary');
  if (effects.some(({ guardrailBreached }) => guardrailBreached === true)) return 'do-not-ship';
  if (primary.some(({ verdict }) => verdict === 'worse')) return 'do-not-ship';
  return primary.some(({ verdict }) => verdict === 'better') ? 'ship' : 'unclear';
}
