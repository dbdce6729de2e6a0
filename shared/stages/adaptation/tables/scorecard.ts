import { denseRows } from '../../../linear-algebra/sparse.ts';
import { type Binning, binColumn, binOf } from './binning.ts';
import { fitAt, fitLinearModel, type LinearModel } from './logistic-model.ts';
import type { Characteristic, ScorecardScale } from './results.ts';
import type { TableColumn, TableData } from './table-data.ts';

/** Characteristics below this information value stay out of the card. */
const LEAST_IV = 0.02;
const SIGN_C = 1;

/** A logistic regression on weights of evidence. */
export interface Scorecard {
  /** One per column of the table. */
  readonly binnings: readonly Binning[];
  /** Columns in the card, in the order of the model's weights; others are left out for a reason. */
  readonly used: readonly number[];
  readonly leftOut: ReadonlyMap<number, 'low-iv' | 'wrong-sign'>;
  readonly model: LinearModel;
  /** Mean weight of evidence of the training rows [used]. */
  readonly mean: Float64Array;
}

/** Bins every column on the training rows and fits the card. Characteristics with an information value below 0.02 are left out (all are kept
 *  where none reaches it), then, one at a time, those whose weight has the wrong sign: a bin of more risk must never earn points.
 *  @source Siddiqi 2006, chapter 6 */
export function fitScorecard({ columns, event }: TableData, train: Int32Array, seed: number): Scorecard {
  const binnings = columns.map((column) => binColumn(column, event, train));
  const leftOut = new Map<number, 'low-iv' | 'wrong-sign'>();
  const all = columns.map((_, at) => at);
  let used = all.filter((at) => binnings[at]!.iv >= LEAST_IV);
  if (used.length === 0) used = all;
  else for (const at of all) if (!used.includes(at)) leftOut.set(at, 'low-iv');
  const own = Uint8Array.from(train, (row) => event[row]!);
  for (;;) {
    const values = woeRows(columns, binnings, used, train);
    const x = denseRows(values, used.length);
    // The penalty is chosen once the signs are right.
    let model = fitAt(x, own, SIGN_C);
    let worst = wrongSign(model);
    if (worst === null) {
      model = fitLinearModel(x, own, seed);
      worst = wrongSign(model);
    }
    if (worst === null || used.length === 1) {
      return { binnings, used, leftOut, model, mean: columnMeans(values, used.length) };
    }
    leftOut.set(used[worst]!, 'wrong-sign');
    used = used.filter((_, k) => k !== worst);
  }
}

/** The weight that is most wrong; null where all are right. Weights of evidence are high where the event is rare: no weight may be positive. */
function wrongSign({ weights }: LinearModel): number | null {
  const worst = weights.reduce((top, weight, k) => (weight > weights[top]! ? k : top), 0);
  return weights[worst]! > 0 ? worst : null;
}

/** Weights of evidence [rows × used]; 0 for a value that the training rows did not have. */
export function woeRows(
  columns: readonly TableColumn[],
  binnings: readonly Binning[],
  used: readonly number[],
  rows: ArrayLike<number>,
): Float32Array {
  const out = new Float32Array(rows.length * used.length);
  used.forEach((at, k) => {
    const column = columns[at]!;
    const binning = binnings[at]!;
    for (let i = 0; i < rows.length; i++) {
      out[i * used.length + k] = binning.bins[binOf(column, binning, rows[i]!)]?.woe ?? 0;
    }
  });
  return out;
}

function columnMeans(values: Float32Array, width: number): Float64Array {
  const mean = new Float64Array(width);
  values.forEach((value, at) => {
    mean[at % width]! += value;
  });
  return mean.map((sum) => (sum * width) / values.length);
}

/** Score = offset + factor · ln(odds against the event).   @source Siddiqi 2006, chapter 6 */
export function scaling({ baseScore, baseOdds, pointsToDouble }: ScorecardScale): {
  readonly factor: number;
  readonly offset: number;
} {
  const factor = pointsToDouble / Math.LN2;
  return { factor, offset: baseScore - factor * Math.log(baseOdds) };
}

/** Points of a weight of evidence in a card of `characteristics`: the intercept and the offset are shared out among them. Rounded to whole points. */
export function binPoints(
  woe: number,
  weight: number,
  intercept: number,
  characteristics: number,
  scale: ScorecardScale,
): number {
  const { factor, offset } = scaling(scale);
  const points = -(weight * woe + intercept / characteristics) * factor + offset / characteristics;
  // −0 would be printed.
  return Math.round(points) + 0;
}

const BANDS = [
  { below: 0.02, band: 'none' },
  { below: 0.1, band: 'weak' },
  { below: 0.3, band: 'medium' },
  { below: 0.5, band: 'strong' },
] as const;

/** The usual words for an information value; a convention.   @source Siddiqi 2006, chapter 6 */
export function ivBand(iv: number): Characteristic['band'] {
  return BANDS.find(({ below }) => iv < below)?.band ?? 'suspicious';
}

/** The card as it is printed, characteristics by falling information value. */
export function printedCard(
  columns: readonly TableColumn[],
  { binnings, used, leftOut, model }: Scorecard,
  scale: ScorecardScale,
): readonly Characteristic[] {
  return columns
    .map((column, at): Characteristic => {
      const binning = binnings[at]!;
      const place = used.indexOf(at);
      const weight = model.weights[place];
      const nameOf = (level: number) => (column.type === 'category' ? column.levels[level]! : '');
      return {
        columnId: column.id,
        name: column.name,
        iv: binning.iv,
        band: ivBand(binning.iv),
        used: place >= 0,
        leftOut: leftOut.get(at) ?? null,
        coefficient: weight ?? null,
        bins: binning.bins.map(({ rule, rows, events, woe, iv }) => ({
          bin:
            rule.type === 'values' ? { type: 'values', values: rule.levels.map(nameOf), rest: rule.rest } : { ...rule },
          rows,
          events,
          woe,
          iv,
          points: weight === undefined ? null : binPoints(woe, weight, model.intercept, used.length, scale),
        })),
      };
    })
    .sort((a, b) => b.iv - a.iv);
}
