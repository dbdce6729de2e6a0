import type { ComparisonResult, Gate } from '../results.ts';

/** Accuracy that a compressed model may lose unless somebody says otherwise. */
export const DEFAULT_TOLERANCE = 0.005;
const SIGNIFICANT = 0.05;
/** A test set that would have to grow by more than this is no advice. */
const MOST_TIMES = 50;
/** Differences of shares closer than this are equal: 0.005 and 1/200 differ by rounding. */
const ROUNDING = 1e-9;

/** Whether a compressed model may stand in for its original. Refused: accuracy fell by more than `tolerance`, or McNemar's test finds a loss.
 *  Unproven: neither, but the interval of the difference still holds a loss beyond the tolerance. Accepted: it does not.
 *  Where no row changed the bootstrap interval is [0, 0]. */
export function compressionGate(
  { accuracyDifference, mcNemar, rows }: Pick<ComparisonResult, 'accuracyDifference' | 'mcNemar' | 'rows'>,
  tolerance: number,
): Pick<Gate, 'verdict' | 'reason' | 'rowsNeeded'> {
  const loss = -accuracyDifference.value;
  if (loss > tolerance + ROUNDING) return { verdict: 'refused', reason: 'loss-beyond-tolerance', rowsNeeded: null };
  if (loss > 0 && mcNemar.pValue < SIGNIFICANT) {
    return { verdict: 'refused', reason: 'significant-loss', rowsNeeded: null };
  }
  if (accuracyDifference.low >= -tolerance - ROUNDING) {
    return { verdict: 'accepted', reason: 'within-tolerance', rowsNeeded: null };
  }
  return {
    verdict: 'unproven',
    reason: 'loss-not-excluded',
    rowsNeeded: rowsToShow(rows, accuracyDifference.value - accuracyDifference.low, tolerance - loss),
  };
}

/** Rows at which an interval that reaches `reach` below its value with `rows` would reach `room` only: its width falls with √rows. */
function rowsToShow(rows: number, reach: number, room: number): number | null {
  const factor = room <= ROUNDING ? Number.POSITIVE_INFINITY : (reach / room) ** 2;
  return factor > MOST_TIMES ? null : Math.ceil(rows * factor);
}
