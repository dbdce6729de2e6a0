import { z } from 'zod';
import { broken } from '../errors/issue-reason.ts';
import { because } from '../errors/reasons.ts';

/** What somebody holds possible of a quantity: at least `low`, at most `high`, most likely `likely`. */
export const rangeSchema = z
  .strictObject({ low: z.number(), likely: z.number(), high: z.number() })
  .refine(({ low, likely, high }) => low <= likely && likely <= high, broken(because('range-order', {})));
export type Range = z.output<typeof rangeSchema>;

/** Quantile of the triangular distribution on [low, high] with its peak at `likely`; the value itself where low = high.
 *  `u` on 0–1.   @source inverse of the distribution function, as scipy triang.ppf */
export function triangularQuantile({ low, likely, high }: Range, u: number): number {
  if (high === low) return low;
  const split = (likely - low) / (high - low);
  return u < split
    ? low + Math.sqrt(u * (high - low) * (likely - low))
    : high - Math.sqrt((1 - u) * (high - low) * (high - likely));
}
