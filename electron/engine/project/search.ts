import { keyOf } from '../artifacts/kind.ts';
import type { EngineContext } from '../context.ts';

type Hit = { type: 'need' | 'topic' | 'run' | 'row'; id: string; title: string };

/** Needs, topics and runs by name first, then texts; a text is found by any piece of it, which is what Chinese needs. */
export function search({ store }: EngineContext, text: string, limit: number): Hit[] {
  const wanted = text.toLocaleLowerCase();
  const named = (slot: string, list: string, type: Hit['type']): Hit[] => {
    const result = store.current(slot)?.result as Record<string, unknown> | undefined;
    const items = (result?.[list] ?? []) as { id: string; name: string }[];
    return items
      .filter((item) => item.name.toLocaleLowerCase().includes(wanted))
      .map((item) => ({ type, id: item.id, title: item.name }));
  };
  const hits: Hit[] = [...named('demand.needs', 'needs', 'need'), ...named('demand.topics', 'topics', 'topic')];
  const models = ['competitiveness.run', 'competitiveness.compressed'].flatMap((kind) => store.slotsOf(kind));
  for (const slot of models) {
    const name = (store.current(slot)?.result as { name?: string } | undefined)?.name ?? '';
    if (`${keyOf(slot)} ${name}`.toLocaleLowerCase().includes(wanted))
      hits.push({ type: 'run', id: keyOf(slot), title: name });
  }
  for (const slot of store.slotsOf('demand.dataset')) {
    if (hits.length >= limit) break;
    const id = keyOf(slot);
    for (const { row, cells } of store.rows.containing(Number(id.slice(1)), text, limit - hits.length)) {
      const cell = (JSON.parse(cells) as string[]).find((value) => value.toLocaleLowerCase().includes(wanted));
      if (cell !== undefined) hits.push({ type: 'row', id: `${id}/${row}`, title: cell.slice(0, 120) });
    }
  }
  return hits.slice(0, limit);
}
