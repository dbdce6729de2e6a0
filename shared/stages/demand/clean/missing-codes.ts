import type { Column } from '../import/import-options.ts';
import { foldWidth } from '../import/parse-cell.ts';

/** Cells that mean "no answer": empty, the usual words, what spreadsheets write, and -2 and -3 of 问卷星 (not chosen, skipped). */
export const PRESET_MISSING_CODES: readonly string[] = [
  '',
  'NA',
  'N/A',
  '#N/A',
  'NaN',
  'null',
  'none',
  '-',
  '—',
  '--',
  '/',
  '无',
  '(跳过)',
  '(空)',
  '-2',
  '-3',
];

/** The form in which codes are compared: half-width, lower case, without outer spaces. */
function codeForm(cell: string): string {
  return foldWidth(cell).trim().toLowerCase();
}

export function missingCodeSet(codes: readonly string[]): ReadonlySet<string> {
  return new Set(codes.map(codeForm));
}

export function isMissingCode(cell: string, codes: ReadonlySet<string>): boolean {
  return codes.has(codeForm(cell));
}

export interface MissingCodeCount {
  readonly code: string;
  readonly cells: number;
  /** Cells by column id; columns without any are left out. */
  readonly columns: readonly { readonly id: string; readonly cells: number }[];
}

/** How many cells each code would empty, so that the analyst sees it before it is done. Codes without a cell are listed with 0. */
export function countMissingCodes(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  codes: readonly string[],
): MissingCodeCount[] {
  const byCode = new Map(codes.map((code) => [codeForm(code), new Int32Array(columns.length)]));
  for (const row of rows) {
    for (let place = 0; place < columns.length; place++) {
      const counts = byCode.get(codeForm(row[place] ?? ''));
      if (counts !== undefined) counts[place]!++;
    }
  }
  return codes.map((code) => {
    const counts = byCode.get(codeForm(code)) ?? new Int32Array(0);
    const found = columns.map(({ id }, place) => ({ id, cells: counts[place] ?? 0 })).filter(({ cells }) => cells > 0);
    return { code, cells: found.reduce((sum, { cells }) => sum + cells, 0), columns: found };
  });
}
