import {
  meanDifferenceInDifferences,
  proportionDifferenceInDifferences,
} from '../../../statistics/difference-in-differences.ts';
import { meanAndDeviation, meanDifference } from '../../../statistics/mean-difference.ts';
import { pairedDifference } from '../../../statistics/paired-difference.ts';
import { type DifferenceEstimate, proportionDifference } from '../../../statistics/proportion-difference.ts';
import { studentTQuantile } from '../../../statistics/student-t.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import type { PilotUnit } from './read-units.ts';
import type { EFFECT_METHODS, PilotCell, PilotDesign } from './results.ts';

type Arm = PilotUnit['arm'];
type Period = PilotUnit['period'];

export interface Comparison {
  readonly cells: readonly PilotCell[];
  readonly effect: DifferenceEstimate | null;
  readonly method: (typeof EFFECT_METHODS)[number];
  /** Units measured in one period only and left out of paired changes. */
  readonly unpaired: number;
}

/** Least share of the measured units that must be measured in both periods for their changes to be compared. */
const PAIRED_SHARE = 0.5;

/** One measure compared as the design says: two arms by Newcombe or Welch; two periods, or two arms in two periods, by the changes of
 *  units that were measured twice, else by independent groups. Units without a value are left out. */
export function comparePilot(
  units: readonly PilotUnit[],
  measureOf: (unit: PilotUnit) => number | null,
  type: 'proportion' | 'mean',
  design: PilotDesign,
  level: number,
): Comparison {
  const valuesOf = (arm: Arm, period: Period) =>
    units.flatMap((unit) => (unit.arm === arm && unit.period === period ? (measureOf(unit) ?? []) : []));
  const cell = (arm: Arm, period: Period): PilotCell => {
    const assigned = units.filter((unit) => unit.arm === arm && unit.period === period).length;
    return cellOf(arm, period, assigned, valuesOf(arm, period), type, level);
  };
  const difference = (values: readonly number[], reference: readonly number[]) =>
    type === 'proportion'
      ? proportionDifference(proportionOf(values), proportionOf(reference), level)
      : meansDiffer(values, reference, level);
  const independent = type === 'proportion' ? 'newcombe' : 'welch';
  if (design === 'arms') {
    return {
      cells: [cell('control', null), cell('treatment', null)],
      effect: difference(valuesOf('treatment', null), valuesOf('control', null)),
      method: independent,
      unpaired: 0,
    };
  }
  if (design === 'before-after') {
    const changes = changesOf(units, measureOf, 'treatment');
    return {
      cells: [cell('treatment', 'before'), cell('treatment', 'after')],
      effect: changes.isPaired
        ? pairedDifference(changes.values, level)
        : difference(valuesOf('treatment', 'after'), valuesOf('treatment', 'before')),
      method: changes.isPaired ? 'paired-t' : independent,
      unpaired: changes.isPaired ? changes.unpaired : 0,
    };
  }
  const cells = [
    cell('control', 'before'),
    cell('control', 'after'),
    cell('treatment', 'before'),
    cell('treatment', 'after'),
  ];
  const treatment = changesOf(units, measureOf, 'treatment');
  const control = changesOf(units, measureOf, 'control');
  if (treatment.isPaired && control.isPaired) {
    return {
      cells,
      effect: meansDiffer(treatment.values, control.values, level),
      method: 'did-changes',
      unpaired: treatment.unpaired + control.unpaired,
    };
  }
  const four = <G>(of: (values: readonly number[]) => G) => ({
    group: { before: of(valuesOf('treatment', 'before')), after: of(valuesOf('treatment', 'after')) },
    reference: { before: of(valuesOf('control', 'before')), after: of(valuesOf('control', 'after')) },
  });
  return {
    cells,
    effect:
      type === 'proportion'
        ? proportionDifferenceInDifferences(four(proportionOf), level)
        : meanDifferenceInDifferences(four(meanGroupOf), level),
    method: 'did-independent',
    unpaired: 0,
  };
}

function changesOf(units: readonly PilotUnit[], measureOf: (unit: PilotUnit) => number | null, arm: Arm) {
  const measured = new Map<string, { before: number | null; after: number | null }>();
  for (const unit of units) {
    const value = measureOf(unit);
    if (unit.arm !== arm || unit.period === null || value === null) continue;
    const known = measured.get(unit.unit) ?? { before: null, after: null };
    known[unit.period] = value;
    measured.set(unit.unit, known);
  }
  const values = [...measured.values()].flatMap(({ before, after }) =>
    before === null || after === null ? [] : [after - before],
  );
  const unpaired = measured.size - values.length;
  return { values, unpaired, isPaired: values.length > 1 && values.length >= PAIRED_SHARE * measured.size };
}

function cellOf(
  arm: Arm,
  period: Period,
  units: number,
  values: readonly number[],
  type: 'proportion' | 'mean',
  level: number,
): PilotCell {
  const measured = values.length;
  const base = { arm, period, units, measured };
  if (type === 'proportion') {
    const { successes } = proportionOf(values);
    const interval = wilsonInterval(successes, measured, level);
    const value = measured === 0 ? null : successes / measured;
    return { ...base, successes, value, low: interval?.[0] ?? null, high: interval?.[1] ?? null, sd: null };
  }
  const { mean, sd } = meanAndDeviation(values);
  const half =
    mean === null || sd === null ? null : studentTQuantile(0.5 + level / 2, measured - 1)! * (sd / Math.sqrt(measured));
  return {
    ...base,
    successes: null,
    value: mean,
    low: mean === null || half === null ? null : mean - half,
    high: mean === null || half === null ? null : mean + half,
    sd,
  };
}

function proportionOf(values: readonly number[]) {
  return { successes: values.filter((value) => value === 1).length, n: values.length };
}

function meanGroupOf(values: readonly number[]) {
  const { n, mean, sd } = meanAndDeviation(values);
  return { n: sd === null ? 0 : n, mean: mean ?? 0, sd: sd ?? 0 };
}

function meansDiffer(values: readonly number[], reference: readonly number[], level: number) {
  return meanDifference(meanGroupOf(values), meanGroupOf(reference), level);
}
