import type { SearchType } from '../../../shared/contract/project.ts';
import { keyOf } from '../artifacts/kind.ts';
import type { EngineContext } from '../context.ts';
import type { ArtifactRecord } from '../db/repositories/artifact.ts';

interface Hit {
  readonly type: SearchType;
  readonly id: string;
  readonly title: string;
}

const TITLE_CHARACTERS = 120;

/** Where the name of an artifact of a kind stands in its result. */
const NAMED: readonly { readonly kind: string; readonly type: SearchType; readonly path: readonly string[] }[] = [
  { kind: 'competitiveness.run', type: 'run', path: ['name'] },
  { kind: 'competitiveness.compressed', type: 'run', path: ['name'] },
  { kind: 'competitiveness.taskRun', type: 'run', path: ['name'] },
  { kind: 'competitiveness.experiment', type: 'experiment', path: ['name'] },
  { kind: 'competitiveness.usability', type: 'usability', path: ['name'] },
  { kind: 'adaptation.scenario', type: 'scenario', path: ['card', 'name'] },
  { kind: 'adaptation.model', type: 'adapted', path: ['name'] },
  { kind: 'landing.goal', type: 'goal', path: ['settings', 'title'] },
  { kind: 'landing.package', type: 'package', path: ['name'] },
];

/** Names first, then texts; a text is found by any piece of it, which is what Chinese needs. */
export function search({ store }: EngineContext, text: string, limit: number): Hit[] {
  const wanted = text.toLocaleLowerCase();
  const matches = (words: string) => words.toLocaleLowerCase().includes(wanted);
  const listed = (slot: string, list: string, type: SearchType): Hit[] => {
    const result = store.current(slot)?.result as Record<string, unknown> | undefined;
    const items = (result?.[list] ?? []) as { id: string; name: string }[];
    return items.filter(({ name }) => matches(name)).map(({ id, name }) => ({ type, id, title: name }));
  };
  const hits: Hit[] = [
    ...listed('demand.needs', 'needs', 'need'),
    ...listed('demand.topics', 'topics', 'topic'),
    ...NAMED.flatMap(({ kind, type, path }) =>
      store.slotsOf(kind).flatMap((slot): Hit[] => {
        const title = nameAt(store.current(slot), path);
        return matches(`${keyOf(slot)} ${title}`) ? [{ type, id: keyOf(slot), title }] : [];
      }),
    ),
    ...listed('service.rounds', 'rounds', 'round'),
  ];
  for (const slot of store.slotsOf('demand.dataset')) {
    if (hits.length >= limit) break;
    const id = keyOf(slot);
    for (const { row, cells } of store.rows.containing(Number(id.slice(1)), text, limit - hits.length)) {
      const cell = (JSON.parse(cells) as string[]).find(matches);
      if (cell !== undefined) hits.push({ type: 'row', id: `${id}/${row}`, title: cell.slice(0, TITLE_CHARACTERS) });
    }
  }
  return hits.slice(0, limit);
}

function nameAt(artifact: ArtifactRecord | undefined, path: readonly string[]): string {
  let value: unknown = artifact?.result;
  for (const part of path) value = (value as Record<string, unknown> | null | undefined)?.[part];
  return typeof value === 'string' ? value : '';
}
