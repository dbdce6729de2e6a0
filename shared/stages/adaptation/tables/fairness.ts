import type { Rng } from '../../../rng.ts';
import { pairedDifference } from '../../../statistics/paired-difference.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import type { Estimate } from '../../competitiveness/results.ts';
import { asEstimate, moved } from './evaluate-scores.ts';
import type { Fairness } from './results.ts';
import type { TableColumn } from './table-data.ts';

/** Groups with fewer rows are shown with their interval and not judged. */
export const FEWEST_IN_GROUP = 30;
/** Four fifths: the least ratio of favourable shares.   @source Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D) */
const FOUR_FIFTHS = 0.8;

/** Groups of rows, their names in the order in which they are shown. */
export interface TableGroups {
  readonly names: readonly string[];
  /** Group of each row; null: none known. */
  readonly of: readonly (string | null)[];
}

export interface FairnessInput {
  readonly event: Uint8Array;
  /** Probability of the event by models that had not seen the row [rows]. */
  readonly probability: Float64Array;
  /** From which a row is flagged. Not to be flagged is the favourable decision. */
  readonly threshold: number;
  readonly groups: TableGroups;
  readonly resamples: number;
  readonly rng: Rng;
}

interface Counts {
  rows: number;
  kept: number;
  events: number;
  eventsFlagged: number;
}

/** How decisions differ between groups: shares with Wilson's interval; differences and the ratio over groups of 30 rows or more, with the middle
 *  95 % of a bootstrap within groups, moved onto the value (the extremes of groups lie further apart in a resample). The verdict is the four-fifths rule's: passed or failed where the whole interval lies on one side of 0.8.
 *  @source Hardt et al. 2016; as fairlearn demographic_parity_difference, demographic_parity_ratio, equalized_odds_difference on the favourable
 *  decision */
export function fairnessByGroup(input: FairnessInput): Omit<Fairness, 'columnId' | 'columnName'> {
  const { event, probability, threshold, groups } = input;
  const rowsOf = new Map<string, number[]>();
  groups.of.forEach((group, row) => {
    if (group === null) return;
    const rows = rowsOf.get(group);
    if (rows === undefined) rowsOf.set(group, [row]);
    else rows.push(row);
  });
  const named = groups.names.flatMap((name) => {
    const rows = rowsOf.get(name);
    return rows === undefined ? [] : [[name, rows] as const];
  });
  const countsOf = (rows: readonly number[]): Counts => {
    const counts: Counts = { rows: rows.length, kept: 0, events: 0, eventsFlagged: 0 };
    for (const row of rows) {
      const flagged = probability[row]! >= threshold;
      if (!flagged) counts.kept++;
      counts.events += event[row]!;
      if (flagged && event[row] === 1) counts.eventsFlagged++;
    }
    return counts;
  };
  const judged = named.filter(([, rows]) => rows.length >= FEWEST_IN_GROUP);
  const found = gaps(judged.map(([, rows]) => countsOf(rows)));
  const draws =
    found === null
      ? null
      : bootstrap(
          input,
          judged.map(([, rows]) => rows),
          countsOf,
        );
  const parityRatio = found === null ? null : moved(found.ratio, draws!.ratio, [0, 1]);
  return {
    threshold,
    groups: named.map(([group, rows]) => {
      const counts = countsOf(rows);
      const { kept, events, eventsFlagged } = counts;
      const flaggedOthers = rows.length - kept - eventsFlagged;
      return {
        group,
        rows: rows.length,
        events,
        favourable: shareOf(kept, rows.length)!,
        truePositive: shareOf(eventsFlagged, events),
        falsePositive: shareOf(flaggedOthers, rows.length - events),
        calibrationGap: asEstimate(pairedDifference(rows.map((row) => probability[row]! - event[row]!))) ?? {
          value: probability[rows[0]!]! - event[rows[0]!]!,
          low: -1,
          high: 1,
        },
        judged: rows.length >= FEWEST_IN_GROUP,
      };
    }),
    parityDifference: found === null ? null : moved(found.difference, draws!.difference, [0, 1]),
    parityRatio,
    oddsDifference: found?.odds == null ? null : moved(found.odds, draws!.odds, [0, 1]),
    verdict: verdictOf(parityRatio),
  };
}

