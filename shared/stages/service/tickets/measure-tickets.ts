import { kaplanMeier, medianSurvival, type SurvivalPoint } from '../../../statistics/kaplan-meier.ts';
import { quantileWithInterval } from '../../../statistics/quantile-interval.ts';
import type { ServiceEstimate, TicketGroup, TicketGroupRow, TicketMeasureResult } from '../results.ts';
import type { MeasuredRows } from './analyse-tickets.ts';
import { againstRest, slaShare, slaState } from './sla.ts';

const CURVE_POINTS = 60;

interface Group {
  readonly by: TicketGroup;
  readonly values: readonly (string | null)[];
}

/** One measure summarised: overall and by group. Groups hold every ticket, also those that do not count in this measure. */
export function measureTickets(
  measured: MeasuredRows,
  groups: readonly Group[],
  counts: Uint8Array,
  level: number,
): TicketMeasureResult {
  const rows = Array.from(counts.keys()).filter((row) => counts[row] === 1 && !Number.isNaN(measured.minutes[row]!));
  const doneMinutes = rows
    .filter((row) => measured.done[row] === 1)
    .map((row) => measured.minutes[row]!)
    .sort((a, b) => a - b);
  const quantile = (p: number): ServiceEstimate => ({
    n: doneMinutes.length,
    ...quantileWithInterval(doneMinutes, p, level),
  });
  const curve = curveOf(measured, rows, level);
  return {
    measure: measured.measure,
    n: rows.length,
    done: doneMinutes.length,
    open: rows.length - doneMinutes.length,
    median: { n: rows.length, ...medianSurvival(curve) },
    p50: quantile(0.5),
    p90: quantile(0.9),
    curve: thinned(curve).map(({ time, surviving, low, high, atRisk }) => ({
      minutes: time,
      surviving,
      low,
      high,
      atRisk,
    })),
    sla: slaShare(
      rows.map((row) => stateOf(measured, row)),
      level,
    ),
    groups: groups.map((group) => ({ by: group.by, rows: groupRows(measured, group, rows, level) })),
  };
}

export function stateOf({ minutes, done, target }: MeasuredRows, row: number) {
  return slaState(minutes[row]!, done[row] === 1, Number.isNaN(target[row]!) ? null : target[row]!);
}

function curveOf({ minutes, done }: MeasuredRows, rows: readonly number[], level: number): readonly SurvivalPoint[] {
  return kaplanMeier(
    rows.map((row) => minutes[row]!),
    rows.map((row) => done[row] === 1),
    level,
  );
}

function groupRows(
  measured: MeasuredRows,
  { by, values }: Group,
  rows: readonly number[],
  level: number,
): TicketGroupRow[] {
  const members = new Map<string | null, number[]>();
  for (const row of rows) {
    const value = values[row] ?? null;
    const known = members.get(value);
    if (known === undefined) members.set(value, [row]);
    else known.push(row);
  }
  const ordered = [...members].sort(([a, inA], [b, inB]) => {
    if (a === null || b === null) return a === null ? 1 : -1;
    if (by === 'week') return a < b ? -1 : 1;
    return inB.length - inA.length || (a < b ? -1 : 1);
  });
  const shares = ordered.map(([, of]) =>
    slaShare(
      of.map((row) => stateOf(measured, row)),
      level,
    ),
  );
  const compared = by === 'week' || ordered.length < 2 ? null : againstRest(shares, level);
  return ordered.map(([value, of], at) => ({
    value,
    tickets: of.length,
    open: of.filter((row) => measured.done[row] === 0).length,
    median: { n: of.length, ...medianSurvival(curveOf(measured, of, level)) },
    sla: shares[at] ?? null,
    againstRest: compared?.[at] ?? null,
  }));
}

/** At most so many points, the first and the last among them. */
function thinned(curve: readonly SurvivalPoint[]): readonly SurvivalPoint[] {
  if (curve.length <= CURVE_POINTS) return curve;
  const step = (curve.length - 1) / (CURVE_POINTS - 1);
  return Array.from({ length: CURVE_POINTS }, (_, at) => curve[Math.round(at * step)]!);
}
