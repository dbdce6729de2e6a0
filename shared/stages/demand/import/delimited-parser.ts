import Papa from 'papaparse';
import { AppError } from '../../../errors/app-error.ts';
import type { Delimiter } from './import-options.ts';
import { MAX_CELL_CHARS, MAX_COLUMNS, MAX_RECORD_CHARS } from './limits.ts';
import type { ProblemList } from './problem-list.ts';
import { createNewlineNormaliser, type RecordParser } from './record-parser.ts';

interface PapaResult {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

/** The first line of files that spreadsheets write to name their own separator. */
const SEPARATOR_LINE = /^sep=[,;|\t]\n/i;

/** CSV and its kin, RFC 4180 with mixed newlines. Blank lines are dropped; newlines within quotes become `\n`.
 *  @throws AppError 'import.unclosed-quote', 'import.cell-too-large', 'import.too-many-columns' */
export function createDelimitedParser(delimiter: Delimiter, file: string, problems: ProblemList): RecordParser {
  const normalise = createNewlineNormaliser();
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
  let rest = '';
  let records = 0;
  let atStart = true;

  const refuseOpenQuote = (row: number): never => {
    throw new AppError('import.unclosed-quote', { file, row });
  };

  const accept = (result: PapaResult): string[][] => {
    for (const error of result.errors) {
      // What is found in a record that is not yet complete will be found again.
      const complete = error.row < result.data.length;
      if (complete && error.code === 'InvalidQuotes') problems.add(records + error.row + 1, 'malformed-quote', '');
    }
    const kept: string[][] = [];
    for (const cells of result.data) {
      records++;
      if (cells.length === 1 && cells[0] === '') continue;
      checkRecord(cells, records, file);
      kept.push(cells);
    }
    return kept;
  };

  const checkPending = (): void => {
    if (rest.length <= MAX_CELL_CHARS) return;
    const pending = parser.parse(rest, 0, false) as PapaResult;
    const last = pending.data.at(-1);
    if (last === undefined) return;
    const open = pending.errors.some((error) => error.code === 'MissingQuotes');
    if (open && (last.at(-1)?.length ?? 0) > MAX_CELL_CHARS) refuseOpenQuote(records + 1);
    checkRecord(last, records + 1, file);
    if (rest.length > MAX_RECORD_CHARS) refuseCell(file, records + 1, last.length);
  };

  return {
    push(text) {
      rest += normalise(text);
      if (atStart && rest.includes('\n')) {
        atStart = false;
        rest = rest.replace(SEPARATOR_LINE, '');
      }
      if (!text.includes('\n') && !text.includes('\r')) {
        checkPending();
        return [];
      }
      const result = parser.parse(rest, 0, true) as PapaResult;
      rest = rest.slice(result.meta.cursor);
      const kept = accept(result);
      checkPending();
      return kept;
    },
    end() {
      if (rest === '') return [];
      const result = parser.parse(rest, 0, false) as PapaResult;
      const open = result.errors.find((error) => error.code === 'MissingQuotes');
      const cells = open === undefined ? undefined : result.data[open.row];
      if (open !== undefined && cells !== undefined) {
        const cell = (cells.pop() ?? '').trimEnd();
        // An open quote that reaches over line ends has swallowed rows: to go on would lose them silently.
        if (cell.includes('\n')) refuseOpenQuote(records + open.row + 1);
        cells.push(cell);
        const known = result.errors.some(({ code, row }) => code === 'InvalidQuotes' && row === open.row);
        if (!known) problems.add(records + open.row + 1, 'malformed-quote', '');
      }
      rest = '';
      return accept(result);
    },
  };
}

function refuseCell(file: string, row: number, column: number): never {
  throw new AppError('import.cell-too-large', { file, row, column, limitMb: MAX_CELL_CHARS / 1024 ** 2 });
}

/** Bounds that hold for a record of every format. @throws AppError 'import.too-many-columns', 'import.cell-too-large' */
export function checkRecord(cells: readonly string[], row: number, file: string): void {
  if (cells.length > MAX_COLUMNS) {
    throw new AppError('import.too-many-columns', { file, row, columns: cells.length, limit: MAX_COLUMNS });
  }
  for (let i = 0; i < cells.length; i++) {
    if (cells[i]!.length > MAX_CELL_CHARS) refuseCell(file, row, i + 1);
  }
}
