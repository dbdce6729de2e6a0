import type { CategoryColumn, NumberColumn, TableColumn } from './table-data.ts';

/** Rows of a column that a scorecard treats alike. */
export type BinRule =
  /** (low, high]; null is open. */
  | { readonly type: 'range'; readonly low: number | null; readonly high: number | null }
  /** Levels of a category; `rest` also takes every level that training rows did not have. */
  | { readonly type: 'values'; readonly levels: readonly number[]; readonly rest: boolean }
  | { readonly type: 'missing' };

export interface Bin {
  readonly rule: BinRule;
  readonly rows: number;
  readonly events: number;
  readonly woe: number;
  readonly iv: number;
}

export interface Binning {
  readonly bins: readonly Bin[];
  /** Information value: the sum over the bins. */
  readonly iv: number;
}

/** Each bin but that of missing values holds at least this share of the rows. */
const FEWEST_SHARE = 0.05;
const MOST_BINS = 6;
const FIRST_BINS = 20;

interface Counts {
  rows: number;
  events: number;
}
export interface Group extends Counts {
  readonly rule: BinRule;
}

/** Bins of a column on the training rows `rows`: numbers cut at quantiles and merged until the event rate only rises or only falls and every bin
 *  holds five rows in a hundred; values of a category merged by event rate; missing values apart.
 *  @source weight of evidence and information value, Siddiqi 2006, chapter 6; merging of neighbours that break the order, Barlow et al. 1972 */
export function binColumn(column: TableColumn, event: Uint8Array, rows: Int32Array): Binning {
  const fewest = Math.max(1, Math.ceil(FEWEST_SHARE * rows.length));
  const groups =
    column.type === 'number' ? numberGroups(column, event, rows, fewest) : categoryGroups(column, event, rows, fewest);
  const missing = countWhere(event, rows, (row) => isMissingAt(column, row));
  if (missing.rows > 0) groups.push({ rule: { type: 'missing' }, ...missing });
  return weightsOfEvidence(groups);
}

function isMissingAt(column: TableColumn, row: number): boolean {
  return column.type === 'number' ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0;
}

function countWhere(event: Uint8Array, rows: Int32Array, takes: (row: number) => boolean): Counts {
  const counts = { rows: 0, events: 0 };
  for (const row of rows) {
    if (!takes(row)) continue;
    counts.rows++;
    counts.events += event[row]!;
  }
  return counts;
}

function numberGroups({ values }: NumberColumn, event: Uint8Array, rows: Int32Array, fewest: number): Group[] {
  const order = rows.filter((row) => !Number.isNaN(values[row]!)).sort((a, b) => values[a]! - values[b]!);
  if (order.length === 0) return [];
  const cuts = new Set<number>();
  for (let k = 1; k < FIRST_BINS; k++) cuts.add(values[order[Math.ceil((k * order.length) / FIRST_BINS) - 1]!]!);
  const last = values[order.at(-1)!]!;
  const bounds = [...cuts].filter((cut) => cut < last);
  const counts: Counts[] = Array.from({ length: bounds.length + 1 }, () => ({ rows: 0, events: 0 }));
  let bin = 0;
  for (const row of order) {
    while (bin < bounds.length && values[row]! > bounds[bin]!) bin++;
    counts[bin]!.rows++;
    counts[bin]!.events += event[row]!;
  }
  const groups: Group[] = counts.map((count, at) => ({
    ...count,
    rule: { type: 'range', low: bounds[at - 1] ?? null, high: bounds[at] ?? null },
  }));
  return mergeWeakest(mergeSmall(monotone(groups), fewest));
}

/** Neighbours are merged where the event rate breaks the order; of rising and falling the one that keeps more information. */
function monotone(groups: readonly Group[]): Group[] {
  const pooled = (sign: 1 | -1) => {
    const kept: Group[] = [];
    for (const group of groups) {
      kept.push(group);
      while (kept.length > 1 && sign * (rate(kept.at(-2)!) - rate(kept.at(-1)!)) >= 0) {
        const second = kept.pop()!;
        kept.push(merged(kept.pop()!, second));
      }
    }
    return kept;
  };
  const [rising, falling] = [pooled(1), pooled(-1)];
  return weightsOfEvidence(rising).iv >= weightsOfEvidence(falling).iv ? rising : falling;
}

function rate({ rows, events }: Counts): number {
  return rows === 0 ? 0 : events / rows;
}

