import type { Rng } from '../../../rng.ts';
import { percentileInterval, quantileOfSorted } from '../../../statistics/quantile.ts';
import { triangularQuantile } from '../../../statistics/triangular.ts';
import { type AnnualValue, VALUE_INPUTS, type ValueFormula } from './results.ts';

const VALUE_DRAWS = 10_000;
export const VALUE_LEVEL = 0.95;

/** Draws of units per year × change × value per unit, each input triangular between its low and high and drawn on its own. */
export function valueDraws(formula: ValueFormula, draws: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: draws }, () =>
    VALUE_INPUTS.reduce((product, input) => product * triangularQuantile(formula[input], rng.float()), 1),
  );
}

/** What a goal is worth in a year: the draws' median with the percentile interval that holds 95 % of them, and what each input
 *  alone would change. Inputs are taken as independent of each other.
 *  @source Monte Carlo with triangular inputs; Vose 2008, ch. 14 */
export function annualValue(formula: ValueFormula, rng: Rng, draws = VALUE_DRAWS): AnnualValue {
  const drawn = valueDraws(formula, draws, rng);
  const [low, high] = percentileInterval(drawn, VALUE_LEVEL)!;
  const at = (input: (typeof VALUE_INPUTS)[number] | null, bound: 'low' | 'high') =>
    VALUE_INPUTS.reduce((product, each) => product * (each === input ? formula[each][bound] : formula[each].likely), 1);
  return {
    currency: formula.currency,
    likely: at(null, 'low'),
    median: quantileOfSorted(drawn.toSorted(), 0.5)!,
    low,
    high,
    level: VALUE_LEVEL,
    draws,
    positiveShare: drawn.reduce((count, value) => count + (value > 0 ? 1 : 0), 0) / draws,
    tornado: VALUE_INPUTS.map((input) => ({ input, atLow: at(input, 'low'), atHigh: at(input, 'high') })).sort(
      (a, b) => Math.abs(b.atHigh - b.atLow) - Math.abs(a.atHigh - a.atLow),
    ),
  };
}
