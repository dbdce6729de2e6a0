import type { MeanGroup } from './mean-difference.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import type { DifferenceEstimate, ProportionGroup } from './proportion-difference.ts';

/** One group of units per arm and period, all four independent. */
export interface FourGroups<G> {
  readonly group: { readonly before: G; readonly after: G };
  readonly reference: { readonly before: G; readonly after: G };
}

interface Cell {
  readonly mean: number;
  /** Variance of the mean. */
  readonly variance: number;
}

/** (after − before) of the group minus (after − before) of the reference, for means of four independent groups: the reference's
 *  change stands for what would have happened anyway. Normal interval, variances summed. Null where a group has fewer than two units.
 *  @source Angrist and Pischke 2009, 5.2; as the interaction of statsmodels OLS with cov_type HC2 */
export function meanDifferenceInDifferences(
  { group, reference }: FourGroups<MeanGroup>,
  level = 0.95,
): DifferenceEstimate | null {
  const cell = ({ n, mean, sd }: MeanGroup): Cell | null => (n < 2 ? null : { mean, variance: sd ** 2 / n });
  return fromCells([cell(group.before), cell(group.after), cell(reference.before), cell(reference.after)], level);
}

/** The same for shares, with Wald variances p(1 − p)/n. Null where a group is empty. */
export function proportionDifferenceInDifferences(
  { group, reference }: FourGroups<ProportionGroup>,
  level = 0.95,
): DifferenceEstimate | null {
  const cell = ({ successes, n }: ProportionGroup): Cell | null => {
    if (n < 1) return null;
    const share = successes / n;
    return { mean: share, variance: (share * (1 - share)) / n };
  };
  return fromCells([cell(group.before), cell(group.after), cell(reference.before), cell(reference.after)], level);
}

function fromCells(cells: readonly (Cell | null)[], level: number): DifferenceEstimate | null {
  const [groupBefore, groupAfter, referenceBefore, referenceAfter] = cells;
  if (!groupBefore || !groupAfter || !referenceBefore || !referenceAfter) return null;
  const value = groupAfter.mean - groupBefore.mean - (referenceAfter.mean - referenceBefore.mean);
  const standardError = Math.sqrt(
    groupBefore.variance + groupAfter.variance + referenceBefore.variance + referenceAfter.variance,
  );
  const half = normalQuantile(0.5 + level / 2)! * standardError;
  return {
    value,
    low: value - half,
    high: value + half,
    p: standardError > 0 ? 2 * normalCdf(-Math.abs(value) / standardError) : null,
    standardError,
  };
}
