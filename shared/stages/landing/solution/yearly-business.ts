import type { Rng } from '../../../rng.ts';
import { percentileInterval, quantileOfSorted } from '../../../statistics/quantile.ts';
import { triangularQuantile } from '../../../statistics/triangular.ts';
import { VALUE_LEVEL, valueDraws } from '../goals/annual-value.ts';
import type { ValueFormula } from '../goals/results.ts';
import type { Business, CostLine, Load } from './results.ts';
import { instancesFor, peakPerSecond } from './sizing.ts';

const BUSINESS_DRAWS = 5000;

export interface BusinessInput {
  readonly load: Load;
  readonly currency: string;
  readonly costs: readonly CostLine[];
  /** Null where throughput was never measured: one instance is then reckoned with. */
  readonly perInstancePerSecond: number | null;
  /** Goals with a value in this currency. */
  readonly goals: readonly { readonly id: string; readonly formula: ValueFormula }[];
  readonly rng: Rng;
}

/** Costs, value and what remains in a year. Load, amounts and the goals' inputs are triangular and drawn independently; the number of
 *  instances follows the load of the same draw.   @source Monte Carlo; Vose 2008, ch. 14 */
export function yearlyBusiness(input: BusinessInput): Business {
  const { load, costs, rng, perInstancePerSecond, goals, currency } = input;
  const draws = BUSINESS_DRAWS;
  const lines = costs.map(() => new Float64Array(draws));
  const total = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const textsPerDay = triangularQuantile(load.textsPerDay, rng.float());
    const peak = peakPerSecond(textsPerDay, triangularQuantile(load.peakFactor, rng.float()), load.hoursPerDay);
    const instances =
      (perInstancePerSecond === null ? 1 : instancesFor(peak, perInstancePerSecond, load.utilisationTarget)) +
      load.spareInstances;
    const texts = textsPerDay * load.daysPerYear;
    const reviewed = load.reviewShare === null ? 0 : texts * triangularQuantile(load.reviewShare, rng.float());
    const quantity = {
      'per-year': 1,
      'per-instance': instances,
      'per-thousand-texts': texts / 1000,
      'per-review': reviewed,
    };
    costs.forEach(({ basis, amount }, line) => {
      const cost = quantity[basis] * triangularQuantile(amount, rng.float());
      lines[line]![draw] = cost;
      total[draw]! += cost;
    });
  }
  const value = new Float64Array(draws);
  for (const { formula } of goals) {
    valueDraws(formula, draws, rng).forEach((drawn, draw) => {
      value[draw]! += drawn;
    });
  }
  const net = value.map((drawn, draw) => drawn - total[draw]!);
  return {
    currency,
    draws,
    level: VALUE_LEVEL,
    costPerYear: summary(total),
    lines: costs.map(({ id, name, basis }, line) => ({ id, name, basis, ...summary(lines[line]!) })),
    valuePerYear: goals.length === 0 ? null : summary(value),
    netPerYear:
      goals.length === 0
        ? null
        : { ...summary(net), positiveShare: net.reduce((count, drawn) => count + (drawn > 0 ? 1 : 0), 0) / draws },
    goals: goals.map(({ id }) => id),
  };
}

function summary(drawn: Float64Array) {
  const [low, high] = percentileInterval(drawn, VALUE_LEVEL)!;
  return { median: quantileOfSorted(drawn.toSorted(), 0.5)!, low, high };
}
