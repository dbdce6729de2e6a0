import type { NeedsSetup } from '../../../../shared/stages/demand/results.ts';

type Setup = NeedsSetup['needs'];
type NeedSetup = Setup[number];

/** Needs with some merged into the first of them, which keeps its id so that what refers to it still holds. */
export function mergeNeeds(needs: Setup, ids: readonly string[], name: string | null): Setup {
  const merged = needs.filter(({ id }) => ids.includes(id));
  const [first] = merged;
  if (first === undefined) return needs;
  const into: NeedSetup = {
    id: first.id,
    name: name ?? first.name,
    topicIds: [...new Set(merged.flatMap(({ topicIds }) => topicIds))],
    items: merged.flatMap(({ items }) => items),
  };
  return needs.flatMap((need) => (need.id === first.id ? [into] : ids.includes(need.id) ? [] : [need]));
}

export function renameNeed(needs: Setup, id: string, name: string): Setup {
  return needs.map((need) => (need.id === id ? { ...need, name } : need));
}

/** Needs without one: the engine gives each of its topics and items a need of its own again. */
export function takeApart(needs: Setup, id: string): Setup {
  return needs.filter((need) => need.id !== id);
}