function verdictOf(ratio: Estimate | null): Fairness['verdict'] {
  if (ratio === null) return 'no-verdict';
  if (ratio.low >= FOUR_FIFTHS) return 'passed';
  return ratio.high < FOUR_FIFTHS ? 'failed' : 'unclear';
}

interface Gaps {
  readonly difference: number;
  readonly ratio: number;
  /** Null where a group has no events, or nothing else. */
  readonly odds: number | null;
}

function gaps(counts: readonly Counts[]): Gaps | null {
  if (counts.length < 2) return null;
  const favourable = counts.map(({ kept, rows }) => kept / rows);
  const [least, most] = [Math.min(...favourable), Math.max(...favourable)];
  const caught = counts.map(({ eventsFlagged, events }) => eventsFlagged / events);
  const alarms = counts.map(({ rows, kept, events, eventsFlagged }) => (rows - kept - eventsFlagged) / (rows - events));
  const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const odds = Math.max(range(caught), range(alarms));
  return {
    difference: most - least,
    ratio: most === 0 ? 1 : least / most,
    odds: Number.isNaN(odds) ? null : odds,
  };
}

function bootstrap(
  { resamples, rng }: FairnessInput,
  groups: readonly (readonly number[])[],
  countsOf: (rows: readonly number[]) => Counts,
) {
  const difference = new Float64Array(resamples);
  const ratio = new Float64Array(resamples);
  const odds: number[] = [];
  for (let draw = 0; draw < resamples; draw++) {
    const drawn = gaps(groups.map((rows) => countsOf(rows.map(() => rows[rng.int(rows.length)]!))))!;
    difference[draw] = drawn.difference;
    ratio[draw] = drawn.ratio;
    if (drawn.odds !== null) odds.push(drawn.odds);
  }
  return { difference, ratio, odds: Float64Array.from(odds) };
}

function shareOf(of: number, n: number): Estimate | null {
  const interval = wilsonInterval(of, n);
  return interval === null ? null : { value: of / n, low: interval[0], high: interval[1] };
}

const QUARTERS = 4;
const MOST_GROUPS = 12;
const REST = '…';

/** Groups of a column: its values, most frequent first and the rest together beyond twelve; numbers by size, in quarters where there are more
 *  than four values. */
export function groupsOfColumn(column: TableColumn, format: (value: number) => string): TableGroups {
  if (column.type === 'category') {
    const named = column.levels.slice(0, MOST_GROUPS);
    return {
      names: named.length < column.levels.length ? [...named, REST] : named,
      of: Array.from(column.codes, (code) => (code < 0 ? null : (named[code] ?? REST))),
    };
  }
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = [...new Set(present)];
  if (distinct.length <= QUARTERS) {
    return {
      names: distinct.map(format),
      of: Array.from(column.values, (value) => (Number.isNaN(value) ? null : format(value))),
    };
  }
  const last = present.at(-1)!;
  const quarters = [1, 2, 3].map((k) => present[Math.ceil((k * present.length) / QUARTERS) - 1]!);
  const cuts = [...new Set(quarters)].filter((cut) => cut < last);
  const names = [...cuts, last].map((high, at) =>
    at === 0 ? `${format(present[0]!)} – ${format(high)}` : `> ${format(cuts[at - 1]!)} – ${format(high)}`,
  );
  return {
    names,
    of: Array.from(column.values, (value) =>
      Number.isNaN(value) ? null : names[cuts.filter((cut) => value > cut).length]!,
    ),
  };
}
