import { guessColumnRoles, type RoleGuess } from '../../../shared/stages/demand/import/guess-column-roles.ts';
import type {
  ImportOptions,
  ImportOverrides,
  Inspection,
} from '../../../shared/stages/demand/import/import-options.ts';
import type { SealKey } from '../../files/sealed-file.ts';
import { inspectFile } from '../readers/inspect-file.ts';
import { type ReadRowsResult, readRows } from '../readers/read-rows.ts';
import type { ComputeTask } from '../task.ts';

export const inspectTask: ComputeTask<
  { readonly path: string; readonly key: SealKey; readonly overrides: ImportOverrides },
  { readonly inspection: Inspection; readonly columns: readonly RoleGuess[] }
> = {
  async run({ path, key, overrides }) {
    const inspection = await inspectFile(path, overrides, key);
    return { inspection, columns: guessColumnRoles(inspection.columns, inspection.sample) };
  },
};

export interface RowBatch {
  readonly firstRow: number;
  readonly rows: readonly (readonly string[])[];
}

export const readRowsTask: ComputeTask<
  { readonly path: string; readonly key: SealKey; readonly options: ImportOptions },
  ReadRowsResult,
  RowBatch
> = {
  run({ path, key, options }, context) {
    return readRows(path, options, {
      key,
      async onBatch(rows, firstRow) {
        await context.batch({ firstRow, rows });
        const done = firstRow + rows.length;
        context.progress({ fraction: 0, phase: 'reading', done, total: null, unit: 'rows', rate: null, etaMs: null });
      },
    });
  },
};
