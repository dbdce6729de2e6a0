import type { SlotReader } from '../../artifacts/kind.ts';
import { demandDatasetIds } from './columns.ts';

/** Cleaning of the given datasets and the analyst's roles where there are any: what a step that reads columns depends on. Of all D where none
 *  are given, and then on what was adopted too. */
export function columnInputs(slots: SlotReader, ids?: readonly string[]): string[] {
  const columns = (ids ?? demandDatasetIds(slots)).flatMap((id) => [
    `demand.clean:${id}`,
    ...standing(slots, [`demand.roles:${id}`]),
  ]);
  return ids === undefined ? [...columns, ...adoptionInputs(slots)] : columns;
}

/** What makes a later round part of D: whoever reads D depends on it, so that taking it back is seen. */
export function adoptionInputs(slots: SlotReader): readonly string[] {
  return slots.slotsOf('demand.adoption');
}

/** Those of the slots that are filled. */
export function standing(slots: SlotReader, wanted: readonly string[]): string[] {
  return wanted.filter((slot) => slots.current(slot) !== undefined);
}
