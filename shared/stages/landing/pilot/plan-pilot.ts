import { harmBoundary } from '../../../statistics/harm-boundary.ts';
import { normalCdf, normalQuantile } from '../../../statistics/normal.ts';
import { meanSampleSize, proportionSampleSize } from '../../../statistics/power.ts';
import type { PlanNotice } from './notices.ts';
import type { Guardrail, PilotPlanResult, PilotPlanSettings, PlannedUnits } from './results.ts';

const CURVE_MULTIPLES = [0.5, 0.75, 1, 1.5, 2] as const;
/** A guardrail that would be shown to hold less often than this, though it does, is weak. */
const WEAK_POWER = 0.8;
const LONG_DAYS = 180;
/** Four cells in place of two, so each cell needs twice the units of an arm for the same standard error. */
const UNITS_PER_CELL = 2;

/** Units per arm with which an effect of this size would be found, and the days they take at so many units a day. With two arms and
 *  two periods they are per arm and period. Null where no number does. */
export function plannedUnits(settings: PilotPlanSettings, effect: number): PlannedUnits | null {
  const { metric, design, level, power, unitsPerDay } = settings;
  const ratio = design === 'before-after' ? 1 : settings.ratio;
  const shift = metric.direction === 'increase' ? effect : -effect;
  let control: number | null;
  if (metric.type === 'proportion') {
    control = proportionSampleSize(metric.baseline, shift, power, { level, ratio });
  } else {
    const { standardDeviation } = metric;
    control = standardDeviation === null ? null : meanSampleSize(shift / standardDeviation, power, { level, ratio });
  }
  if (control === null) return null;
  const fourCells = design === 'difference-in-differences';
  if (fourCells) control *= UNITS_PER_CELL;
  const treatment = Math.ceil(control * ratio);
  const total = (control + treatment) * (fourCells ? 2 : 1);
  return { control, treatment, total, days: Math.ceil(total / unitsPerDay) };
}

/** Chance that the interval of a guardrail that does not change stays below its margin. Null without baseline or deviation.
 *  @source Chow, Shao and Wang 2008, 3.2 and 4.2 (non-inferiority), normal approximation */
export function guardrailPower(guardrail: Guardrail, units: PlannedUnits, level: number): number | null {
  const { type, baseline, standardDeviation, margin } = guardrail;
  const variance =
    type === 'proportion'
      ? baseline === null
        ? null
        : baseline * (1 - baseline)
      : standardDeviation === null
        ? null
        : standardDeviation ** 2;
  if (variance === null) return null;
  const standardError = Math.sqrt(variance * (1 / units.control + 1 / units.treatment));
  return standardError === 0 ? 1 : normalCdf(margin / standardError - normalQuantile(0.5 + level / 2)!);
}

/** A pilot's plan with what follows from it: units, days, what other effects would cost, chances of the guardrails.
 *  @param goalStands false where the goal it names is gone */
export function planPilot(settings: PilotPlanSettings, goalStands: boolean): PilotPlanResult {
  const units = plannedUnits(settings, settings.smallestEffect);
  const notices: PlanNotice[] = [];
  if (settings.metric.type === 'mean' && settings.metric.standardDeviation === null) {
    notices.push({ code: 'deviation-missing', severity: 'blocking', params: {} });
  } else if (units === null) notices.push({ code: 'no-sample-size', severity: 'blocking', params: {} });
  if (settings.targetEffect !== null && settings.targetEffect < settings.smallestEffect) {
    notices.push({
      code: 'target-below-smallest',
      severity: 'warning',
      params: { target: settings.targetEffect, smallest: settings.smallestEffect },
    });
  }
  if (settings.design === 'before-after') {
    notices.push({ code: 'trend-not-separated', severity: 'warning', params: {} });
  }
  if (settings.guardrails.length === 0) notices.push({ code: 'no-guardrail', severity: 'warning', params: {} });
  const guardrails = settings.guardrails.map((guardrail) => {
    const power = units === null ? null : guardrailPower(guardrail, units, settings.level);
    if (power !== null && power < WEAK_POWER) {
      const { id, name } = guardrail;
      notices.push({ code: 'guardrail-weak', severity: 'warning', params: { id, name, power } });
    }
    return { id: guardrail.id, power };
  });
  if (units !== null && units.days > LONG_DAYS) {
    notices.push({ code: 'long-pilot', severity: 'warning', params: { days: units.days } });
  }
  if (settings.goalId !== null && !goalStands) {
    notices.push({ code: 'goal-lost', severity: 'warning', params: { goalId: settings.goalId } });
  }
  if (settings.baselineOrigin.type === 'person') {
    notices.push({ code: 'baseline-by-person', severity: 'info', params: {} });
  }
  if (settings.signedBy.name.trim() === '') notices.push({ code: 'not-signed', severity: 'warning', params: {} });
  const { stopRule } = settings;
  const z = stopRule.type === 'harm' ? harmBoundary(stopRule.fraction, settings.level) : null;
  return {
    settings,
    units,
    curve: CURVE_MULTIPLES.map((multiple) => {
      const effect = multiple * settings.smallestEffect;
      return { effect, units: plannedUnits(settings, effect) };
    }),
    guardrails,
    harm:
      stopRule.type === 'harm' && z !== null && units !== null
        ? { fraction: stopRule.fraction, z, units: Math.ceil(units.total * stopRule.fraction) }
        : null,
    notices,
  };
}
