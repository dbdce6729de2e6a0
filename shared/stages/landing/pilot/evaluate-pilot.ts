import { nonInferiority } from '../../../statistics/non-inferiority.ts';
import { normalQuantile } from '../../../statistics/normal.ts';
import { proportionDifference } from '../../../statistics/proportion-difference.ts';
import { SAMPLE_RATIO_LEVEL, sampleRatioTest } from '../../../statistics/sample-ratio.ts';
import { comparePilot } from './compare.ts';
import type { PilotNotice } from './notices.ts';
import { type PilotUnit, readPilotUnits } from './read-units.ts';
import type { PilotColumns, PilotPlanResult, PilotResult } from './results.ts';
import { pilotVerdict } from './verdict.ts';

export interface PilotForecast {
  readonly slot: string;
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
}

export interface PilotInput {
  readonly plan: PilotPlanResult;
  readonly planHash: string;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly columns: PilotColumns;
  /** Raw cells by column. */
  readonly rows: readonly (readonly string[])[];
  /** What an experiment of stage 2 foretold; null where none did. */
  readonly forecast: PilotForecast | null;
  /** Whether the plan was signed only after the data had come in. */
  readonly dataBeforePlan: boolean;
}

/** This share of the planned units is enough to call them reached. */
const REACHED_SHARE = 0.95;
/** Segments that are shown, largest first. */
const MOST_SEGMENTS = 12;

/** A pilot's data against its plan: effect, sample ratio, guardrails, units reached, forecast, verdict. */
export function evaluatePilot(input: PilotInput): PilotResult {
  const { plan, columns, forecast } = input;
  const { settings } = plan;
  const { metric, design, level } = settings;
  const guardrails = columns.guardrails.flatMap(({ guardrailId }, at) => {
    const found = settings.guardrails.find(({ id }) => id === guardrailId);
    return found === undefined ? [] : [{ guardrail: found, at }];
  });
  const { units, rows } = readPilotUnits(input.rows, columns, {
    outcome: metric.type,
    guardrails: columns.guardrails.map(
      ({ guardrailId }) => settings.guardrails.find(({ id }) => id === guardrailId)?.type ?? 'mean',
    ),
  });
  const outcome = comparePilot(units, (unit) => unit.outcome, metric.type, design, level);
  const { effect } = outcome;
  const sign = metric.direction === 'increase' ? 1 : -1;
  const gain = effect === null ? null : directed(effect, sign);
  const sampleRatio = design === 'before-after' ? null : ratioOf(units, settings.ratio);
  const reach = outcome.cells.map((cell) => ({
    arm: cell.arm,
    period: cell.period,
    planned:
      (design === 'before-after' && cell.period === 'before' ? plan.units?.control : plan.units?.[cell.arm]) ?? 0,
    reached: cell.measured,
  }));
  const judged = settings.guardrails.map((guardrail) => {
    const { id, name, type, better, margin } = guardrail;
    const at = guardrails.find((candidate) => candidate.guardrail.id === id)?.at;
    const base = { id, name, type, better, margin };
    if (at === undefined) return { ...base, cells: [], loss: null, verdict: 'not-measured' as const };
    const compared = comparePilot(units, (unit) => unit.guardrails[at] ?? null, type, design, level);
    if (compared.effect === null) {
      return { ...base, cells: [...compared.cells], loss: null, verdict: 'not-measured' as const };
    }
    const { verdict, loss } = nonInferiority(compared.effect, margin, better);
    return { ...base, cells: [...compared.cells], loss, verdict };
  });
  const { verdict, reasons } = pilotVerdict({
    mismatchP: sampleRatio?.mismatch === true ? sampleRatio.p : null,
    gain: gain === null || effect === null ? null : { ...gain, standardError: effect.standardError },
    smallestEffect: settings.smallestEffect,
    targetEffect: settings.targetEffect,
    short: reach.filter(({ planned, reached }) => reached < REACHED_SHARE * planned),
    harmZ: plan.harm?.z ?? null,
    guardrails: judged,
  });
  return {
    planName: settings.name,
    planHash: input.planHash,
    datasetId: input.datasetId,
    datasetName: input.datasetName,
    columns,
    design,
    metric: { name: metric.name, type: metric.type, direction: metric.direction },
    level,
    rows,
    cells: [...outcome.cells],
    effect: effect === null ? null : plainEffect(effect),
    gain,
    method: outcome.method,
    smallestEffect: settings.smallestEffect,
    targetEffect: settings.targetEffect,
    sampleRatio,
    reach,
    guardrails: judged,
    segments: segmentsOf(units, input, level),
    forecast: forecast === null || effect === null ? null : held(forecast, effect, level),
    verdict,
    reasons,
    notices: noticesOf(input, units, rows, outcome.unpaired),
  };
}

