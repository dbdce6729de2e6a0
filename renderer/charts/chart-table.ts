import { csvLine } from '../../shared/data/csv.ts';

export interface ChartColumn {
  readonly name: string;
  /** How its numbers read, with their unit; as they are where left out. */
  readonly format?: (value: number) => string;
}

/** What a chart shows, as a table: the same numbers, null where nothing was measured. */
export interface ChartTable {
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** The cell as it is read on the screen. */
export function cellText({ format }: ChartColumn, value: string | number | null): string {
  if (value === null) return '—';
  return typeof value === 'string' ? value : (format ?? String)(value);
}

/** Without the columns in which every row is empty, such as intervals that nobody computed. */
export function filledColumns({ columns, rows }: ChartTable): ChartTable {
  const filled = columns.map((_, at) => rows.some((row) => (row[at] ?? null) !== null && row[at] !== ''));
  return { columns: columns.filter((_, at) => filled[at]), rows: rows.map((row) => row.filter((_, at) => filled[at])) };
}

/** Lines for a spreadsheet, numbers with all their digits. */
export function chartCsv({ columns, rows }: ChartTable): string {
  return [columns.map(({ name }) => name), ...rows].map(csvLine).join('');
}
