import { AppError } from '../../../errors/app-error.ts';
import type { TextTask } from '../../../train/text-task.ts';

/** More labels than this come from a wrong column or separator; more levels are rather a number. */
const MOST_LABELS = 200;
const MOST_LEVELS = 20;
/** Two levels are one of two classes. */
const FEWEST = { 'multi-label': 2, ordinal: 3, regression: 2 } as const satisfies Record<TextTask, number>;

export interface ParsedCells {
  /** Labels in the order of their names, levels from the lowest; empty for a number. */
  readonly labels: readonly string[];
  /** [cells, labels] of 0/1, the level of each cell from 0, or its number; NaN where the cell is empty. */
  readonly values: Float32Array;
}

export interface CellOptions {
  readonly separator?: string | undefined;
  readonly emptyIsNone?: boolean | undefined;
  /** Where a cell stands, by its index; rows count from 1. */
  placeOf(cell: number): { readonly dataset: string; readonly row: number };
}

/** What the cells of label columns say. Labels lose the spaces around them; one that a cell names twice counts once.
 *  @throws AppError 'competitiveness.task-cell' for a cell that is not a number where one is wanted, 'competitiveness.task-labels' for too many labels
 *  or levels, 'stats.too-few' for too few */
export function parseCells(task: TextTask, cells: readonly (string | null)[], options: CellOptions): ParsedCells {
  return task === 'multi-label' ? labelSets(cells, options) : numbers(task, cells, options);
}

const FULL_WIDTH: Readonly<Record<string, string>> = { ';': '；', ',': '，', '、': '、', '|': '｜', '/': '／' };
const DEFAULT_SEPARATOR = ';';

function labelSets(
  cells: readonly (string | null)[],
  { separator = DEFAULT_SEPARATOR, emptyIsNone = false }: CellOptions,
): ParsedCells {
  const wide = FULL_WIDTH[separator];
  const sets = cells.map((cell) => {
    if (cell === null || cell.trim() === '') return emptyIsNone ? new Set<string>() : null;
    const even = wide === undefined ? cell : cell.replaceAll(wide, separator);
    return new Set(
      even
        .split(separator)
        .map((label) => label.trim())
        .filter((label) => label !== ''),
    );
  });
  const labels = [...new Set(sets.flatMap((set) => [...(set ?? [])]))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  requireCount('multi-label', 'labels', labels.length, MOST_LABELS);
  const place = new Map(labels.map((label, at) => [label, at]));
  const values = new Float32Array(cells.length * labels.length);
  sets.forEach((set, row) => {
    if (set === null) values.fill(Number.NaN, row * labels.length, (row + 1) * labels.length);
    else for (const label of set) values[row * labels.length + place.get(label)!] = 1;
  });
  return { labels, values };
}

function numbers(
  task: Exclude<TextTask, 'multi-label'>,
  cells: readonly (string | null)[],
  { placeOf }: CellOptions,
): ParsedCells {
  const values = Float64Array.from(cells, (cell, at) => {
    if (cell === null || cell.trim() === '') return Number.NaN;
    const value = Number(cell);
    if (!Number.isFinite(Math.fround(value))) throw new AppError('competitiveness.task-cell', { cell, ...placeOf(at) });
    return value;
  });
  if (task === 'regression') {
    const kept = Float32Array.from(values);
    requireCount(task, 'different numbers', different(kept).length, Number.POSITIVE_INFINITY);
    return { labels: [], values: kept };
  }
  // In float64, in which 3.3 is still written 3.3.
  const levels = different(values);
  requireCount(task, 'levels', levels.length, MOST_LEVELS);
  const level = new Map(levels.map((value, at) => [value, at]));
  return { labels: levels.map(String), values: Float32Array.from(values, (value) => level.get(value) ?? Number.NaN) };
}

/** The numbers that occur, ascending. */
const different = (values: Iterable<number>) =>
  [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);

function requireCount(task: TextTask, what: string, n: number, most: number): void {
  if (n < FEWEST[task]) throw new AppError('stats.too-few', { what, n, needed: FEWEST[task] });
  if (n > most) throw new AppError('competitiveness.task-labels', { n, most });
}
