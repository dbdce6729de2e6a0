import type { z } from 'zod';
import type { ArtifactInfo, staleReasonSchema } from '../../../shared/contract/artifact.ts';
import type { ArtifactRecord } from '../db/repositories/artifact.ts';
import { storedRow } from '../db/stored-row.ts';
import type { ArtifactKind, SlotReader } from './kind.ts';
import { keyOf, kindOf } from './kind.ts';

export type StaleReason = z.output<typeof staleReasonSchema>;

/** Why each current artifact no longer stands; an empty list where it does. A result that came out equal after a recompute does not stale what was made from it, because inputs are compared by hash. */
export function staleReasons(
  current: readonly ArtifactRecord[],
  kinds: ReadonlyMap<string, ArtifactKind>,
  slots: SlotReader,
  codeVersionOf: (kind: ArtifactKind) => string,
): ReadonlyMap<string, readonly StaleReason[]> {
  const bySlot = new Map(current.map((artifact) => [artifact.slot, artifact]));
  const reasons = new Map<string, readonly StaleReason[]>();
  const visit = (slot: string): readonly StaleReason[] => {
    const known = reasons.get(slot);
    if (known !== undefined) return known;
    reasons.set(slot, []);
    const artifact = bySlot.get(slot);
    const kind = kinds.get(kindOf(slot));
    if (artifact === undefined || kind === undefined) return [];
    const found: StaleReason[] = [];
    if (artifact.codeVersion !== codeVersionOf(kind)) found.push({ type: 'code-changed', slot });
    // Parameters that this very code wrote and cannot read are damaged.
    const params = found.some(({ type }) => type === 'code-changed')
      ? kind.params.parse(artifact.params)
      : storedRow(kind.params, 'artifact', artifact.params);
    const recorded = new Set(artifact.inputs.map((input) => input.slot));
    for (const input of artifact.inputs) {
      const stands = bySlot.get(input.slot);
      if (stands === undefined) found.push({ type: 'input-removed', slot: input.slot });
      else if (stands.hash !== input.hash) found.push({ type: 'input-changed', slot: input.slot });
      else if (visit(input.slot).length > 0 && kind.takesAsItIs?.(params, input.slot) !== true)
        found.push({ type: 'upstream-stale', slot: input.slot });
    }
    for (const wanted of kind.inputs(params, slots, keyOf(slot))) {
      if (!recorded.has(wanted) && bySlot.has(wanted)) found.push({ type: 'input-added', slot: wanted });
    }
    reasons.set(slot, found);
    return found;
  };
  for (const artifact of current) visit(artifact.slot);
  return reasons;
}

/** An artifact as people see it. */
export function artifactInfo(artifact: ArtifactRecord, stale: readonly StaleReason[]): ArtifactInfo {
  const { result: _result, parts: _parts, inputs, ...rest } = artifact;
  return { ...rest, inputs: [...inputs], stale: [...stale] };
}
