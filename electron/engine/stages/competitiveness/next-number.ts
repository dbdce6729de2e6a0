import { keyOf } from '../../artifacts/kind.ts';
import type { EngineContext } from '../../context.ts';

/** Numbers of runs and experiments are never used twice, cancelled ones included, so that R3 stays R3 in everybody's notes. */
export function nextNumber({ store, queue }: EngineContext, kind: string): number {
  const slots = [...store.slotsOf(kind), ...queue.list().map((job) => job.slot)];
  const numbers = slots.filter((slot) => slot.startsWith(`${kind}:`)).map((slot) => Number(keyOf(slot).slice(1)));
  return Math.max(0, ...numbers) + 1;
}
