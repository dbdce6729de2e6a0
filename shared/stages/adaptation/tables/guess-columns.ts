import { parseDay } from '../../demand/import/parse-cell.ts';
import type { TABLE_COLUMN_TYPES } from './results.ts';
import { isMissing, parseNumber, type RawColumn } from './table-data.ts';

const NUMBER_SHARE = 0.95;
const ID_SHARE = 0.95;
/** Fewer rows say nothing about identifiers. */
const ROWS_FOR_ID = 30;
const MOST_VALUES = 60;
const ID_NAME = /^(id|uid|.*_id|.*[ _-]?(no|number)\.?|序号|编号|.*编号|.*号码?)$/i;

export interface ColumnGuess {
  readonly type: (typeof TABLE_COLUMN_TYPES)[number];
  readonly reason: 'numbers' | 'few-values' | 'one-value' | 'identifier' | 'dates' | 'many-values';
  readonly missing: number;
  readonly values: number;
}

/** How a column is best read: numbers as numbers, a few values as categories; identifiers, dates and texts not at all. */
export function guessTableColumn({ name, cells }: Pick<RawColumn, 'name' | 'cells'>): ColumnGuess {
  const present = cells.filter((cell) => !isMissing(cell)).map((cell) => cell.trim());
  const distinct = new Set(present);
  const counts = { missing: cells.length - present.length, values: distinct.size };
  if (distinct.size < 2) return { type: 'ignore', reason: 'one-value', ...counts };
  const numbers = present.map(parseNumber).filter((value) => !Number.isNaN(value));
  const isNumeric = numbers.length >= present.length * NUMBER_SHARE;
  if (isIdentifier(name, present.length, distinct.size, isNumeric ? numbers : null)) {
    return { type: 'ignore', reason: 'identifier', ...counts };
  }
  const dates = present.filter((cell) => parseDay(cell) !== null).length;
  if (dates >= present.length * NUMBER_SHARE) return { type: 'ignore', reason: 'dates', ...counts };
  if (isNumeric) return { type: 'number', reason: 'numbers', ...counts };
  return distinct.size > MOST_VALUES
    ? { type: 'ignore', reason: 'many-values', ...counts }
    : { type: 'category', reason: 'few-values', ...counts };
}

/** Words of which hardly any comes twice; whole numbers that count the rows, or hardly repeat under the name of an identifier. */
function isIdentifier(name: string, rows: number, distinct: number, numbers: readonly number[] | null): boolean {
  if (rows < ROWS_FOR_ID || distinct < rows * ID_SHARE) return false;
  if (numbers === null) return true;
  if (!numbers.every(Number.isInteger)) return false;
  if (ID_NAME.test(name)) return true;
  const step = numbers[1]! - numbers[0]!;
  return step !== 0 && numbers.every((value, i) => i === 0 || value - numbers[i - 1]! === step);
}
