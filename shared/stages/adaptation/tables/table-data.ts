import { AppError } from '../../../errors/app-error.ts';
import { isMissingCode, missingCodeSet } from '../../demand/clean/missing-codes.ts';
import { foldWidth } from '../../demand/import/parse-cell.ts';
import type { TableColumnChoice, TableNotice } from './results.ts';
import type { StoredModels } from './stored-models.ts';

/** Cells without a value. Words such as `none` are values here: “no guarantor” is an answer. */
const MISSING = missingCodeSet(['', 'NA', 'N/A', '#N/A', 'NaN', 'null', '?']);

export interface NumberColumn {
  readonly type: 'number';
  readonly id: string;
  readonly name: string;
  /** NaN where missing [rows]. */
  readonly values: Float64Array;
}
export interface CategoryColumn {
  readonly type: 'category';
  readonly id: string;
  readonly name: string;
  /** Values, most frequent first. */
  readonly levels: readonly string[];
  /** Index into `levels`, −1 where missing [rows]. */
  readonly codes: Int32Array;
}
export type TableColumn = NumberColumn | CategoryColumn;

/** A table with a binary outcome, its rows those whose outcome is known. */
export interface TableData {
  readonly columns: readonly TableColumn[];
  /** 1 where the event happened [rows]. */
  readonly event: Uint8Array;
  /** Row of the file [rows]. */
  readonly row: Int32Array;
}

export interface RawColumn {
  readonly id: string;
  readonly name: string;
  /** One per row of the file. */
  readonly cells: readonly string[];
}

const FEWEST_PER_CLASS = 10;

/** Reads the cells of a table. @throws AppError 'adaptation.outcome-too-few' where fewer than ten rows have the event, or have not;
 *  'adaptation.no-predictors' where no column that varies is read */
export function readTable(
  outcome: RawColumn,
  eventValue: string,
  columns: readonly RawColumn[],
  choices: readonly TableColumnChoice[],
): { readonly table: TableData; readonly notices: readonly TableNotice[] } {
  const notices: TableNotice[] = [];
  const rows: number[] = [];
  const values = new Set<string>();
  outcome.cells.forEach((cell, row) => {
    if (isMissing(cell)) return;
    rows.push(row);
    values.add(cell.trim());
  });
  const missing = outcome.cells.length - rows.length;
  if (missing > 0) notices.push({ code: 'outcome-missing', severity: 'info', params: { rows: missing } });
  if (values.size > 2) {
    notices.push({ code: 'outcome-many-values', severity: 'warning', params: { values: values.size } });
  }
  const event = Uint8Array.from(rows, (row) => (outcome.cells[row]!.trim() === eventValue.trim() ? 1 : 0));
  const events = event.reduce((sum, each) => sum + each, 0);
  for (const [value, n] of [
    [eventValue, events],
    [`≠ ${eventValue}`, rows.length - events],
  ] as const) {
    if (n >= FEWEST_PER_CLASS) continue;
    throw new AppError('adaptation.outcome-too-few', { column: outcome.name, value, n, needed: FEWEST_PER_CLASS });
  }
  const typeOf = new Map(choices.map(({ columnId, type }) => [columnId, type]));
  const read = columns.flatMap((column): TableColumn[] => {
    const type = typeOf.get(column.id) ?? 'ignore';
    if (type === 'ignore' || column.id === outcome.id) return [];
    const cells = rows.map((row) => column.cells[row]!);
    const found = readColumn(column, cells, type);
    const unreadable = found.type === 'number' ? unreadableCells(found, cells) : 0;
    if (unreadable > 0) {
      const params = { column: column.name, cells: unreadable };
      notices.push({ code: 'unreadable-numbers', severity: 'warning', params });
    }
    if (distinctValues(found) > 1) return [found];
    notices.push({ code: 'constant', severity: 'info', params: { column: column.name } });
    return [];
  });
  if (read.length === 0) throw new AppError('adaptation.no-predictors', { outcome: outcome.name });
  return { table: { columns: read, event, row: Int32Array.from(rows) }, notices };
}

/** Values of a column, "missing" being one of them where it occurs. */
function distinctValues(column: TableColumn): number {
  if (column.type === 'category') return column.levels.length + (column.codes.some((code) => code < 0) ? 1 : 0);
  return new Set(column.values).size;
}

export function readColumn(
  column: Pick<RawColumn, 'id' | 'name'>,
  cells: readonly string[],
  type: 'number' | 'category',
): TableColumn {
  if (type === 'category') return categoryColumn(column, cells);
  return { type, id: column.id, name: column.name, values: Float64Array.from(cells, parseNumber) };
}

function unreadableCells({ values }: NumberColumn, cells: readonly string[]): number {
  return values.filter((value, row) => Number.isNaN(value) && !isMissing(cells[row]!)).length;
}

function categoryColumn({ id, name }: Pick<RawColumn, 'id' | 'name'>, cells: readonly string[]): CategoryColumn {
  const counts = new Map<string, number>();
  const kept = cells.map((cell) => (isMissing(cell) ? null : cell.trim()));
  for (const value of kept) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const levels = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([value]) => value);
  const codeOf = new Map(levels.map((value, code) => [value, code]));
  return { type: 'category', id, name, levels, codes: Int32Array.from(kept, (value) => codeOf.get(value ?? '') ?? -1) };
}

/** The columns of one case under the levels of a table it may not be part of; a value that the table does not know is as missing. */
export function readCase(columns: StoredModels['columns'], cells: ReadonlyMap<string, string>): readonly TableColumn[] {
  return columns.map((column) => {
    const cell = cells.get(column.id) ?? '';
    return column.type === 'number'
      ? { ...column, values: Float64Array.of(parseNumber(cell)) }
      : { ...column, codes: Int32Array.of(isMissing(cell) ? -1 : column.levels.indexOf(cell.trim())) };
  });
}

export function isMissing(cell: string): boolean {
  return isMissingCode(cell, MISSING);
}

const THOUSANDS = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** The number of a cell; NaN for anything else. */
export function parseNumber(cell: string): number {
  const text = foldWidth(cell).trim();
  if (text === '') return Number.NaN;
  const number = Number(THOUSANDS.test(text) ? text.replaceAll(',', '') : text);
  return Number.isFinite(number) ? number : Number.NaN;
}
