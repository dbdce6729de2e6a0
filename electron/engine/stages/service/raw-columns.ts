import { packStrings, type StringTable } from '../../../../shared/data/string-table.ts';
import { columnIndex } from '../../../../shared/stages/demand/import/column-role.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetNumber } from '../demand/columns.ts';

const ROWS_AT_A_TIME = 5000;

/** Cells of some columns as imported [rows of the file], packed for another process. The event loop is free in between. */
export async function rawColumns(
  store: ProjectStore,
  datasetId: string,
  columnIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StringTable>> {
  const values = new Map(columnIds.map((id) => [id, [] as string[]]));
  const dataset = datasetNumber(datasetId);
  for (let from = 0; ; from += ROWS_AT_A_TIME) {
    signal.throwIfAborted();
    const page = store.rows.page(dataset, from, ROWS_AT_A_TIME);
    for (const { cells } of page) {
      const row = JSON.parse(cells) as string[];
      for (const [id, column] of values) column.push(row[columnIndex(id)] ?? '');
    }
    if (page.length < ROWS_AT_A_TIME) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const packed = new Map<string, StringTable>();
  for (const [id, column] of values) {
    packed.set(id, packStrings(column));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return packed;
}
