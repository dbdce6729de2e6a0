import { heardIn, mentionedNeeds, type NeedAssignment, type NeedSource, NO_TEXT } from './need-sources.ts';
import type { NeedsResult, NeedsSetup } from './results.ts';

/** The rows that a need's volume counts, one entry per row and need: texts of its topics, or for a need without topics,
 *  rows that answer one of its items. `source` and `row` are indices into the sources and their rows. */
export interface NeedEvidence {
  readonly source: Int32Array<ArrayBuffer>;
  readonly row: Int32Array<ArrayBuffer>;
  readonly need: Int32Array<ArrayBuffer>;
}

export function needEvidence(
  sources: readonly NeedSource[],
  assigned: readonly NeedAssignment[],
  needs: NeedsSetup['needs'],
): NeedEvidence {
  const entries: { source: number; row: number; need: number }[] = [];
  sources.forEach((source, s) => {
    for (let row = 0; row < source.rows; row++)
      for (const need of needsOfRow(source, assigned[s]!, needs, row)) entries.push({ source: s, row, need });
  });
  return {
    source: Int32Array.from(entries, (entry) => entry.source),
    row: Int32Array.from(entries, (entry) => entry.row),
    need: Int32Array.from(entries, (entry) => entry.need),
  };
}

/** Number of evidence rows of each need, of those rows for which `keep` holds. */
export function needVolumes(
  evidence: NeedEvidence,
  needs: number,
  keep: (source: number, row: number) => boolean,
): readonly number[] {
  const volumes: number[] = new Array(needs).fill(0);
  evidence.need.forEach((need, i) => {
    if (keep(evidence.source[i]!, evidence.row[i]!)) volumes[need]!++;
  });
  return volumes;
}

function needsOfRow(
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
