/** Writing tables for spreadsheets. A cell that a spreadsheet would run as a formula is customers' text like any other, so it is made text for good.
 *  @source OWASP ASVS 5, 1.2.10 */

/** What a spreadsheet takes a cell for a formula by, its full-width forms included, also behind spaces and other blanks. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** A text that stays text when a spreadsheet opens it: `'` in front where it might be a formula. Plain numbers stay as they are; NUL, which ends a cell in some programs, goes. */
export function inertText(text: string): string {
  const clean = text.replaceAll('\0', '');
  return FORMULA.test(clean) && !NUMBER.test(clean) ? `'${clean}` : clean;
}

/** Excel reads a file as UTF-8 when it begins with this mark. */
export const CSV_START = '\uFEFF';

/** A line of CSV: texts quoted and inert, numbers as they are, empty where there is no value. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string | number | null): string {
  if (typeof cell === 'string') return `"${inertText(cell).replaceAll('"', '""')}"`;
  return cell === null || !Number.isFinite(cell) ? '' : String(cell);
}
