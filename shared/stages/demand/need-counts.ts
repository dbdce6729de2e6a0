import { heardIn, mentionedNeeds, type NeedAssignment, type NeedSource, NO_TEXT } from './need-sources.ts';
import type { NeedsResult, NeedsSetup } from './results.ts';

/** Rows that `project.rows` shows for each need: texts of its topics, or for a need without topics, rows that answer one of
 *  its items. */
export function needVolumes(
  sources: readonly NeedSource[],
  assigned: readonly NeedAssignment[],
  needs: NeedsSetup['needs'],
  keepOf: (source: NeedSource) => (row: number) => boolean,
): readonly number[] {
  const volumes = needs.map(() => 0);
  sources.forEach((source, s) => {
    const keep = keepOf(source);
    for (let row = 0; row < source.rows; row++)
      if (keep(row)) for (const need of needsOfRow(source, assigned[s]!, needs, row)) volumes[need]!++;
  });
  return volumes;
}

/** Needs that a row is evidence of. */
export function needsOfRow(
  source: NeedSource,
  assigned: NeedAssignment,
  needs: NeedsSetup['needs'],
  row: number,
): readonly number[] {
  const answered = new Set<number>();
  source.items.forEach(({ satisfaction }, item) => {
    if (!Number.isFinite(satisfaction[row]!)) return;
    for (const need of assigned.ofItem[item]!) if (needs[need]!.topicIds.length === 0) answered.add(need);
  });
  return [...mentionedNeeds(source, assigned, row), ...answered];
}

type Period = NeedsResult['needs'][number]['periods'][number];

/** Mentions, their share of the texts and the satisfaction heard about each need by period, in code unit order. */
export function needPeriods(
  sources: readonly NeedSource[],
  assigned: readonly NeedAssignment[],
  needs: number,
): readonly Period[][] {
  const texts = new Map<string, number>();
  const tally = new Map<string, { volume: number; sum: number; count: number }[]>();
  sources.forEach((source, s) => {
    if (source.periods === null) return;
    for (let row = 0; row < source.rows; row++) {
      const period = source.periods[row] ?? null;
      if (period === null) continue;
      let tallied = tally.get(period);
      if (tallied === undefined) {
        tallied = Array.from({ length: needs }, () => ({ volume: 0, sum: 0, count: 0 }));
        tally.set(period, tallied);
      }
      if (source.topics !== null && source.topics[row] !== NO_TEXT) texts.set(period, (texts.get(period) ?? 0) + 1);
      for (const need of mentionedNeeds(source, assigned[s]!, row)) tallied[need]!.volume++;
      for (const [need, heard] of heardIn(source, assigned[s]!, row)) {
        tallied[need]!.sum += heard.sum;
        tallied[need]!.count += heard.count;
      }
    }
  });
  const periods = [...tally.keys()].sort();
  return Array.from({ length: needs }, (_, need) =>
    periods.map((period) => {
      const { volume, sum, count } = tally.get(period)![need]!;
      const all = texts.get(period) ?? 0;
      return { period, volume, share: all === 0 ? 0 : volume / all, satisfaction: count === 0 ? null : sum / count };
    }),
  );
}
