import { type ColumnRole, columnIndex, isScoreRole, type Role } from '../import/column-role.ts';
import { parseDay, parseScore } from '../import/parse-cell.ts';
import { remembered } from './remembered.ts';

/** Roles whose cells are answers of a respondent, besides scores. */
const CHOICE_ROLES: ReadonlySet<Role> = new Set(['choice', 'multi-choice']);

export interface CleanColumn {
  readonly role: ColumnRole;
  /** One cell per row; empty is missing. */
  readonly cells: string[];
}

/** The working copy of a dataset by columns, without the ignored ones. The raw rows are never written to. */
export interface CleanTable {
  readonly rows: number;
  readonly columns: readonly CleanColumn[];
  readonly texts: readonly CleanColumn[];
  readonly scores: readonly CleanColumn[];
  /** Scores and choices. */
  readonly answers: readonly CleanColumn[];
  readonly respondent: CleanColumn | null;
  readonly label: CleanColumn | null;
}

export function createCleanTable(rows: readonly (readonly string[])[], roles: readonly ColumnRole[]): CleanTable {
  const columns = roles
    .filter(({ role }) => role !== 'ignore')
    .map((role) => {
      const place = columnIndex(role.id);
      return { role, cells: rows.map((row) => row[place] ?? '') };
    });
  const ofRole = (wanted: (role: Role) => boolean) => columns.filter(({ role }) => wanted(role.role));
  return {
    rows: rows.length,
    columns,
    texts: ofRole((role) => role === 'text'),
    scores: ofRole(isScoreRole),
    answers: ofRole((role) => isScoreRole(role) || CHOICE_ROLES.has(role)),
    respondent: ofRole((role) => role === 'respondentId')[0] ?? null,
    label: ofRole((role) => role === 'label')[0] ?? null,
  };
}

/** The row's texts, one under the other. */
export function textOfRow(table: CleanTable, row: number): string {
  const [only] = table.texts;
  if (table.texts.length === 1) return only!.cells[row]!;
  return table.texts
    .map(({ cells }) => cells[row]!)
    .filter((cell) => cell !== '')
    .join('\n');
}

export interface NumberColumn {
  readonly id: string;
  /** NaN where missing: never a number that stands for "no answer". */
  readonly values: Float64Array;
}

export interface CategoryColumn {
  readonly id: string;
  /** null where missing; dates as `YYYY-MM-DD`. */
  readonly values: readonly (string | null)[];
}

/** Scores and weights as numbers. */
export function numberColumns(table: CleanTable): NumberColumn[] {
  return table.columns
    .filter(({ role }) => isScoreRole(role.role) || role.role === 'weight')
    .map(({ role, cells }) => {
      const score = remembered((cell) => parseScore(cell, role.scale) ?? Number.NaN);
      return { id: role.id, values: Float64Array.from(cells, score) };
    });
}

/** Everything that is neither text nor number. */
export function categoryColumns(table: CleanTable): CategoryColumn[] {
  return table.columns
    .filter(({ role }) => !isScoreRole(role.role) && role.role !== 'weight' && role.role !== 'text')
    .map(({ role, cells }) => ({
      id: role.id,
      values: cells.map((cell) => (cell === '' ? null : role.role === 'date' ? parseDay(cell) : cell)),
    }));
}
