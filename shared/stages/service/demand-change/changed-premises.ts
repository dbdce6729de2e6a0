import type { ChangedPremise, NeedChange } from '../results.ts';

/** A place in somebody's decision that names a need. */
export interface NeedLink {
  readonly needId: string;
  readonly itemId: string | null;
  readonly itemName: string | null;
}

/** Every `needId` and `needIds` inside a value, with id and name of the nearest thing around it that has them. Each need once for each thing. */
export function needLinks(value: unknown): readonly NeedLink[] {
  const found = new Map<string, NeedLink>();
  const visit = (at: unknown, itemId: string | null, itemName: string | null): void => {
    if (Array.isArray(at)) {
      for (const entry of at) visit(entry, itemId, itemName);
      return;
    }
    if (typeof at !== 'object' || at === null) return;
    const record = at as Readonly<Record<string, unknown>>;
    const text = (name: string) => (typeof record[name] === 'string' ? record[name] : null);
    const id = text('id') ?? itemId;
    const name = text('name') ?? text('title') ?? text('kpi') ?? itemName;
    const named = [record.needId, ...(Array.isArray(record.needIds) ? record.needIds : [])];
    for (const needId of named) {
      if (typeof needId === 'string') found.set(`${id} ${needId}`, { needId, itemId: id, itemName: name });
    }
    for (const [key, entry] of Object.entries(record)) if (key !== 'needIds') visit(entry, id, name);
  };
  visit(value, null, null);
  return [...found.values()];
}

/** Links whose need went, moved out of its earlier interval or stands under another id by now. Where f1 was not computed anew, `changes` is empty
 *  and nothing can be said to have changed. */
export function changedPremises(
  links: readonly (NeedLink & { readonly slot: string })[],
  changes: readonly NeedChange[],
): ChangedPremise[] {
  if (changes.length === 0) return [];
  const byOldId = new Map(
    changes.flatMap((change) => (change.before === null ? [] : [[change.before.needId, change]])),
  );
  const byNewId = new Map(changes.flatMap((change) => (change.now === null ? [] : [[change.now.needId, change]])));
  return links.flatMap((link): ChangedPremise[] => {
    const change = byOldId.get(link.needId) ?? byNewId.get(link.needId);
    if (change === undefined) {
      return [{ ...link, needName: link.needId, change: 'unknown', before: null, now: null, nowNeedId: null }];
    }
    const what = whatChanged(change);
    if (what === null) return [];
    return [
      {
        ...link,
        needName: (change.now ?? change.before)?.name ?? link.needId,
        change: what,
        before: change.before?.weight ?? null,
        now: change.now?.weight ?? null,
        nowNeedId: change.now?.needId ?? null,
      },
    ];
  });
}

function whatChanged({ before, now, change }: NeedChange): ChangedPremise['change'] | null {
  if (now === null) return 'gone';
  if (change === 'heavier' || change === 'lighter') return change;
  return before !== null && before.needId !== now.needId ? 'new-id' : null;
}
