import { holmAdjusted } from '../../../statistics/holm.ts';
import { proportionDifference } from '../../../statistics/proportion-difference.ts';
import { wilsonInterval } from '../../../statistics/wilson.ts';
import type { ServiceEstimate, SlaShare, SlaTarget, TicketGroupRow, TicketMeasure } from '../results.ts';

/** The minutes within which a ticket of this priority must be done; null where no target applies. */
export function targetMinutes(
  targets: readonly SlaTarget[],
  measure: TicketMeasure,
  priority: string | null,
): number | null {
  const target =
    targets.find((candidate) => candidate.priority !== null && candidate.priority === priority) ??
    targets.find((candidate) => candidate.priority === null);
  if (target === undefined) return null;
  return measure === 'firstResponse' ? target.firstResponseMinutes : target.resolutionMinutes;
}

/** Whether a ticket kept its target. Open within it is neither. Null without a target. */
export function slaState(
  minutes: number,
  isDone: boolean,
  target: number | null,
): 'met' | 'breached' | 'undecided' | null {
  if (target === null) return null;
  if (minutes > target) return 'breached';
  return isDone ? 'met' : 'undecided';
}

/** Share of decided tickets that kept the target, with Wilson's interval; null where no ticket has a target. */
export function slaShare(states: readonly ('met' | 'breached' | 'undecided' | null)[], level: number): SlaShare | null {
  const count = (state: string) => states.filter((candidate) => candidate === state).length;
  const [met, breached, undecided] = [count('met'), count('breached'), count('undecided')];
  if (met + breached + undecided === 0) return null;
  return { met, breached, undecided, share: shareEstimate(met, met + breached, level) };
}

/** A share with Wilson's interval; value null for n = 0. */
export function shareEstimate(successes: number, n: number, level: number): ServiceEstimate {
  const interval = wilsonInterval(successes, n, level);
  return { n, value: n === 0 ? null : successes / n, low: interval?.[0] ?? null, high: interval?.[1] ?? null };
}

/** Each group's share against that of all other tickets: Newcombe's interval, z test, Holm over the groups. Null for a group without decided
 *  tickets, or without others to compare with. */
export function againstRest(shares: readonly (SlaShare | null)[], level: number): TicketGroupRow['againstRest'][] {
  const total = shares.reduce(
    (sum, share) => ({ met: sum.met + (share?.met ?? 0), n: sum.n + (share?.share.n ?? 0) }),
    { met: 0, n: 0 },
  );
  const differences = shares.map((share) =>
    share === null
      ? null
      : proportionDifference(
          { successes: share.met, n: share.share.n },
          { successes: total.met - share.met, n: total.n - share.share.n },
          level,
        ),
  );
  const adjusted = holmAdjusted(differences.map((difference) => difference?.p ?? null));
  return differences.map((difference, at) => {
    const pAdjusted = adjusted[at] ?? null;
    if (difference === null || difference.p === null || pAdjusted === null) return null;
    const { value, low, high, p } = difference;
    const verdict = pAdjusted > 1 - level ? 'unclear' : value < 0 ? 'worse' : 'better';
    return { difference: value, low, high, p, pAdjusted, verdict };
  });
}
