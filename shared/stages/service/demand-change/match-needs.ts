import type { NeedsResult } from '../../demand/results.ts';
import type { NeedChange } from '../results.ts';

type Need = NeedsResult['needs'][number];

export interface NeedsVersion {
  readonly needs: readonly Need[];
  /** Index of the need of each text row, by `dataset/row`; −1 for none. */
  readonly needOfRow: ReadonlyMap<string, number>;
}

/** Share of the texts of either version that a match by texts must have in common with the other. */
const MOST_TEXTS = 0.5;

/** Needs of two versions of f1 side by side: the same need is the one with the same id, else the one that is asked in the same question of a
 *  survey, else the one to which more than half of its texts (those that stand in both versions) belong now, and the other way round. */
export function matchNeeds(before: NeedsVersion, now: NeedsVersion): NeedChange[] {
  const taken = new Set<number>();
  const pairs = new Map<number, { readonly then: number; readonly by: NonNullable<NeedChange['matchedBy']> }>();
  const pair = (then: number, at: number, by: NonNullable<NeedChange['matchedBy']>) => {
    taken.add(then);
    pairs.set(at, { then, by });
  };
  now.needs.forEach((need, at) => {
    const then = before.needs.findIndex(({ id }) => id === need.id);
    if (then >= 0) pair(then, at, 'id');
  });
  now.needs.forEach((need, at) => {
    if (pairs.has(at)) return;
    const asked = new Set(need.items.map(itemId));
    const then = before.needs.findIndex(
      ({ items }, index) => !taken.has(index) && items.some((item) => asked.has(itemId(item))),
    );
    if (then >= 0) pair(then, at, 'item');
  });
  const common = commonTexts(before, now);
  now.needs.forEach((_, at) => {
    if (pairs.has(at)) return;
    const then = before.needs.findIndex((_need, index) => !taken.has(index) && common(index, at) > MOST_TEXTS);
    if (then >= 0) pair(then, at, 'texts');
  });
  const present = now.needs.map((need, at): NeedChange => {
    const match = pairs.get(at);
    const earlier = match === undefined ? null : before.needs[match.then]!;
    return {
      matchedBy: match?.by ?? null,
      before: earlier === null ? null : figures(earlier),
      now: figures(need),
      difference: earlier === null ? null : need.weight - earlier.weight,
      change: earlier === null ? 'new' : changeOf(earlier, need),
    };
  });
  const gone = before.needs
    .filter((_, index) => !taken.has(index))
    .map(
      (need): NeedChange => ({ matchedBy: null, before: figures(need), now: null, difference: null, change: 'gone' }),
    );
  return [
    ...present.sort((a, b) => (a.now?.rank ?? 0) - (b.now?.rank ?? 0)),
    ...gone.sort((a, b) => (a.before?.rank ?? 0) - (b.before?.rank ?? 0)),
  ];
}

function changeOf(before: Need, now: Need): NeedChange['change'] {
  if (before.low === null || before.high === null) return null;
  if (now.weight > before.high) return 'heavier';
  return now.weight < before.low ? 'lighter' : 'same';
}

function figures({ id, name, weight, low, high, rank, rankLow, rankHigh }: Need) {
  return { needId: id, name, weight, low, high, rank, rankLow, rankHigh };
}

function itemId({ datasetId, columnId }: { readonly datasetId: string; readonly columnId: string }): string {
  return `${datasetId}/${columnId}`;
}

/** The smaller of the two shares of common texts, of the texts that stand in both versions. */
function commonTexts(before: NeedsVersion, now: NeedsVersion): (then: number, at: number) => number {
  const both = new Map<string, number>();
  const ofThen = new Map<number, number>();
  const ofNow = new Map<number, number>();
  const count = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const [row, then] of before.needOfRow) {
    const at = now.needOfRow.get(row);
    if (at === undefined) continue;
    if (then >= 0) count(ofThen, then);
    if (at >= 0) count(ofNow, at);
    if (then >= 0 && at >= 0) count(both, `${then}/${at}`);
  }
  return (then, at) => {
    const shared = both.get(`${then}/${at}`) ?? 0;
    return Math.min(shared / (ofThen.get(then) ?? 1), shared / (ofNow.get(at) ?? 1));
  };
}
