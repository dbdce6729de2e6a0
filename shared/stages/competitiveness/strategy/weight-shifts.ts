import type { Estimate } from '../results.ts';
import type { WeightShift } from './results.ts';

export interface ShiftNeed {
  readonly needId: string;
  readonly weight: Estimate;
}

export interface ShiftStrategy {
  readonly id: string;
  /** Gain per need. */
  readonly gain: Float64Array;
}

/** For each need the smallest change of its weight, others scaled in proportion, at which a rival draws level with the leader; smallest change
 *  first, needs that cannot bring that about left out. With d = leader's gain minus rival's and D the weighted mean of d over the other needs, the
 *  scores are equal at w = D / (D − d). */
export function weightShifts(
  needs: readonly ShiftNeed[],
  leader: ShiftStrategy,
  rivals: readonly ShiftStrategy[],
): WeightShift[] {
  const shifts: WeightShift[] = [];
  needs.forEach(({ needId, weight }, need) => {
    const others = 1 - weight.value;
    if (others <= 0) return;
    let smallest: WeightShift | null = null;
    for (const rival of rivals) {
      let rest = 0;
      needs.forEach((other, k) => {
        if (k !== need) rest += (other.weight.value / others) * (leader.gain[k]! - rival.gain[k]!);
      });
      const here = leader.gain[need]! - rival.gain[need]!;
      if (rest === here) continue;
      const flipsAt = rest / (rest - here);
      if (!(flipsAt >= 0 && flipsAt <= 1)) continue;
      const shift = flipsAt - weight.value;
      if (smallest !== null && Math.abs(smallest.shift) <= Math.abs(shift)) continue;
      const insideInterval = flipsAt >= weight.low && flipsAt <= weight.high;
      smallest = { needId, rivalId: rival.id, weight: weight.value, flipsAt, shift, insideInterval };
    }
    if (smallest !== null) shifts.push(smallest);
  });
  return shifts.sort((a, b) => Math.abs(a.shift) - Math.abs(b.shift));
}
