import { z } from 'zod';
import { datasetKindSchema, datasetResultSchema } from '../../../../shared/stages/demand/contract.ts';
import { columnRoleSchema } from '../../../../shared/stages/demand/import/column-role.ts';
import { importOptionsSchema } from '../../../../shared/stages/demand/import/import-options.ts';
import { sizeUnderKey } from '../../../files/sealed-file.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { datasetNumber } from './columns.ts';

const datasetParamsSchema = z.strictObject({
  sourceId: z.string(),
  name: z.string(),
  kind: datasetKindSchema,
  options: importOptionsSchema,
  columns: z.array(columnRoleSchema),
});
export type DatasetParams = z.output<typeof datasetParamsSchema>;

/** An imported file. Its rows go to the row table batch by batch; until the artifact is published nothing shows them, and an import that did not end leaves none. */
export const datasetKind = defineKind({
  name: 'demand.dataset',
  stage: 'demand',
  lane: 'io',
  revision: 1,
  params: datasetParamsSchema,
  result: datasetResultSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  async run({ key, params, store, deps, compute, signal, progress }) {
    const source = await deps.resolveSource(params.sourceId);
    const dataset = datasetNumber(key);
    store.rows.remove(dataset);
    const bytes = await sizeUnderKey(source.path, source.key);
    try {
      const read = await compute.run(
        'demand.readRows',
        { path: source.path, key: source.key, options: params.options },
        {
          signal,
          onProgress: progress,
          onBatch: ({ firstRow, rows }) => store.rows.insertBatch(dataset, firstRow, rows),
        },
      );
      return {
        type: 'done',
        result: {
          name: params.name,
          kind: params.kind,
          rowCount: read.rows,
          columns: params.columns,
          options: params.options,
          source: { name: source.name, sha256: read.sha256, bytes },
          problems: read.problems,
        },
      };
    } catch (error) {
      store.rows.remove(dataset);
      throw error;
    }
  },
});
