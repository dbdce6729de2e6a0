import { unpackStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type TriageChoice, triageChoiceSchema } from '../../../../shared/stages/service/contract.ts';
import { correctionsSchema, triageResultSchema } from '../../../../shared/stages/service/results.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { modelRequest, modelSlot, projectModel } from '../competitiveness/project-model.ts';
import { datasetColumns, datasetName } from '../demand/columns.ts';
import { cleanedTexts } from './cleaned-texts.ts';
import { rawColumns } from './raw-columns.ts';

type Context = StepContext<TriageChoice>;

/** What a model of the project says of each ticket, and how sure it is. */
export const triageKind = defineKind({
  name: 'service.triage',
  stage: 'service',
  lane: 'infer',
  revision: 1,
  params: triageChoiceSchema,
  result: triageResultSchema,
  pausable: false,
  training: false,
  inputs: ({ modelId }, _slots, key) => [`demand.clean:${key}`, modelSlot(modelId)],
  defaultParams: () => null,
  async run(context) {
    const { key, params, store, deps, worker, compute, signal, progress } = context;
    const cleaned = cleanedTexts(store, context.input(`demand.clean:${key}`));
    if (cleaned.rows.length === 0) throw new AppError('service.no-text', { dataset: datasetName(store, key) });
    const model = projectModel(store, deps, params.modelId);
    const truth = await truthOf(context, cleaned.rows);
    const { logits, truncated } = await worker.run(
      { type: 'classify', ...(await modelRequest(context, model)), texts: [...cleaned.texts] },
      {
        signal,
        onEvent(event) {
          if (event.type !== 'progress') return;
          const { done, total } = event;
          const fraction = done / Math.max(1, total);
          progress({ fraction, phase: 'evaluating', done, total, unit: 'texts', rate: null, etaMs: null });
        },
      },
    );
    const found = await compute.run(
      'service.triage',
      {
        datasetId: key,
        modelId: model.id,
        modelName: model.name,
        labels: model.labels,
        logits,
        confidenceBelow: params.confidenceBelow,
        truth,
        withoutText: cleaned.withoutText,
        truncated,
      },
      { signal },
    );
    return {
      type: 'done',
      result: found.result,
      parts: {
        row: bytesOf(cleaned.rows),
        label: bytesOf(found.label),
        confidence: bytesOf(found.confidence),
        truth: new TextEncoder().encode(JSON.stringify(truth?.values ?? [])),
      },
    };
  },
});

/** What people wrote in the truth column of these rows. @throws AppError 'import.column-missing' */
async function truthOf({ key, params, store, signal }: Context, rows: Int32Array) {
  const { truthColumn } = params;
  if (truthColumn === null) return null;
  const column = datasetColumns(store, key).find(({ id }) => id === truthColumn);
  if (column === undefined) throw new AppError('import.column-missing', { column: truthColumn });
  const table = (await rawColumns(store, key, [truthColumn], signal)).get(truthColumn);
  const cells = table === undefined ? [] : unpackStrings(table);
  const values = Array.from(rows, (row) => (cells[row] ?? '').normalize('NFKC').trim());
  return { columnId: truthColumn, name: column.name, values: values.map((value) => (value === '' ? null : value)) };
}

/** Labels that people set right, kept by the hashes of texts so that they survive a recompute. */
export const correctionsKind = defineKind({
  name: 'service.corrections',
  stage: 'service',
  lane: 'compute',
  revision: 1,
  params: correctionsSchema,
  result: correctionsSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => ({ corrections: [] }),
  run: async ({ params }) => ({ type: 'done', result: params }),
});
