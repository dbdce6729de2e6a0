import type { ComparisonResult, Gate } from '../results.ts';

/** Accuracy that a compressed model may lose unless somebody says otherwise. */
export const DEFAULT_TOLERANCE = 0.005;
const SIGNIFICANT = 0.05;
/** A test set that would have to grow by more than this is no advice. */
const MOST_TIMES = 50;
/** Differences of shares closer than this are equal: 0.005 and 1/200 differ by rounding. */
const ROUNDING = 1e-9;

/** Whether a compressed model may stand in for its original. Refused: accuracy fell by more than `tolerance`, or McNemar's test finds a loss; the
 *  reason tells whether so many rows can. Unproven: neither, but the interval of the difference still holds a loss beyond the tolerance. Accepted: it
 *  does not.
 *  Where no row changed the bootstrap interval is [0, 0]. */
export function compressionGate(
  { accuracyDifference, mcNemar, rows }: Pick<ComparisonResult, 'accuracyDifference' | 'mcNemar' | 'rows'>,
  tolerance: number,
): Pick<Gate, 'verdict' | 'reason' | 'rowsNeeded'> {
  const { value, low, high } = accuracyDifference;
  const loss = -value;
  const isBeyond = loss > tolerance + ROUNDING;
  const isFound = loss > 0 && mcNemar.pValue < SIGNIFICANT;
  if (isBeyond && (isFound || high < -tolerance - ROUNDING)) {
    return { verdict: 'refused', reason: 'loss-beyond-tolerance', rowsNeeded: null };
  }
  if (isFound) return { verdict: 'refused', reason: 'significant-loss', rowsNeeded: null };
  // One of 80 rows is 1.25 points already: the loss measured says little where it may be within the tolerance as well. Until more rows say so it stays out.
  if (isBeyond) {
    return {
      verdict: 'refused',
      reason: 'too-few-rows',
      rowsNeeded: rowsToShow(rows, high - value, loss - tolerance),
    };
  }
  if (low >= -tolerance - ROUNDING) return { verdict: 'accepted', reason: 'within-tolerance', rowsNeeded: null };
  return {
    verdict: 'unproven',
    reason: 'loss-not-excluded',
    rowsNeeded: rowsToShow(rows, value - low, tolerance - loss),
  };
}

/** Rows at which an interval that reaches `reach` from its value with `rows` would reach `room` only: its width falls with √rows. */
function rowsToShow(rows: number, reach: number, room: number): number | null {
  const factor = room <= ROUNDING ? Number.POSITIVE_INFINITY : (reach / room) ** 2;
  return factor > MOST_TIMES ? null : Math.ceil(rows * factor);
}
