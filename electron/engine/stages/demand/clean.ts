import { z } from 'zod';
import { packStrings, type StringTable } from '../../../../shared/data/string-table.ts';
import { defaultRecipe, recipeSchema } from '../../../../shared/stages/demand/clean/recipe.ts';
import { cleanResultSchema } from '../../../../shared/stages/demand/contract.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, datasetNumber } from './columns.ts';

/** Rows read from the file at a time; the event loop is free in between. */
const ROWS_AT_A_TIME = 5000;

export const cleanParamsSchema = z.strictObject({ recipe: recipeSchema });

/** A dataset cleaned by a recipe. The rows stay as imported; what each step did to which row is in the parts. */
export const cleanKind = defineKind({
  name: 'demand.clean',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: cleanParamsSchema,
  result: cleanResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots, key) => {
    const roles = `demand.roles:${key}`;
    return slots.current(roles) === undefined ? [`demand.dataset:${key}`] : [`demand.dataset:${key}`, roles];
  },
  defaultParams: () => ({ recipe: defaultRecipe }),
  async run({ key, params, store, compute, signal, progress }) {
    const rows = await packedRows(store, datasetNumber(key), signal);
    const cleaned = await compute.run(
      'demand.clean',
      { rows, roles: datasetColumns(store, key), recipe: params.recipe },
      { signal, onProgress: progress },
    );
    return {
      type: 'done',
      result: cleaned.result,
      parts: {
        status: cleaned.status,
        duplicateOf: bytesOf(cleaned.duplicateOf),
        textBytes: cleaned.texts.bytes,
        textOffsets: bytesOf(cleaned.texts.offsets),
        identityBytes: cleaned.identities.bytes,
        identityOffsets: bytesOf(cleaned.identities.offsets),
        language: cleaned.language,
        numbers: bytesOf(cleaned.numbers),
        ...Object.fromEntries(cleaned.categories.map(({ id, json }) => [`category.${id}`, json])),
      },
    };
  },
});

async function packedRows(store: ProjectStore, dataset: number, signal: AbortSignal): Promise<StringTable[]> {
  const tables: StringTable[] = [];
  for (let from = 0; ; from += ROWS_AT_A_TIME) {
    signal.throwIfAborted();
    const page = store.rows.page(dataset, from, ROWS_AT_A_TIME);
    if (page.length === 0) return tables;
    tables.push(packStrings(page.map((row) => row.cells)));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
