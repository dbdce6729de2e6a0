import { denseRows } from '../../../linear-algebra/sparse.ts';
import { createRng, shuffle } from '../../../rng.ts';
import { correctedResampledMean } from '../../../statistics/corrected-resampled-mean.ts';
import { sigmoid } from '../../../statistics/sigmoid.ts';
import { type MlpParameters, mlpLogits } from '../../../train/mlp.ts';
import { standardise } from './design.ts';
import { testToTrain } from './evaluate-scores.ts';
import { fitLinearModel, type LinearModel, logOddsOf } from './logistic-model.ts';
import { mlpContributions } from './mlp-contributions.ts';
import type { PreparedTable } from './prepare-table.ts';
import type { TableModelResult, TableModelType } from './results.ts';
import { fitScorecard, type Scorecard, woeRows } from './scorecard.ts';

/** One kind of model on every split and on all rows. */
export interface FittedModel {
  readonly model: TableModelType;
  /** Of each repeat: probability of the event by the model that had not seen the row [rows]. */
  readonly scores: readonly Float64Array[];
  readonly importance: TableModelResult['importance'];
  /** The model on all rows. */
  readonly final:
    | { readonly type: 'logistic'; readonly linear: LinearModel }
    | { readonly type: 'scorecard'; readonly card: Scorecard }
    | { readonly type: 'mlp'; readonly parameters: MlpParameters };
}

/** Test rows of each part whose contributions are worked out for a network, background rows, and coalitions for each. */
const SHAPLEY_ROWS = 8;
const SHAPLEY_BACKGROUND = 32;
const SHAPLEY_COALITIONS = 512;

export interface FitOptions {
  readonly seed: number;
  /** Called after each split with the share done; may throw to stop. */
  readonly onProgress: (share: number) => void;
}

interface Split {
  /** Log-odds of the test rows. */
  readonly logOdds: Float64Array;
  /** Mean size of each column's contribution on test rows [columns]. */
  readonly importance: Float64Array;
}

export function fitLogisticTable(prepared: PreparedTable, options: FitOptions): FittedModel {
  const { table, design, splits, fits } = prepared;
  const width = design.features.length;
  const columnOf = design.features.map(({ column }) => column);
  const matrixOf = (rows: Int32Array, fit: number) => denseRows(standardise(design.x, rows, fits[fit]!.scaling), width);
  const fitOn = (rows: Int32Array, fit: number) =>
    fitLinearModel(matrixOf(rows, fit), eventsOf(prepared, rows), options.seed);
  const results = splits.map(({ train, test }, at): Split => {
    const linear = fitOn(train, at);
    const x = matrixOf(test, at);
    options.onProgress((at + 1) / splits.length);
    // Training means are 0: a feature's contribution is weight · value.
    return {
      logOdds: logOddsOf(linear, x),
      importance: meanContribution(linear.weights, x.value, columnOf, table.columns.length, null),
    };
  });
  const all = Int32Array.from(table.event.keys());
  return {
    model: 'logistic',
    ...together(prepared, results),
    final: { type: 'logistic', linear: fitOn(all, splits.length) },
  };
}

export function fitScorecardTable(prepared: PreparedTable, options: FitOptions): FittedModel {
  const { table, splits } = prepared;
  const results = splits.map(({ train, test }, at): Split => {
    const { model, binnings, used, mean } = fitScorecard(table, train, options.seed);
    const x = denseRows(woeRows(table.columns, binnings, used, test), used.length);
    options.onProgress((at + 1) / splits.length);
    return {
      logOdds: logOddsOf(model, x),
      importance: meanContribution(model.weights, x.value, used, table.columns.length, mean),
    };
  });
  const card = fitScorecard(table, Int32Array.from(table.event.keys()), options.seed);
  return { model: 'scorecard', ...together(prepared, results), final: { type: 'scorecard', card } };
}

/** `networks`: the parameters that were trained on each split and, last, on all rows. */
export function fitMlpTable(
  prepared: PreparedTable,
  networks: readonly MlpParameters[],
  options: FitOptions,
): FittedModel {
  const { table, design, splits, fits } = prepared;
  const width = design.features.length;
  const columnOf = design.features.map(({ column }) => column);
  const columns = table.columns.length;
  const rng = createRng(options.seed);
  const results = splits.map(({ train, test }, at): Split => {
    const parameters = networks[at]!;
    const { scaling } = fits[at]!;
    const background = standardise(design.x, shuffle(train.slice(), rng).slice(0, SHAPLEY_BACKGROUND), scaling);
    const shown = standardise(design.x, shuffle(test.slice(), rng).slice(0, SHAPLEY_ROWS), scaling);
    const importance = new Float64Array(columns);
    const rows = shown.length / width;
    for (let row = 0; row < rows; row++) {
      const own = shown.subarray(row * width, (row + 1) * width);
      const { values } = mlpContributions(parameters, columnOf, columns, own, background, SHAPLEY_COALITIONS, rng);
      values.forEach((value, column) => {
        importance[column]! += Math.abs(value) / rows;
      });
    }
    options.onProgress((at + 1) / splits.length);
    return { logOdds: mlpLogits(parameters, standardise(design.x, test, scaling)), importance };
  });
  return {
    model: 'mlp',
    ...together(prepared, results),
    final: { type: 'mlp', parameters: networks[splits.length]! },
  };
}

function eventsOf({ table }: PreparedTable, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => table.event[row]!);
}

/** Mean size of each column's summed contribution over the rows of `x` [rows × features]. */
function meanContribution(
  weights: Float64Array,
  x: Float32Array,
  columnOf: readonly number[],
  columns: number,
  mean: Float64Array | null,
): Float64Array {
  const width = columnOf.length;
  const rows = x.length / width;
  const importance = new Float64Array(columns);
  const ofRow = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    ofRow.fill(0);
    for (let j = 0; j < width; j++) ofRow[columnOf[j]!]! += weights[j]! * (x[row * width + j]! - (mean?.[j] ?? 0));
    for (let column = 0; column < columns; column++) importance[column]! += Math.abs(ofRow[column]!) / rows;
  }
  return importance;
}

/** Scores by repeat, and the importance of each column over the splits with the interval corrected for their overlap. */
function together(
  { table, splits }: PreparedTable,
  results: readonly Split[],
): Pick<FittedModel, 'scores' | 'importance'> {
  const repeats = 1 + Math.max(...splits.map(({ repeat }) => repeat));
  const scores = Array.from({ length: repeats }, () => new Float64Array(table.event.length));
  splits.forEach(({ repeat, test }, at) => {
    test.forEach((row, i) => {
      scores[repeat]![row] = sigmoid(results[at]!.logOdds[i]!);
    });
  });
  const ratio = testToTrain(splits);
  const importance = table.columns
    .map((column, at) => {
      const found = correctedResampledMean(
        results.map((result) => result.importance[at]!),
        ratio,
      )!;
      return {
        columnId: column.id,
        name: column.name,
        value: found.value,
        low: Math.max(0, found.low),
        high: found.high,
      };
    })
    .sort((a, b) => b.value - a.value);
  return { scores, importance };
}
