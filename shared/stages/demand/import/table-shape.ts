import type { Column } from './import-options.ts';
import { SAMPLE_ROWS } from './limits.ts';
import type { ProblemList } from './problem-list.ts';

/** Number of columns of a table: the commoner of its first records' widths, but no less than the header. */
export function tableWidth(records: readonly (readonly string[])[], hasHeader: boolean): number {
  const looked = records.slice(0, SAMPLE_ROWS);
  const counts = new Map<number, number>();
  for (const cells of hasHeader ? looked.slice(1) : looked)
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let [width, times] = [0, 0];
  for (const [cells, found] of counts)
    if (found > times || (found === times && cells > width)) [width, times] = [cells, found];
  return hasHeader ? Math.max(width, looked[0]?.length ?? 0) : width;
}

/** Columns with their headers as data; without a header their names are empty. */
export function columnsOf(header: readonly string[] | null, width: number): Column[] {
  return Array.from({ length: width }, (_, i) => ({ id: `c${i}`, name: header?.[i]?.trim() ?? '' }));
}

/** Pads short rows and cuts long ones in place; both are collected as problems where `strict` (a delimited file says how wide it is,
 *  a workbook or JSON record simply ends). */
export function fitRows(
  rows: string[][],
  width: number,
  firstRecord: number,
  strict: boolean,
  problems: ProblemList,
): void {
  for (let i = 0; i < rows.length; i++) {
    const cells = rows[i]!;
    if (cells.length === width) continue;
    if (cells.length > width) {
      // Empty cells beyond the last column are what spreadsheets leave behind, not data that would be lost.
      if (cells.slice(width).some((cell) => cell.trim() !== '')) {
        problems.add(firstRecord + i, 'too-many-cells', `${cells.length}/${width}`);
      }
      cells.length = width;
    } else {
      if (strict) problems.add(firstRecord + i, 'too-few-cells', `${cells.length}/${width}`);
      while (cells.length < width) cells.push('');
    }
  }
}
