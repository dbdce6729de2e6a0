import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type CleanResult, cleanResultSchema } from '../../../../shared/stages/demand/contract.ts';
import { asFloat64 } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';

/** Values of a column as labels, one per row of the file: categories as they are, whole numbers as written; null where missing.
 *  @throws AppError 'import.column-missing' */
export function columnLabels(store: ProjectStore, clean: ArtifactRecord, columnId: string): readonly (string | null)[] {
  const result: CleanResult = cleanResultSchema.parse(clean.result);
  if (result.categoryColumns.includes(columnId)) {
    const json = Buffer.from(store.part(clean, `category.${columnId}`)).toString('utf8');
    return z.array(z.nullable(z.string())).parse(JSON.parse(json));
  }
  const place = result.numberColumns.indexOf(columnId);
  if (place < 0) throw new AppError('import.column-missing', { column: columnId });
  const numbers = asFloat64(store.part(clean, 'numbers'));
  const values = numbers.subarray(place * result.rowsIn, (place + 1) * result.rowsIn);
  return Array.from(values, (value) => (Number.isNaN(value) ? null : String(value)));
}