function merged(a: Group, b: Group): Group {
  const counts = { rows: a.rows + b.rows, events: a.events + b.events };
  if (a.rule.type === 'range' && b.rule.type === 'range') {
    return { ...counts, rule: { type: 'range', low: a.rule.low, high: b.rule.high } };
  }
  const parts = [a.rule, b.rule].flatMap((rule) => (rule.type === 'values' ? [rule] : []));
  return {
    ...counts,
    rule: { type: 'values', levels: parts.flatMap(({ levels }) => levels), rest: parts.some(({ rest }) => rest) },
  };
}

function mergeAt(groups: readonly Group[], at: number): Group[] {
  return [...groups.slice(0, at), merged(groups[at]!, groups[at + 1]!), ...groups.slice(at + 2)];
}

/** A bin with too few rows joins the neighbour whose event rate is nearer. */
function mergeSmall(from: readonly Group[], fewest: number): Group[] {
  let groups = [...from];
  while (groups.length > 1) {
    const small = groups.findIndex(({ rows }) => rows < fewest);
    if (small < 0) break;
    const [before, after] = [groups[small - 1], groups[small + 1]];
    const gap = (other: Group | undefined) =>
      other === undefined ? Number.POSITIVE_INFINITY : Math.abs(rate(other) - rate(groups[small]!));
    groups = mergeAt(groups, gap(before) <= gap(after) ? small - 1 : small);
  }
  return groups;
}

/** As long as there are too many bins, the two neighbours that lose least information become one. */
function mergeWeakest(from: readonly Group[]): Group[] {
  let groups = [...from];
  while (groups.length > MOST_BINS) {
    let best = { at: 0, iv: Number.NEGATIVE_INFINITY };
    for (let at = 0; at + 1 < groups.length; at++) {
      const { iv } = weightsOfEvidence(mergeAt(groups, at));
      if (iv > best.iv) best = { at, iv };
    }
    groups = mergeAt(groups, best.at);
  }
  return groups;
}

function categoryGroups(
  { levels, codes }: CategoryColumn,
  event: Uint8Array,
  rows: Int32Array,
  fewest: number,
): Group[] {
  const counts: Counts[] = levels.map(() => ({ rows: 0, events: 0 }));
  for (const row of rows) {
    const code = codes[row]!;
    if (code < 0) continue;
    counts[code]!.rows++;
    counts[code]!.events += event[row]!;
  }
  const groups = counts.map(
    (count, level): Group => ({ ...count, rule: { type: 'values', levels: [level], rest: false } }),
  );
  const common = groups.filter((group) => group.rows >= fewest);
  const rare = groups.filter((group) => group.rows < fewest);
  if (rare.length > 0) {
    const rest = rare.reduce(merged);
    common.push({
      ...rest,
      rule: { type: 'values', levels: rest.rule.type === 'values' ? rest.rule.levels : [], rest: true },
    });
  }
  return mergeWeakest(
    mergeSmall(
      common.sort((a, b) => rate(a) - rate(b)),
      fewest,
    ),
  );
}

/** Weight of evidence ln(share of rows without the event ÷ share of rows with it) and information value of each bin. Where a bin lacks one of the
 *  two, half a row is added to both, since the logarithm would have no value. */
export function weightsOfEvidence(groups: readonly Group[]): Binning {
  const events = groups.reduce((sum, group) => sum + group.events, 0);
  const others = groups.reduce((sum, group) => sum + group.rows - group.events, 0);
  const bins = groups.map(({ rule, rows, events: own }): Bin => {
    const add = own === 0 || own === rows ? 0.5 : 0;
    const bad = (own + add) / Math.max(1, events);
    const good = (rows - own + add) / Math.max(1, others);
    const woe = Math.log(good / bad);
    return { rule, rows, events: own, woe, iv: (good - bad) * woe };
  });
  return { bins, iv: bins.reduce((sum, { iv }) => sum + iv, 0) };
}

/** Which bin a row falls into; −1 for a value that no training row had (a gap where none was, an unknown word). */
export function binOf(column: TableColumn, { bins }: Pick<Binning, 'bins'>, row: number): number {
  if (isMissingAt(column, row)) return bins.findIndex(({ rule }) => rule.type === 'missing');
  if (column.type === 'number') {
    const value = column.values[row]!;
    return bins.findIndex(
      ({ rule }) =>
        rule.type === 'range' && (rule.low === null || value > rule.low) && (rule.high === null || value <= rule.high),
    );
  }
  const own = bins.findIndex(({ rule }) => rule.type === 'values' && rule.levels.includes(column.codes[row]!));
  return own >= 0 ? own : bins.findIndex(({ rule }) => rule.type === 'values' && rule.rest);
}
