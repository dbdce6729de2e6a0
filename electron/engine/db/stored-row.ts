import type { z } from 'zod';

/** A row of the project file that does not hold what its table promises: the file was damaged in a way that its pages do not show. */
export class StoredRowError extends Error {}

/** Reads a row through its schema. @throws StoredRowError naming the table */
export function storedRow<S extends z.ZodType>(schema: S, table: string, row: unknown): z.output<S> {
  try {
    return schema.parse(row);
  } catch (cause) {
    throw new StoredRowError(`a row of table ${table} cannot be read`, { cause });
  }
}
