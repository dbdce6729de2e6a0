import { z } from 'zod';
import { cleanResultSchema } from '../../../../shared/stages/demand/contract.ts';
import type { ColumnRole, Role } from '../../../../shared/stages/demand/import/column-role.ts';
import { type RatingScale, toSatisfaction } from '../../../../shared/stages/demand/rating-scale.ts';
import { asFloat64, asStrings } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, datasetName } from './columns.ts';

/** The rows of a dataset that cleaning kept, by columns. */
export interface CleanedRows {
  readonly datasetId: string;
  readonly name: string;
  readonly columns: readonly ColumnRole[];
  /** Row numbers in the file [n]. */
  readonly rows: Int32Array;
  readonly columnsOf: (role: Role) => readonly ColumnRole[];
  /** Numbers of a column, NaN where missing [n]. */
  readonly numbers: (columnId: string) => Float64Array;
  /** Values of a column, null where missing [n]. */
  readonly categories: (columnId: string) => readonly (string | null)[];
  /** Cleaned texts, '' where none [n]. */
  readonly texts: () => readonly string[];
  readonly respondentIds: () => readonly (string | null)[] | null;
  readonly segments: () => readonly (string | null)[] | null;
  /** Month of each row as `YYYY-MM` [n]; null without a date column. */
  readonly months: () => readonly (string | null)[] | null;
}

const MONTH_CHARACTERS = 7;

export function cleanedRows(store: ProjectStore, datasetId: string, clean: ArtifactRecord): CleanedRows {
  const result = cleanResultSchema.parse(clean.result);
  const status = store.part(clean, 'status');
  const rows = Int32Array.from(status.keys()).filter((row) => status[row] === 0);
  const columns = datasetColumns(store, datasetId);
  const first = (role: Role) => columns.find((column) => column.role === role);
  const categories = (columnId: string) => {
    const json = Buffer.from(store.part(clean, `category.${columnId}`)).toString('utf8');
    const all = z.array(z.nullable(z.string())).parse(JSON.parse(json));
    return Array.from(rows, (row) => all[row] ?? null);
  };
  const ofRole = (role: Role) => {
    const column = first(role);
    return column === undefined ? null : categories(column.id);
  };
  return {
    datasetId,
    name: datasetName(store, datasetId),
    columns,
    rows,
    columnsOf: (role) => columns.filter((column) => column.role === role),
    numbers(columnId) {
      const place = result.numberColumns.indexOf(columnId);
      const all = asFloat64(store.part(clean, 'numbers'));
      return Float64Array.from(rows, (row) => (place < 0 ? Number.NaN : all[place * result.rowsIn + row]!));
    },
    categories,
    texts() {
      const all = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
      return Array.from(rows, (row) => all[row] ?? '');
    },
    respondentIds: () => ofRole('respondentId'),
    segments: () => ofRole('segment'),
    months: () => ofRole('date')?.map((date) => date?.slice(0, MONTH_CHARACTERS) ?? null) ?? null,
  };
}

/** The scale of a rated column. */
export function ratingScale(column: ColumnRole): RatingScale | null {
  const { scale } = column;
  if (scale === undefined) return null;
  const direction = scale.direction === 'higher-better' ? 'higher-is-better' : 'lower-is-better';
  return { low: scale.min, high: scale.max, direction };
}

/** Answers of a rated column on 0–1, better is higher; NaN where missing or off the scale [n]. */
export function satisfactionValues(cleaned: CleanedRows, column: ColumnRole): Float64Array {
  const scale = ratingScale(column);
  return cleaned
    .numbers(column.id)
    .map((answer) => (scale === null ? Number.NaN : (toSatisfaction(answer, scale) ?? Number.NaN)));
}