function plainEffect({ value, low, high, p, standardError }: NonNullable<PilotResult['effect']>) {
  return { value, low, high, p, standardError };
}

function directed({ value, low, high }: { value: number; low: number; high: number }, sign: 1 | -1) {
  return sign === 1 ? { value, low, high } : { value: -value, low: -high, high: -low };
}

/** Units, each once, in the two arms against the planned ratio. */
function ratioOf(units: readonly PilotUnit[], ratio: number): PilotResult['sampleRatio'] {
  const countOf = (arm: PilotUnit['arm']) => new Set(units.flatMap((unit) => (unit.arm === arm ? unit.unit : []))).size;
  const counts = [countOf('control'), countOf('treatment')] as const;
  const test = sampleRatioTest(counts, [1, ratio]);
  if (test === null) return null;
  return {
    control: counts[0],
    treatment: counts[1],
    expectedControl: test.expected[0]!,
    expectedTreatment: test.expected[1]!,
    chiSquared: test.chiSquared,
    p: test.p,
    mismatch: test.mismatch,
  };
}

function segmentsOf(
  units: readonly PilotUnit[],
  { plan, columns }: PilotInput,
  level: number,
): PilotResult['segments'] {
  if (columns.segment === null) return [];
  const bySegment = Map.groupBy(
    units.filter(({ segment }) => segment !== null),
    ({ segment }) => segment ?? '',
  );
  const { metric, design } = plan.settings;
  return [...bySegment]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .slice(0, MOST_SEGMENTS)
    .map(([segment, members]) => {
      const { effect } = comparePilot(members, (unit) => unit.outcome, metric.type, design, level);
      return { segment, units: members.length, effect: effect === null ? null : plainEffect(effect) };
    });
}

/** Result minus forecast, both uncertain; they agree where the interval of that difference holds 0. */
function held(forecast: PilotForecast, effect: NonNullable<PilotResult['effect']>, level: number) {
  const value = effect.value - forecast.value;
  const half = normalQuantile(0.5 + level / 2)! * Math.hypot(effect.standardError, forecast.standardError);
  const difference = { value, low: value - half, high: value + half };
  const { slot, name, low, high } = forecast;
  return {
    slot,
    name,
    value: forecast.value,
    low,
    high,
    difference,
    agrees: difference.low <= 0 && difference.high >= 0,
  };
}

function noticesOf(
  { plan, columns, dataBeforePlan }: PilotInput,
  units: readonly PilotUnit[],
  rows: PilotResult['rows'],
  unpaired: number,
): PilotNotice[] {
  const notices: PilotNotice[] = [];
  const { design } = plan.settings;
  if (dataBeforePlan) notices.push({ code: 'data-before-plan', severity: 'warning', params: {} });
  if (design === 'before-after') notices.push({ code: 'trend-not-separated', severity: 'warning', params: {} });
  if (design === 'difference-in-differences') {
    notices.push({ code: 'parallel-trends-assumed', severity: 'info', params: {} });
  }
  if (columns.unit === null) notices.push({ code: 'no-unit-column', severity: 'info', params: {} });
  if (rows.outsideDesign > 0) {
    notices.push({ code: 'rows-outside-design', severity: 'warning', params: { rows: rows.outsideDesign } });
  }
  if (rows.repeated > 0) notices.push({ code: 'units-repeated', severity: 'info', params: { rows: rows.repeated } });
  if (rows.inBothArms > 0) {
    notices.push({ code: 'units-in-both-arms', severity: 'warning', params: { rows: rows.inBothArms } });
  }
  const missing = units.filter(({ outcome }) => outcome === null).length;
  if (missing > 0) notices.push({ code: 'outcome-missing', severity: 'info', params: { units: missing } });
  const lost = (arm: PilotUnit['arm']) => {
    const members = units.filter((unit) => unit.arm === arm);
    return { successes: members.filter(({ outcome }) => outcome === null).length, n: members.length };
  };
  const p = design === 'before-after' ? null : (proportionDifference(lost('treatment'), lost('control'))?.p ?? null);
  if (p !== null && p < SAMPLE_RATIO_LEVEL) {
    notices.push({ code: 'outcome-missing-unevenly', severity: 'warning', params: { p } });
  }
  if (unpaired > 0) notices.push({ code: 'units-unpaired', severity: 'info', params: { units: unpaired } });
  return notices;
}
