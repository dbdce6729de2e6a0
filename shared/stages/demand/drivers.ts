import { AppError } from '../../errors/app-error.ts';
import { createRng } from '../../rng.ts';
import { addToMoments, momentSlots } from '../../statistics/moments.ts';
import { percentileInterval, quantileOfSorted } from '../../statistics/quantile.ts';
import { ranksOf } from '../../statistics/ranks.ts';
import { relativeWeights, relativeWeightsOfMoments } from '../../statistics/relative-weights.ts';
import { resample, sumByUnit, totalOf, unitsOfIds } from '../../statistics/resample-units.ts';
import type { DriversResult } from './results.ts';
import { INTERVAL_LEVEL } from './score-value.ts';

export interface DriversInput {
  readonly datasetId: string;
  /** Values on 0–1, better is higher; NaN where missing. */
  readonly outcome: { readonly columnId: string; readonly name: string; readonly values: ArrayLike<number> };
  readonly items: readonly { readonly columnId: string; readonly name: string; readonly values: ArrayLike<number> }[];
  readonly respondentIds: readonly (string | null)[] | null;
  readonly resamples: number;
  readonly seed: number;
  /** Called after each resample; may throw to stop. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Johnson's relative weights of the items on the outcome, with percentile intervals over resampled respondents.
 *  Rows with a missing value are left out.
 *  @throws AppError 'demand.too-few-answers' for n ≤ items + 1, 'demand.outcome-constant', 'stats.shape' when every item is constant */
export function analyseDrivers(input: DriversInput): DriversResult {
  const p = input.items.length;
  const columns = [...input.items.map((item) => item.values), input.outcome.values];
  const rows = input.outcome.values.length;
  const complete = Array.from({ length: rows }, (_, row) => row).filter((row) =>
    columns.every((values) => Number.isFinite(values[row]!)),
  );
  if (complete.length <= p + 1) throw new AppError('demand.too-few-answers', { n: complete.length, needed: p + 2 });
  const first = input.outcome.values[complete[0]!];
  if (complete.every((row) => input.outcome.values[row] === first))
    throw new AppError('demand.outcome-constant', { column: input.outcome.name });
  const found = relativeWeights(columns.slice(0, p), input.outcome.values);
  const ids = input.respondentIds === null ? null : complete.map((row) => input.respondentIds![row] ?? null);
  const { unitOfRow, units } = unitsOfIds(ids, complete.length);
  const values = new Float64Array(p + 1);
  const sums = sumByUnit(unitOfRow, units, momentSlots(p + 1), (index, add) => {
    for (let i = 0; i <= p; i++) values[i] = columns[i]![complete[index]!]!;
    addToMoments(values, add, 0);
  });
  const total = totalOf(sums);

  const shares = input.items.map(() => new Float64Array(input.resamples));
  const ranks = input.items.map(() => new Float64Array(input.resamples));
  const rSquared = new Float64Array(input.resamples);
  const drawn = new Float64Array(total.length);
  const counts = new Uint16Array(units);
  const rng = createRng(input.seed);
  for (let draw = 0; draw < input.resamples; draw++) {
    resample(sums, rng, counts, drawn);
    const of = relativeWeightsOfMoments(drawn, p);
    rSquared[draw] = of?.rSquared ?? 0;
    const weights = input.items.map((_, i) => of?.weights[i] ?? 0);
    ranksOf(weights).forEach((rank, i) => {
      ranks[i]![draw] = rank;
    });
    weights.forEach((weight, i) => {
      shares[i]![draw] = rSquared[draw] === 0 ? 0 : weight / rSquared[draw]!;
    });
    input.onProgress?.(draw + 1, input.resamples);
  }
  const ranked = ranksOf(found.weights.map((weight) => weight ?? -1));
  const rBounds = percentileInterval(rSquared, INTERVAL_LEVEL);
  return {
    datasetId: input.datasetId,
    outcome: { columnId: input.outcome.columnId, name: input.outcome.name },
    n: complete.length,
    leftOut: rows - complete.length,
    rSquared: found.rSquared,
    adjustedRSquared: found.adjustedRSquared,
    rSquaredInterval: { low: rBounds?.[0] ?? null, high: rBounds?.[1] ?? null },
    level: INTERVAL_LEVEL,
    resamples: input.resamples,
    collinear: found.collinear,
    items: input.items.map(({ columnId, name }, i) => {
      const weight = found.weights[i]!;
      const coefficient = found.coefficients[i]!;
      const varies = weight !== null;
      const bounds = varies ? percentileInterval(shares[i]!, INTERVAL_LEVEL) : null;
      const sortedRanks = ranks[i]!.slice().sort();
      return {
        columnId,
        name,
        weight,
        share: varies && found.rSquared > 0 ? weight / found.rSquared : null,
        low: bounds?.[0] ?? null,
        high: bounds?.[1] ?? null,
        sign: coefficient === null ? null : coefficient < 0 ? ('negative' as const) : ('positive' as const),
        coefficient,
        correlation: found.correlations[i]!,
        vif: found.vif[i]!,
        performance: total[1 + i]! / complete.length,
        rank: varies ? ranked[i]! : null,
        rankLow: varies ? Math.floor(quantileOfSorted(sortedRanks, (1 - INTERVAL_LEVEL) / 2)!) : null,
        rankHigh: varies ? Math.ceil(quantileOfSorted(sortedRanks, (1 + INTERVAL_LEVEL) / 2)!) : null,
      };
    }),
  };
}
