import type { NonInferiority } from '../../../statistics/non-inferiority.ts';
import type { Verdict, VerdictReason } from './results.ts';

export interface VerdictInput {
  /** P of the sample ratio test where it found a mismatch; null else. */
  readonly mismatchP: number | null;
  /** Effect in the wanted direction; null where it could not be computed. */
  readonly gain: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly standardError: number;
  } | null;
  readonly smallestEffect: number;
  readonly targetEffect: number | null;
  /** Arms that have not got the planned units. */
  readonly short: readonly {
    readonly arm: 'control' | 'treatment';
    readonly planned: number;
    readonly reached: number;
  }[];
  /** z at which an early look stops for harm; null where the plan has no such look. */
  readonly harmZ: number | null;
  readonly guardrails: readonly {
    readonly id: string;
    readonly name: string;
    readonly verdict: NonInferiority | 'not-measured';
  }[];
}

/** What to do after a pilot, by a rule that stands before the data:
 *
 *  - `blocked`: the arms' sizes are not what chance gives (sample ratio p < 0.001); nothing else is read.
 *  - `stop`: harm is shown (the interval of the gain lies below 0; before the planned units are reached, only at the plan's boundary for
 *    harm), or a guardrail is breached.
 *  - `go`: the interval of the gain lies above 0, its upper end reaches what the goal asks for (else the smallest effect worth having),
 *    every guardrail is shown to hold, and the planned units are reached.
 *  - `adjust`: everything else; the reasons say what is missing. */
export function pilotVerdict(input: VerdictInput): { verdict: Verdict; reasons: VerdictReason[] } {
  const { mismatchP, gain, short, harmZ, guardrails } = input;
  if (mismatchP !== null) {
    return { verdict: 'blocked', reasons: [{ code: 'sample-ratio-mismatch', p: mismatchP }] };
  }
  const stop: VerdictReason[] = [];
  const go: VerdictReason[] = [];
  const open: VerdictReason[] = [];
  const target = input.targetEffect ?? input.smallestEffect;
  if (gain === null) open.push({ code: 'no-effect-computed' });
  else {
    const isComplete = short.length === 0;
    const isHarm = isComplete
      ? gain.high < 0
      : harmZ !== null && gain.standardError > 0 && gain.value / gain.standardError <= -harmZ;
    if (isHarm) stop.push({ code: 'harm-shown', high: gain.high });
    else if (gain.low > 0) go.push({ code: 'effect-shown', low: gain.low });
    else open.push({ code: 'effect-not-shown', low: gain.low, high: gain.high });
    if (gain.high >= target) go.push({ code: 'goal-reachable', target, high: gain.high });
    else if (!isHarm) open.push({ code: 'goal-out-of-reach', target, high: gain.high });
  }
  for (const { id, name, verdict } of guardrails) {
    if (verdict === 'breached') stop.push({ code: 'guardrail-breached', id, name });
    else if (verdict === 'unclear') open.push({ code: 'guardrail-unclear', id, name });
    else if (verdict === 'not-measured') open.push({ code: 'guardrail-not-measured', id, name });
  }
  const holding = guardrails.filter(({ verdict }) => verdict === 'holds').length;
  if (holding > 0 && holding === guardrails.length) go.push({ code: 'guardrails-hold', count: holding });
  for (const { arm, planned, reached } of short) open.push({ code: 'too-few-units', arm, planned, reached });
  if (stop.length > 0) return { verdict: 'stop', reasons: stop };
  return open.length === 0 ? { verdict: 'go', reasons: go } : { verdict: 'adjust', reasons: [...open, ...go] };
}
