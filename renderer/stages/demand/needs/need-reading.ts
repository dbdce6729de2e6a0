import { NEED_PARTS, type NeedPart, type NeedsResult } from '../../../../shared/stages/demand/results.ts';

type Need = NeedsResult['needs'][number];

/** What each part adds to a need's weight, in the unit of the weight: the values enter by their part weight and by how many needs have the part. */
export function partContributions(need: Need, needs: readonly Need[]): { readonly [P in NeedPart]: number } {
  const entered = (part: NeedPart): number => {
    const own = need.parts[part];
    const having = needs.filter((other) => other.parts[part] !== null).length;
    return own === null ? 0 : (own.partWeight * own.value * having) / needs.length;
  };
  const total = NEED_PARTS.reduce((sum, part) => sum + entered(part), 0);
  const scaled = (part: NeedPart) => (total > 0 ? (entered(part) / total) * need.weight : 0);
  return { driver: scaled('driver'), mention: scaled('mention'), gap: scaled('gap') };
}

/** A need that is spoken of more than an even share while driving less than half of one, and so may be overrated by what people say. */
export function spokenButNotDriving(needs: readonly Need[]): Need | null {
  const having = (part: NeedPart) => needs.filter((need) => need.parts[part] !== null);
  const mentions = having('mention');
  const drivers = having('driver');
  if (mentions.length < 2 || drivers.length < 2) return null;
  const candidates = needs.filter(
    ({ parts }) =>
      parts.mention !== null &&
      parts.driver !== null &&
      parts.mention.value > 1 / mentions.length &&
      parts.driver.value < 0.5 / drivers.length,
  );
  return candidates.sort((a, b) => (b.parts.mention?.value ?? 0) - (a.parts.mention?.value ?? 0))[0] ?? null;
}

/** Needs by rank. */
export function byRank(needs: readonly Need[]): readonly Need[] {
  return [...needs].sort((a, b) => a.rank - b.rank);
}
