import type { SlotReader } from '../../artifacts/kind.ts';
import { demandDatasetIds } from './columns.ts';

/** Cleaning of the given datasets and the analyst's roles where there are any: what a step that reads columns depends on. */
export function columnInputs(slots: SlotReader, ids: readonly string[] = demandDatasetIds(slots)): string[] {
  return ids.flatMap((id) => [`demand.clean:${id}`, ...standing(slots, [`demand.roles:${id}`])]);
}

/** Those of the slots that are filled. */
export function standing(slots: SlotReader, wanted: readonly string[]): string[] {
  return wanted.filter((slot) => slots.current(slot) !== undefined);
}
