import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, datasetNumber } from '../demand/columns.ts';

const PAGE = 5_000;

/** Cells of some columns as imported, one array per column asked for; of the first rows only where `limit` is given.
 *  @throws AppError 'import.column-missing' */
export function rawColumns(
  store: ProjectStore,
  datasetId: string,
  columnIds: readonly string[],
  limit = Number.POSITIVE_INFINITY,
): string[][] {
  const columns = datasetColumns(store, datasetId);
  const places = columnIds.map((id) => {
    const place = columns.findIndex((column) => column.id === id);
    if (place < 0) throw new AppError('import.column-missing', { column: id });
    return place;
  });
  const cells: string[][] = columnIds.map(() => []);
  const dataset = datasetNumber(datasetId);
  for (let from = 0; ; from += PAGE) {
    const page = store.rows.page(dataset, from, PAGE);
    for (const row of page) {
      const values = JSON.parse(row.cells) as string[];
      places.forEach((place, index) => {
        cells[index]!.push(values[place] ?? '');
      });
    }
    if (page.length < PAGE || from + PAGE >= limit) return cells;
  }
}
