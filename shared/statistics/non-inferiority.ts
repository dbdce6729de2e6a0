import type { DifferenceEstimate } from './proportion-difference.ts';

/** `holds`: not worse by the margin or more · `breached`: worse, and a loss of the margin is not ruled out · `unclear`: neither shown. */
export type NonInferiority = 'holds' | 'breached' | 'unclear';

export interface NonInferiorityResult {
  readonly verdict: NonInferiority;
  /** How much worse the new arm is (positive: worse), with the bounds of the difference's interval. */
  readonly loss: { readonly value: number; readonly low: number; readonly high: number };
}

/** Whether a new arm is worse than the reference by less than `margin` > 0, from the interval of new minus reference: it is where
 *  the upper bound of its loss stays below the margin. A two-sided interval at level L makes a one-sided test at (1 − L) / 2.
 *  @source Piaggio et al. 2012, CONSORT extension for non-inferiority trials, figure 1 */
export function nonInferiority(
  { value, low, high }: Pick<DifferenceEstimate, 'value' | 'low' | 'high'>,
  margin: number,
  better: 'higher' | 'lower',
): NonInferiorityResult {
  const loss = better === 'higher' ? { value: -value, low: -high, high: -low } : { value, low, high };
  const verdict = loss.high < margin ? 'holds' : loss.low > 0 ? 'breached' : 'unclear';
  return { verdict, loss };
}
