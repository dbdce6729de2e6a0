import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { driversResultSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { cleanedRows, satisfactionValues } from './cleaned-rows.ts';
import { datasetColumns } from './columns.ts';
import { columnInputs } from './inputs.ts';

export const driversParamsSchema = z.strictObject({
  outcomeColumn: z.string(),
  itemColumns: z.array(z.string()).min(1),
  resamples: z.int().min(1),
});
const DEFAULT_RESAMPLES = 1000;

/** Outcome and items by the roles of the columns; null where a survey has not both. */
function roleParams(slots: SlotReader, datasetId: string): z.output<typeof driversParamsSchema> | null {
  const columns = datasetColumns(slots, datasetId);
  const outcome = columns.find((column) => column.role === 'outcome');
  const items = columns.filter((column) => column.role === 'item');
  if (outcome === undefined || items.length === 0) return null;
  return { outcomeColumn: outcome.id, itemColumns: items.map(({ id }) => id), resamples: DEFAULT_RESAMPLES };
}

/** What explains the outcome of a survey, and how much. */
export const driversKind = defineKind({
  name: 'demand.drivers',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: driversParamsSchema,
  result: driversResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots, key) => columnInputs(slots, [key]),
  defaultParams: roleParams,
  async run({ key, params, seed, store, input, compute, signal, progress }) {
    const cleaned = cleanedRows(store, key, input(`demand.clean:${key}`));
    const column = (id: string) => {
      const found = cleaned.columns.find((candidate) => candidate.id === id);
      if (found === undefined) throw new AppError('import.column-missing', { column: id });
      if (found.scale === undefined) throw new AppError('demand.no-outcome', { dataset: cleaned.name });
      return { columnId: id, name: found.name, values: satisfactionValues(cleaned, found) };
    };
    const result = await compute.run(
      'demand.drivers',
      {
        datasetId: key,
        outcome: column(params.outcomeColumn),
        items: params.itemColumns.map(column),
        respondentIds: cleaned.respondentIds(),
        resamples: params.resamples,
        seed,
      },
      { signal, onProgress: progress },
    );
    return { type: 'done', result };
  },
});
