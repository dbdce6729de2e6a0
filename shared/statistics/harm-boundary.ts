import { normalCdf, normalQuantile } from './normal.ts';

/** z at which one interim look at `fraction` of the planned units (0 < fraction ≤ 1) stops for harm: the new arm must be worse by
 *  this many standard errors. Spends the one-sided error (1 − level) / 2 as O'Brien and Fleming do; since it only ever stops for
 *  harm, the final interval for a benefit stays at its full level.
 *  Null for a fraction outside (0, 1].   @source Lan and DeMets 1983, α₁*(t) = 2 − 2Φ(z_{α/2}/√t) */
export function harmBoundary(fraction: number, level = 0.95): number | null {
  if (!(fraction > 0 && fraction <= 1)) return null;
  const oneSided = (1 - level) / 2;
  const z = normalQuantile(1 - oneSided / 2)!;
  const spent = 2 * normalCdf(-z / Math.sqrt(fraction));
  return -normalQuantile(spent)!;
}
