import { addToMoments, momentSlots } from '../../statistics/moments.ts';
import { sumByUnit, type UnitSums, unitsOfIds } from '../../statistics/resample-units.ts';
import type { NeedsSetup } from './results.ts';

/** No text in this row, so that it counts neither as a mention nor as an outlier. */
export const NO_TEXT = -2;

/** A cleaned dataset as the needs model reads it; every array has one entry per row. Missing numbers are NaN. */
export interface NeedSource {
  readonly datasetId: string;
  readonly name: string;
  readonly rows: number;
  /** Null where the dataset has no respondent id; a row with a null id is a respondent of its own. */
  readonly respondentIds: readonly (string | null)[] | null;
  /** Overall satisfaction of the row, 0–1; null where not available. */
  readonly satisfaction: ArrayLike<number> | null;
  /** Index into `topicIds`, −1 for a text outside every topic, `NO_TEXT` without text; null without a text column. */
  readonly topics: ArrayLike<number> | null;
  readonly segments: readonly (string | null)[] | null;
  readonly periods: readonly (string | null)[] | null;
  /** Rated items, 0–1, better is higher. */
  readonly items: readonly { readonly columnId: string; readonly satisfaction: ArrayLike<number> }[];
  /** What the drivers explain; null where there is none. */
  readonly outcome: ArrayLike<number> | null;
}

/** Which needs each topic and each item of a source belongs to, by index into the list of needs. */
export interface NeedAssignment {
  readonly ofTopic: readonly (readonly number[])[];
  readonly ofItem: readonly (readonly number[])[];
}

/** Predictors of the regression of one source, and the needs each counts for. */
export interface SourceDrivers {
  readonly of: 'items' | 'mentions';
  readonly needsOf: readonly (readonly number[])[];
}

/** A source as sums over respondents. Slots: text rows, sum and count of overall satisfaction, then for each need mentions,
 *  sum and count of the satisfaction heard about it, then the packed moments of the predictors and the outcome. */
export interface SourceSums {
  readonly unit: 'respondent' | 'row';
  readonly sums: UnitSums;
  readonly drivers: SourceDrivers | null;
}

export const TEXT_ROWS = 0;
export const OVERALL_SUM = 1;
export const OVERALL_COUNT = 2;
const FIRST_NEED = 3;
export const mentionSlot = (need: number) => FIRST_NEED + need;
export const heardSumSlot = (need: number, needs: number) => FIRST_NEED + needs + need;
export const heardCountSlot = (need: number, needs: number) => FIRST_NEED + 2 * needs + need;
export const momentsOffset = (needs: number) => FIRST_NEED + 3 * needs;

export function assignNeeds(
  source: NeedSource,
  topicIds: readonly string[],
  needs: NeedsSetup['needs'],
): NeedAssignment {
  const needsWith = (has: (need: NeedsSetup['needs'][number]) => boolean) =>
    needs.flatMap((need, index) => (has(need) ? [index] : []));
  return {
    ofTopic: topicIds.map((id) => needsWith((need) => need.topicIds.includes(id))),
    ofItem: source.items.map(({ columnId }) =>
      needsWith((need) => need.items.some((item) => item.datasetId === source.datasetId && item.columnId === columnId)),
    ),
  };
}

/** Sums of the rows for which `keep` holds. The drivers are the items where there are any, else, for texts with an outcome,
 *  whether the row speaks of each need. */
