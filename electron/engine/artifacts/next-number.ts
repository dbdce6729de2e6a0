import type { EngineContext } from '../context.ts';
import { keyOf } from './kind.ts';

/** The number of a new run, scenario or whatever else is numbered. None is used twice, those of cancelled and removed ones included, so that R3 and S2 stay
 *  what they were in everybody's notes. */
export function nextNumber({ store, queue }: EngineContext, kind: string): number {
  const used = [...store.slotsOf(kind), ...queue.list().map(({ slot }) => slot), ...store.artifacts.slotsEver(kind)];
  const numbers = used.filter((slot) => slot.startsWith(`${kind}:`)).map((slot) => Number(keyOf(slot).slice(1)));
  return Math.max(0, ...numbers) + 1;
}
