import { CSV_START, csvLine } from '../data/csv.ts';
import type { Translate } from '../i18n/translate.ts';
import type { Block, Cell, NumberCell } from './blocks.ts';

type Table = Extract<Block, { type: 'table' }>;

const isNumber = (cell: Cell | undefined): cell is NumberCell => typeof cell === 'object' && 'value' in cell;

/** A table of a report for a spreadsheet: numbers as they stand in the artifact (shares on 0–1), with the bounds of intervals in columns of their own. */
export function tableCsv({ columns, rows }: Table, t: Translate): string {
  const bounded = columns.map((_, column) => rows.some((row) => boundsOf(row[column]) !== null));
  const header = columns.flatMap(({ title }, column) => [
    title,
    ...(bounded[column] === true ? [t('export.low', { column: title }), t('export.high', { column: title })] : []),
  ]);
  const lines = rows.map((row) =>
    columns.flatMap((_, column) => {
      const cell = row[column];
      return [plainCell(cell), ...(bounded[column] === true ? (boundsOf(cell) ?? [null, null]) : [])];
    }),
  );
  return CSV_START + [header, ...lines].map(csvLine).join('');
}

function boundsOf(cell: Cell | undefined): readonly [number, number] | null {
  return isNumber(cell) ? (cell.bounds ?? null) : null;
}

function plainCell(cell: Cell | undefined): string | number | null {
  if (cell === undefined || typeof cell === 'string') return cell ?? null;
  return isNumber(cell) ? cell.value : cell.tag;
}
