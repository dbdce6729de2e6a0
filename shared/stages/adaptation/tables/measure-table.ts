import { createRng } from '../../../rng.ts';
import { correctedResampledMean } from '../../../statistics/corrected-resampled-mean.ts';
import { holmAdjusted } from '../../../statistics/holm.ts';
import type { MlpParameters } from '../../../train/mlp.ts';
import { asEstimate, evaluateScores, foldAreas, mean, testToTrain } from './evaluate-scores.ts';
import { FEWEST_IN_GROUP, fairnessByGroup, groupsOfColumn } from './fairness.ts';
import { type FitOptions, type FittedModel, fitLogisticTable, fitMlpTable, fitScorecardTable } from './fit-table.ts';
import type { PreparedTable } from './prepare-table.ts';
import type { Fairness, TableModelResult, TableNotice, TableResult, TableSetup } from './results.ts';
import { printedCard, scaling } from './scorecard.ts';

export interface MeasureInput {
  readonly setup: TableSetup;
  readonly prepared: PreparedTable;
  readonly networks: readonly MlpParameters[] | null;
  readonly seed: number;
  readonly onProgress: (share: number, phase: string) => void;
}

export interface MeasuredTable {
  readonly result: Omit<TableResult, 'datasetId' | 'datasetName' | 'outcome'>;
  readonly fitted: readonly FittedModel[];
  /** Of each model: mean over the repeats of the probability by models that had not seen the row [rows]. */
  readonly meanScores: readonly Float64Array[];
}

const RESAMPLES = 1000;
/** Larger tables have narrow intervals after fewer draws. */
const LARGE_ROWS = 20_000;
const RESAMPLES_LARGE = 200;

/** Fits every model on every split and on all rows, and measures it on rows that it has not seen. */
export function measureTable({ setup, prepared, networks, seed, onProgress }: MeasureInput): MeasuredTable {
  const { table, group, design, splits, alone } = prepared;
  const { event } = table;
  const rows = event.length;
  const events = event.reduce((sum, each) => sum + each, 0);
  const resamples = rows > LARGE_ROWS ? RESAMPLES_LARGE : RESAMPLES;
  const { models } = setup;
  const fitted = models.map((model, at) => {
    const options: FitOptions = {
      seed,
      onProgress: (share) => onProgress((at + share) / (models.length + 1), model),
    };
    if (model === 'logistic') return fitLogisticTable(prepared, options);
    if (model === 'scorecard') return fitScorecardTable(prepared, options);
    return fitMlpTable(prepared, networks!, options);
  });
  const meanScores = fitted.map(({ scores }) => Float64Array.from(event, (_, row) => mean(scores.map((s) => s[row]!))));
  const groups = group === null ? null : groupsOfColumn(group, String);
  const measured = fitted.map(({ model, scores, importance, final }, at): TableModelResult => {
    onProgress((models.length + at / models.length) / (models.length + 1), 'measuring');
    const evaluation = evaluateScores({ event, scores, splits, costs: setup.costs, resamples, rng: createRng(seed) });
    const fairness: Fairness | null =
      group === null || groups === null
        ? null
        : {
            columnId: group.id,
            columnName: group.name,
            ...fairnessByGroup({
              event,
              probability: meanScores[at]!,
              threshold: evaluation.cost.threshold,
              groups,
              resamples,
              rng: createRng(seed),
            }),
          };
    const c = final.type === 'logistic' ? final.linear.c : final.type === 'scorecard' ? final.card.model.c : null;
    return { model, evaluation, importance, fairness, c };
  });
  const share = events / rows;
  const card = fitted.find(({ final }) => final.type === 'scorecard')?.final;
  return {
    fitted,
    meanScores,
    result: {
      name: setup.name,
      rows,
      events,
      columns: table.columns.map((column, at) => ({
        columnId: column.id,
        name: column.name,
        type: column.type,
        missing:
          column.type === 'number'
            ? column.values.filter(Number.isNaN).length
            : column.codes.filter((code) => code < 0).length,
        values:
          column.type === 'number'
            ? new Set(column.values.filter((value) => !Number.isNaN(value))).size
            : column.levels.length,
        aloneAuc: alone[at] ?? null,
      })),
      features: design.features.length,
      folds: setup.folds,
      repeats: setup.repeats,
      resamples,
      costs: setup.costs,
      notices: [...prepared.notices, ...resultNotices(setup, measured)],
      models: measured,
      majority: {
        auc: 0.5,
        brier: share * (1 - share),
        costPerCase: Math.min(setup.costs.missed * share, setup.costs.falseAlarm * (1 - share)),
      },
      comparisons: compare(prepared, fitted),
      logistic: logisticWeights(prepared, fitted),
      scorecard:
        card?.type === 'scorecard'
          ? {
              scale: setup.scale,
              ...scaling(setup.scale),
              characteristics: [...printedCard(table.columns, card.card, setup.scale)],
            }
          : null,
    },
  };
}

function resultNotices({ groupColumn, columns }: TableSetup, models: readonly TableModelResult[]): TableNotice[] {
  const notices: TableNotice[] = models
    .filter(({ evaluation }) => evaluation.auc.low <= 0.5)
    .map(({ model }) => ({ code: 'not-better-than-majority', severity: 'warning', params: { model } }));
  const fairness = models[0]?.fairness ?? null;
  if (fairness === null) return notices;
  const used = columns.some(({ columnId, type }) => columnId === groupColumn && type !== 'ignore');
  if (used) notices.push({ code: 'group-is-used', severity: 'warning', params: { column: fairness.columnName } });
  const small = fairness.groups.filter(({ judged }) => !judged).length;
  if (small > 0) {
    notices.push({ code: 'groups-small', severity: 'info', params: { groups: small, needed: FEWEST_IN_GROUP } });
  }
  return notices;
}

/** Every two models on the same test parts; p adjusted by Holm. */
function compare({ table, splits }: PreparedTable, fitted: readonly FittedModel[]): TableResult['comparisons'] {
  const areas = fitted.map(({ scores }) => foldAreas({ event: table.event, scores, splits }));
  const pairs = fitted.flatMap(({ model: first }, a) =>
    fitted.slice(a + 1).map(({ model: second }, later) => {
      const others = areas[a + 1 + later]!;
      const found = correctedResampledMean(
        areas[a]!.map((area, at) => area - others[at]!),
        testToTrain(splits),
      )!;
      return { first, second, difference: asEstimate(found)!, p: found.p };
    }),
  );
  const adjusted = holmAdjusted(pairs.map(({ p }) => p));
  return pairs.map((pair, at) => ({ ...pair, adjustedP: adjusted[at] ?? null }));
}

function logisticWeights(
  { table, design, fits }: PreparedTable,
  fitted: readonly FittedModel[],
): TableResult['logistic'] {
  const final = fitted.find(({ model }) => model === 'logistic')?.final;
  if (final?.type !== 'logistic') return null;
  const { mean: means, deviation } = fits.at(-1)!.scaling;
  return design.features.map(({ column: at, part }, feature) => {
    const column = table.columns[at]!;
    const level = part.type === 'level' && column.type === 'category' ? part : null;
    return {
      columnId: column.id,
      name: column.name,
      value: level === null || column.type !== 'category' ? null : level.rest ? '…' : column.levels[level.levels[0]!]!,
      isMissing: part.type === 'missing',
      coefficient: final.linear.weights[feature]!,
      mean: means[feature]!,
      deviation: deviation[feature]!,
    };
  });
}
