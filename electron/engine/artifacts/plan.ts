import { AppError, BugError } from '../../../shared/errors/app-error.ts';
import type { ArtifactKind, SlotReader } from './kind.ts';
import { keyOf, kindOf } from './kind.ts';
import type { StaleReason } from './staleness.ts';

export interface PlannedStep {
  readonly slot: string;
  readonly kind: ArtifactKind;
  readonly params: unknown;
  readonly seed: number;
  /** Planned steps whose results this one reads. */
  readonly after: readonly string[];
}

export interface PlanTarget {
  readonly slot: string;
  readonly params: unknown;
  readonly seed: number;
}

/** Steps that must run, in order, so that the targets stand on inputs that are neither missing nor stale.
 *  Upstream steps are repeated with the parameters and seed that they had; one that was never made uses its defaults.
 *  @throws AppError 'artifact.input-missing' where an input can only come from a person */
export function planSteps(
  targets: readonly PlanTarget[],
  kinds: ReadonlyMap<string, ArtifactKind>,
  slots: SlotReader,
  stale: ReadonlyMap<string, readonly StaleReason[]>,
  defaultSeed: number,
): readonly PlannedStep[] {
  const planned = new Map<string, PlannedStep>();
  const visiting = new Set<string>();

  const plan = (slot: string, given: PlanTarget | null): void => {
    if (planned.has(slot)) return;
    if (visiting.has(slot)) throw new BugError(`artifact kinds depend on each other at ${slot}`);
    visiting.add(slot);
    const kind = kinds.get(kindOf(slot));
    if (kind === undefined) throw new BugError(`no kind for slot ${slot}`);
    const stands = slots.current(slot);
    const params = given?.params ?? stands?.params ?? kind.defaultParams(slots, keyOf(slot));
    if (params === null || params === undefined) throw new AppError('artifact.input-missing', { slot });
    const parsed = kind.params.parse(params);
    const inputs = kind.inputs(parsed, slots, keyOf(slot));
    for (const input of inputs) {
      const target = targets.find((candidate) => candidate.slot === input) ?? null;
      const missing = slots.current(input) === undefined;
      const outdated = (stale.get(input)?.length ?? 0) > 0 && kind.takesAsItIs?.(parsed, input) !== true;
      if (target !== null || (kind.takesStale !== true && (missing || outdated))) plan(input, target);
    }
    visiting.delete(slot);
    planned.set(slot, {
      slot,
      kind,
      params,
      seed: given?.seed ?? stands?.seed ?? defaultSeed,
      after: inputs.filter((input) => planned.has(input)),
    });
  };

  for (const target of targets) plan(target.slot, target);
  return [...planned.values()];
}