export function sumSource(
  source: NeedSource,
  assigned: NeedAssignment,
  needs: number,
  keep: (row: number) => boolean,
): SourceSums {
  const drivers = driversOf(source, assigned, needs);
  const predictors = drivers?.needsOf.length ?? 0;
  const slots = momentsOffset(needs) + (drivers === null ? 0 : momentSlots(predictors + 1));
  const kept = Array.from({ length: source.rows }, (_, row) => row).filter(keep);
  const ids = source.respondentIds === null ? null : kept.map((row) => source.respondentIds![row] ?? null);
  const { unitOfRow, units } = unitsOfIds(ids, kept.length);
  const values = new Float64Array(predictors + 1);
  const sums = sumByUnit(unitOfRow, units, slots, (index, add) => {
    const row = kept[index]!;
    const overall = overallOf(source, row);
    if (Number.isFinite(overall)) {
      add(OVERALL_SUM, overall);
      add(OVERALL_COUNT, 1);
    }
    const mentioned = mentionedNeeds(source, assigned, row);
    if (source.topics !== null && source.topics[row] !== NO_TEXT) add(TEXT_ROWS, 1);
    for (const need of mentioned) add(mentionSlot(need), 1);
    for (const [need, heard] of heardIn(source, assigned, row)) {
      add(heardSumSlot(need, needs), heard.sum);
      add(heardCountSlot(need, needs), heard.count);
    }
    if (drivers !== null && fillPredictors(source, drivers, mentioned, row, values))
      addToMoments(values, add, momentsOffset(needs));
  });
  return { unit: source.respondentIds === null ? 'row' : 'respondent', sums, drivers };
}

/** Needs of which the text of this row speaks. */
export function mentionedNeeds(source: NeedSource, assigned: NeedAssignment, row: number): readonly number[] {
  const topic = source.topics?.[row] ?? NO_TEXT;
  return topic >= 0 ? (assigned.ofTopic[topic] ?? []) : [];
}

/** Satisfaction heard about each need in this row: that of a text that speaks of it, and the mean of its answered items. */
export function heardIn(
  source: NeedSource,
  assigned: NeedAssignment,
  row: number,
): ReadonlyMap<number, { sum: number; count: number }> {
  const heard = new Map<number, { sum: number; count: number }>();
  const answers = new Map<number, number[]>();
  source.items.forEach(({ satisfaction }, item) => {
    const value = satisfaction[row]!;
    if (!Number.isFinite(value)) return;
    for (const need of assigned.ofItem[item]!) answers.set(need, [...(answers.get(need) ?? []), value]);
  });
  for (const [need, values] of answers)
    heard.set(need, { sum: values.reduce((sum, value) => sum + value, 0) / values.length, count: 1 });
  const satisfaction = source.satisfaction?.[row] ?? Number.NaN;
  if (Number.isFinite(satisfaction))
    for (const need of mentionedNeeds(source, assigned, row)) {
      const before = heard.get(need) ?? { sum: 0, count: 0 };
      heard.set(need, { sum: before.sum + satisfaction, count: before.count + 1 });
    }
  return heard;
}

/** Overall satisfaction of a row: its own, else, where the source has none at all, the mean of its items. */
function overallOf(source: NeedSource, row: number): number {
  if (source.satisfaction !== null) return source.satisfaction[row]!;
  let sum = 0;
  let count = 0;
  for (const { satisfaction } of source.items)
    if (Number.isFinite(satisfaction[row]!)) {
      sum += satisfaction[row]!;
      count++;
    }
  return count === 0 ? Number.NaN : sum / count;
}

function driversOf(source: NeedSource, assigned: NeedAssignment, needs: number): SourceDrivers | null {
  if (source.outcome === null) return null;
  if (source.items.length > 0) return { of: 'items', needsOf: assigned.ofItem };
  if (source.topics === null) return null;
  const mentionable = Array.from({ length: needs }, (_, need) => need).filter((need) =>
    assigned.ofTopic.some((of) => of.includes(need)),
  );
  return mentionable.length === 0 ? null : { of: 'mentions', needsOf: mentionable.map((need) => [need]) };
}

/** Writes predictors and outcome of a row; false when one is missing. */
function fillPredictors(
  source: NeedSource,
  drivers: SourceDrivers,
  mentioned: readonly number[],
  row: number,
  values: Float64Array,
): boolean {
  const p = drivers.needsOf.length;
  values[p] = source.outcome![row]!;
  if (drivers.of === 'items') for (let j = 0; j < p; j++) values[j] = source.items[j]!.satisfaction[row]!;
  else {
    if (source.topics![row] === NO_TEXT) return false;
    for (let j = 0; j < p; j++) values[j] = mentioned.includes(drivers.needsOf[j]![0]!) ? 1 : 0;
  }
  for (let j = 0; j <= p; j++) if (!Number.isFinite(values[j]!)) return false;
  return true;
}
