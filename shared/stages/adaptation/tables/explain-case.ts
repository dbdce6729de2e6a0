import { createRng } from '../../../rng.ts';
import { sigmoid } from '../../../statistics/sigmoid.ts';
import { mlpLogits } from '../../../train/mlp.ts';
import { binOf } from './binning.ts';
import { designOf, standardise } from './design.ts';
import { linearContributions } from './logistic-model.ts';
import { mlpContributions } from './mlp-contributions.ts';
import type { CaseExplanation } from './results.ts';
import { binPoints, woeRows } from './scorecard.ts';
import type { StoredModel, StoredModels } from './stored-models.ts';
import type { TableColumn } from './table-data.ts';

const COALITIONS = 4096;
/** Explains every case with the same draws. */
const SEED = 7;

/** Why a model answers as it does for one case (`columns` hold that case alone): what each column adds to the log-odds of the average case. */
export function explainCase(
  stored: StoredModels,
  model: StoredModel,
  columns: readonly TableColumn[],
): Omit<CaseExplanation, 'unseenProbability' | 'event'> {
  const found = contributionsOf(stored, model, columns);
  return {
    model: model.type,
    probability: sigmoid(found.logOdds),
    base: found.base,
    logOdds: found.logOdds,
    contributions: found.shown
      .map((at) => ({ column: columns[at]!, at }))
      .map(({ column, at }) => ({
        columnId: column.id,
        name: column.name,
        value: shownValue(column),
        contribution: found.values[at]!,
      }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    method: found.method,
    background: found.background,
    coalitions: found.coalitions,
    points: found.points,
  };
}

interface Contributions {
  readonly base: number;
  readonly logOdds: number;
  /** One per column. */
  readonly values: Float64Array;
  /** Columns that the model reads. */
  readonly shown: readonly number[];
  readonly method: CaseExplanation['method'];
  readonly background: number;
  readonly coalitions: number | null;
  readonly points: number | null;
}

function contributionsOf(stored: StoredModels, model: StoredModel, columns: readonly TableColumn[]): Contributions {
  const { features, scaling, rows, background } = stored;
  if (model.type === 'scorecard') return ofScorecard(model, columns, rows);
  const x = standardise(designOf(features, columns, 1).x, Int32Array.of(0), scaling);
  const columnOf = features.map(({ column }) => column);
  if (model.type === 'mlp') {
    const found = mlpContributions(
      model.parameters,
      columnOf,
      columns.length,
      x,
      background,
      COALITIONS,
      createRng(SEED),
    );
    return {
      base: found.base,
      logOdds: mlpLogits(model.parameters, x)[0]!,
      values: found.values,
      shown: columns.map((_, at) => at),
      method: found.exact ? 'shapley-exact' : 'shapley-sampled',
      background: background.length / features.length,
      coalitions: found.coalitions,
      points: null,
    };
  }
  const { weights, intercept } = model.linear;
  // Standardised on the rows of the background, whose mean is 0.
  const ofFeatures = linearContributions(weights, x, new Float64Array(x.length));
  const values = new Float64Array(columns.length);
  ofFeatures.forEach((value, feature) => {
    values[columnOf[feature]!]! += value;
  });
  return {
    base: intercept,
    logOdds: intercept + ofFeatures.reduce((sum, value) => sum + value, 0),
    values,
    shown: columns.map((_, at) => at),
    method: 'linear',
    background: rows,
    coalitions: null,
    points: null,
  };
}

function ofScorecard(
  { binnings, used, model, mean, scale }: Extract<StoredModel, { type: 'scorecard' }>,
  columns: readonly TableColumn[],
  rows: number,
): Contributions {
  const woe = woeRows(columns, binnings, used, [0]);
  const values = new Float64Array(columns.length);
  linearContributions(model.weights, woe, mean).forEach((value, k) => {
    values[used[k]!] = value;
  });
  const base = model.intercept + model.weights.reduce((sum, weight, k) => sum + weight * mean[k]!, 0);
  const points = used.reduce((sum, at, k) => {
    const own = binnings[at]!.bins[binOf(columns[at]!, binnings[at]!, 0)]?.woe ?? 0;
    return sum + binPoints(own, model.weights[k]!, model.intercept, used.length, scale);
  }, 0);
  return {
    base,
    logOdds: model.intercept + model.weights.reduce((sum, weight, k) => sum + weight * woe[k]!, 0),
    values,
    shown: used,
    method: 'linear',
    background: rows,
    coalitions: null,
    points,
  };
}

function shownValue(column: TableColumn): string | null {
  if (column.type === 'category') return column.levels[column.codes[0]!] ?? null;
  return Number.isNaN(column.values[0]!) ? null : String(column.values[0]!);
}
