import type { ProjectStore } from '../../project-store.ts';
import { datasetNumber } from '../demand/columns.ts';

const PAGE = 5000;

/** All rows of a dataset as imported, cells by column. */
export function pilotRows(store: ProjectStore, datasetId: string): string[][] {
  const dataset = datasetNumber(datasetId);
  const rows: string[][] = [];
  for (let from = 0; ; from += PAGE) {
    const page = store.rows.page(dataset, from, PAGE);
    for (const { cells } of page) rows.push(JSON.parse(cells) as string[]);
    if (page.length < PAGE) return rows;
  }
}
