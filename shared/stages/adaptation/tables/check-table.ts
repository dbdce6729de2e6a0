import type { Rng } from '../../../rng.ts';
import { areaUnderRoc } from '../../../statistics/area-under-roc.ts';
import type { Feature } from './design.ts';
import { eachItself, foldOfRows } from './folds.ts';
import type { TableNotice } from './results.ts';
import type { TableColumn, TableData } from './table-data.ts';

/** From here a column alone knows the outcome so well that it may have been written down after it. */
const PREDICTS_ALONE = 0.95;
const ID_SHARE = 0.95;
const FEWEST_ROWS = 200;
const FEWEST_EVENTS = 100;
/** Rows of the rarer outcome for each feature: the usual rule of thumb.   @source Peduzzi et al. 1996 */
const EVENTS_PER_FEATURE = 10;
const MANY_VALUES = 60;
const FOLDS = 5;

/** Area under the ROC curve of one column alone, the better way round: numbers as they are (gaps in the middle), categories by the event rate of
 *  the other folds, so that a column of identifiers gets no credit. Null where that is not defined. */
export function aloneArea(column: TableColumn, event: Uint8Array, rng: Rng): number | null {
  const isEvent = Array.from(event, (each) => each === 1);
  const area = areaUnderRoc(
    column.type === 'number' ? withMedian(column.values) : eventRates(column.codes, event, rng),
    isEvent,
  );
  if (area === null) return null;
  return column.type === 'number' ? Math.max(area, 1 - area) : area;
}

function withMedian(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return values.map((value) => (Number.isNaN(value) ? median : value));
}

function eventRates(codes: Int32Array, event: Uint8Array, rng: Rng): Float64Array {
  const part = foldOfRows(event, eachItself(event.length), FOLDS, rng);
  const overall = event.reduce((sum, each) => sum + each, 0) / event.length;
  const score = new Float64Array(event.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const rows = new Map<number, number>();
    const events = new Map<number, number>();
    codes.forEach((code, row) => {
      if (part[row] === fold) return;
      rows.set(code, (rows.get(code) ?? 0) + 1);
      events.set(code, (events.get(code) ?? 0) + event[row]!);
    });
    codes.forEach((code, row) => {
      if (part[row] !== fold) return;
      // One row of the average keeps a value that was seen once from being certain.
      score[row] = ((events.get(code) ?? 0) + overall) / ((rows.get(code) ?? 0) + 1);
    });
  }
  return score;
}

/** The first row that is the same in every column and in the outcome [rows]. */
export function firstAlike({ columns, event }: TableData): Int32Array {
  const first = new Map<string, number>();
  return Int32Array.from(event, (own, row) => {
    const cells = columns.map((column) => (column.type === 'number' ? column.values[row] : column.codes[row]));
    const key = `${own}|${cells.join('|')}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, row);
    return known ?? row;
  });
}

/** What a person should look at before believing a model of this table. */
export function checkTable(
  { columns, event }: TableData,
  features: readonly Feature[],
  alone: readonly (number | null)[],
  sameAs: Int32Array,
): readonly TableNotice[] {
  const notices: TableNotice[] = [];
  const rows = event.length;
  const events = event.reduce((sum, each) => sum + each, 0);
  columns.forEach((column, at) => {
    const auc = alone[at] ?? null;
    if (auc !== null && auc > PREDICTS_ALONE) {
      notices.push({ code: 'predicts-alone', severity: 'warning', params: { column: column.name, auc } });
    }
    if (column.type === 'category' && column.levels.length >= rows * ID_SHARE) {
      notices.push({ code: 'id-like', severity: 'warning', params: { column: column.name } });
    } else if (column.type === 'category' && column.levels.length > MANY_VALUES) {
      const kept = features.filter((feature) => feature.column === at).length;
      notices.push({
        code: 'many-values',
        severity: 'info',
        params: { column: column.name, values: column.levels.length, kept },
      });
    }
  });
  const copies = sameAs.reduce((sum, first, row) => sum + (first === row ? 0 : 1), 0);
  if (copies > 0) notices.push({ code: 'duplicates', severity: 'info', params: { rows: copies } });
  const rarer = Math.min(events, rows - events);
  if (rows < FEWEST_ROWS)
    notices.push({ code: 'few-rows', severity: 'warning', params: { rows, needed: FEWEST_ROWS } });
  if (rarer < FEWEST_EVENTS) {
    notices.push({ code: 'few-events', severity: 'warning', params: { events: rarer, needed: FEWEST_EVENTS } });
  } else if (rarer < EVENTS_PER_FEATURE * features.length) {
    notices.push({ code: 'few-per-feature', severity: 'info', params: { events: rarer, features: features.length } });
  }
  return notices;
}
