import {
  detectableMean,
  detectableProportion,
  meanPower,
  meanSampleSize,
  proportionPower,
  proportionSampleSize,
} from '../../../statistics/power.ts';
import type { ExperimentPlan, ExperimentPlanInput } from './results.ts';

/** How many units an experiment of two equal arms needs to find an effect, and what the units at hand would find.
 *  @source two-sided z test on arcsine shares, two-sided t test; as statsmodels NormalIndPower and TTestIndPower */
export function planExperiment({ metric, level, power, unitsPerArm: n }: ExperimentPlanInput): ExperimentPlan {
  if (metric.type === 'proportion') {
    const { baseline, effect } = metric;
    const direction = effect < 0 ? 'down' : 'up';
    const isPossible = baseline + effect >= 0 && baseline + effect <= 1;
    return {
      unitsPerArm: proportionSampleSize(baseline, effect, power, { level }),
      powerThere: n === null || !isPossible || effect === 0 ? null : proportionPower(baseline, effect, n, { level }),
      detectableThere: n === null ? null : detectableProportion(baseline, n, power, direction, { level }),
    };
  }
  const size = metric.effect / metric.sd;
  const detectable = n === null ? null : detectableMean(n, power, { level });
  return {
    unitsPerArm: meanSampleSize(size, power, { level }),
    powerThere: n === null || size === 0 ? null : meanPower(size, n, { level }),
    detectableThere: detectable === null ? null : detectable * metric.sd,
  };
}
