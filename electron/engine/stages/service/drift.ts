import { packStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type DriftChoice, driftChoiceSchema } from '../../../../shared/stages/service/contract.ts';
import { FEWEST_DRIFT_TEXTS } from '../../../../shared/stages/service/drift/measure-drift.ts';
import { type DriftResult, driftResultSchema } from '../../../../shared/stages/service/results.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { modelRequest, modelSlot, projectModel } from '../competitiveness/project-model.ts';
import { cleanedRows } from '../demand/cleaned-rows.ts';
import { datasetName, datasetNumber } from '../demand/columns.ts';
import type { EmbeddingsResult } from '../demand/embeddings.ts';
import { standing } from '../demand/inputs.ts';
import { columnLabels } from '../demand/label-values.ts';
import { cleanedTexts } from './cleaned-texts.ts';
import { driftReference } from './drift-reference.ts';
import { embeddingsBy, textVectors } from './text-vectors.ts';

/** How far the texts of a dataset are from those that a model was trained on. */
export const driftKind = defineKind({
  name: 'service.drift',
  stage: 'service',
  lane: 'infer',
  revision: 1,
  params: driftChoiceSchema,
  result: driftResultSchema,
  pausable: false,
  training: false,
  inputs: ({ modelId, slices }, slots, key) => {
    const model = slots.current(modelSlot(modelId));
    const encoder = (model?.result as { modelId?: string } | undefined)?.modelId ?? '';
    const own = `demand.embeddings:${key}`;
    const stands = slots.current(own);
    const isUsable = stands === undefined || (stands.result as EmbeddingsResult).modelId === encoder;
    const others = embeddingsBy(slots, encoder).filter(
      (slot) => slot !== own && model !== undefined && readsOf(model, slot),
    );
    return [
      `demand.clean:${key}`,
      modelSlot(modelId),
      ...(isUsable ? [own] : []),
      ...others,
      ...(slices === null ? [] : standing(slots, [`demand.roles:${key}`])),
    ];
  },
  defaultParams: () => null,
  async run(context) {
    const { key, params, seed, store, deps, input, worker, compute, signal, progress } = context;
    const clean = input(`demand.clean:${key}`);
    const model = projectModel(store, deps, params.modelId);
    const reference = driftReference(store, params.modelId);
    const dataset = datasetNumber(key);
    const trainedOn = new Set(Array.from(reference.row, (row, at) => `${reference.dataset[at]}/${row}`));
    const cleaned = cleanedTexts(store, clean);
    if (cleaned.rows.length === 0) throw new AppError('service.no-text', { dataset: datasetName(store, key) });
    const fresh = Array.from(cleaned.rows, (row, at) => ({ dataset, row, text: cleaned.texts[at]! })).filter(
      ({ row }) => !trainedOn.has(`${dataset}/${row}`),
    );
    if (fresh.length < FEWEST_DRIFT_TEXTS) {
      const name = datasetName(store, key);
      throw new AppError('service.too-few-texts', { dataset: name, n: fresh.length, needed: FEWEST_DRIFT_TEXTS });
    }
    const known = reference.texts.map((text, at) => ({
      dataset: reference.dataset[at]!,
      row: reference.row[at]!,
      text,
    }));
    const before = await textVectors(context, model, known);
    const now = await textVectors(context, model, fresh);
    const texts = fresh.map(({ text }) => text);
    const { logits } = await worker.run(
      { type: 'classify', ...(await modelRequest(context, model)), texts },
      { signal },
    );
    const found = await compute.run(
      'service.drift',
      {
        datasetId: key,
        modelId: model.id,
        modelName: model.name,
        encoderId: model.modelId,
        dimensions: now.dimensions,
        reference: { texts: packStrings(reference.texts), vectors: before.vectors },
        current: { texts: packStrings(texts), vectors: now.vectors },
        slicedBy: params.slices,
        sliceOf: slicesOf(
          context,
          fresh.map(({ row }) => row),
        ),
        labels: model.labels,
        referenceLabels: reference.labels,
        logits,
        permutations: params.permutations,
        seed,
        withoutText: cleaned.withoutText,
      },
      { signal, onProgress: progress },
    );
    const seen = cleaned.rows.length - fresh.length;
    const result: DriftResult =
      seen === 0
        ? found.result
        : {
            ...found.result,
            notices: [
              ...found.result.notices,
              { code: 'reference-seen-in-training', severity: 'info', params: { rows: seen } },
            ],
          };
    return {
      type: 'done',
      result,
      parts: {
        row: bytesOf(Int32Array.from(fresh, ({ row }) => row)),
        nearest: bytesOf(found.nearest),
        unlike: bytesOf(Int32Array.from(found.unlike)),
        label: bytesOf(found.currentLabels),
        referenceDataset: bytesOf(reference.dataset),
        referenceRow: bytesOf(reference.row),
        slice: json(
          slicesOf(
            context,
            fresh.map(({ row }) => row),
          ),
        ),
        words: json(found.wordTexts),
      },
    };
  },
});

/** Whether a model's artifact was made from the dataset of these embeddings. */
function readsOf(model: { readonly inputs: readonly { readonly slot: string }[] }, embeddings: string): boolean {
  const clean = embeddings.replace('demand.embeddings:', 'demand.clean:');
  return model.inputs.some(({ slot }) => slot === clean);
}

function slicesOf({ key, params, store, input }: StepContext<DriftChoice>, rows: readonly number[]): (string | null)[] {
  const clean = input(`demand.clean:${key}`);
  const { slices } = params;
  if (slices === null) return rows.map(() => null);
  if (slices.type === 'column') {
    const values = columnLabels(store, clean, slices.columnId);
    return rows.map((row) => values[row] ?? null);
  }
  const cleaned = cleanedRows(store, key, clean);
  const months = cleaned.months();
  const monthOf = new Map(Array.from(cleaned.rows, (row, at) => [row, months?.[at] ?? null] as const));
  return rows.map((row) => monthOf.get(row) ?? null);
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
