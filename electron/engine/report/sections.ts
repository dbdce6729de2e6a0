import type { ReportSection } from '../../../shared/contract/report.ts';
import { STAGE_IDS } from '../../../shared/contract/stage.ts';
import type { SlotReader } from '../artifacts/kind.ts';
import type { StaleReason } from '../artifacts/staleness.ts';
import { STAGE_MAPS } from '../project/overview.ts';

/** Every step of every stage as a section: what of it stands, what is stale, what is missing. */
export function reportSections(
  slots: SlotReader,
  stale: ReadonlyMap<string, readonly StaleReason[]>,
): readonly ReportSection[] {
  return STAGE_IDS.flatMap((stage) =>
    STAGE_MAPS[stage].steps.map(({ id: step, kinds, done }): ReportSection => {
      const found = kinds.flatMap((kind) => slots.slotsOf(kind));
      const isDone = done.some((kind) => slots.slotsOf(kind).length > 0);
      return {
        id: `${stage}.${step}`,
        stage,
        step,
        state: isDone ? 'full' : found.length > 0 ? 'partial' : 'missing',
        slots: found,
        staleSlots: found.filter((slot) => (stale.get(slot)?.length ?? 0) > 0),
        missingKinds: isDone ? [] : [...done],
      };
    }),
  );
}

/** Slots that a report prints: those of its sections and, for the appendix, everything that they were made from. */
export function printedSlots(slots: SlotReader, sections: readonly string[] | null): readonly string[] {
  const found = new Set<string>();
  const visit = (slot: string) => {
    const artifact = slots.current(slot);
    if (artifact === undefined || found.has(slot)) return;
    found.add(slot);
    for (const input of artifact.inputs) visit(input.slot);
  };
  for (const stage of STAGE_IDS) {
    for (const { id, kinds } of STAGE_MAPS[stage].steps) {
      if (sections !== null && !sections.includes(`${stage}.${id}`)) continue;
      for (const kind of kinds) for (const slot of slots.slotsOf(kind)) visit(slot);
    }
  }
  return [...found].sort();
}
