import type { TestSlice } from '../../../../shared/stages/adaptation/scenario-tests.ts';
import type { Role } from '../../../../shared/stages/demand/import/column-role.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import type { ProjectStore } from '../../project-store.ts';
import { required } from '../competitiveness/predictions.ts';
import { datasetColumns } from '../demand/columns.ts';
import { columnLabels } from '../demand/label-values.ts';
import type { ScenarioRows } from './data.ts';

/** Columns whose values are groups of people or cases. */
const SLICED_ROLES: readonly Role[] = ['segment', 'choice'];
/** Most values of a column that are tested apart, most frequent first. */
const MOST_VALUES = 8;
const THIRDS = ['short', 'middle', 'long'] as const;

/** Parts of the test rows that are looked at apart: the values of segments and choices, and thirds by length of text. A column with one value only
 *  parts nothing and is left out. Rows are indices into `test`. */
export function slicesOf(store: ProjectStore, data: ScenarioRows, test: Int32Array, labelColumn: string): TestSlice[] {
  const { datasetId } = data.result;
  const clean = required(store, `demand.clean:${datasetId}`);
  const columns = datasetColumns(store, datasetId).filter(
    ({ id, role }) => SLICED_ROLES.includes(role) && id !== labelColumn,
  );
  const ofColumns = columns.flatMap(({ id, name }) => {
    const values = columnLabels(store, clean, id);
    const rowsOf = new Map<string, number[]>();
    test.forEach((at, row) => {
      const value = values[data.row[at]!];
      if (value === null || value === undefined) return;
      const rows = rowsOf.get(value);
      if (rows === undefined) rowsOf.set(value, [row]);
      else rows.push(row);
    });
    if (rowsOf.size < 2) return [];
    return [...rowsOf]
      .sort(([a, of], [b, other]) => other.length - of.length || (a < b ? -1 : 1))
      .slice(0, MOST_VALUES)
      .map(([value, rows]) => ({ columnId: id, columnName: name, value, rows: Int32Array.from(rows) }));
  });
  const lengths = Array.from(test, (at) => [...data.texts[at]!].length);
  const order = Int32Array.from(lengths.keys()).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const third = order.length / THIRDS.length;
  const ofLength = THIRDS.map((value, k) => ({
    columnId: 'length',
    columnName: 'length',
    value,
    rows: order.slice(Math.round(k * third), Math.round((k + 1) * third)).sort(),
  }));
  return [...ofColumns, ...ofLength];
}

/** Test rows in which each need is heard, by f1 as it stands. */
export function needRows(
  store: ProjectStore,
  needIds: readonly string[],
  data: ScenarioRows,
  test: Int32Array,
): { readonly needId: string; readonly rows: Int32Array }[] {
  const needs = store.current('demand.needs');
  if (needIds.length === 0) return [];
  if (needs === undefined) return needIds.map((needId) => ({ needId, rows: new Int32Array() }));
  const ids = needsResultSchema.parse(needs.result).needs.map(({ id }) => id);
  const dataset = asInt32(store.part(needs, 'dataset'));
  const row = asInt32(store.part(needs, 'row'));
  const needOfRow = new Map<number, number>();
  asInt32(store.part(needs, 'need')).forEach((need, at) => {
    if (dataset[at] === data.dataset) needOfRow.set(row[at]!, need);
  });
  return needIds.map((needId) => {
    const wanted = ids.indexOf(needId);
    const rows = Array.from(test.keys()).filter((at) => wanted >= 0 && needOfRow.get(data.row[test[at]!]!) === wanted);
    return { needId, rows: Int32Array.from(rows) };
  });
}
