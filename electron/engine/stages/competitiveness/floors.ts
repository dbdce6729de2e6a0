import { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { preparedDataSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import {
  type FloorsResult,
  floorsResultSchema,
  labelsResultSchema,
} from '../../../../shared/stages/competitiveness/results.ts';
import { describeModel } from '../../../models/describe-model.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { asFloat32, asInt32, bytesOf } from '../../artifacts/parts.ts';
import type { ProjectStore } from '../../project-store.ts';
import type { EmbeddingsResult } from '../demand/embeddings.ts';
import { type LabelRows, labelledDatasets, labelledTextInputs, labelledTexts } from './labels.ts';
import { splitRowsOf } from './split.ts';

const floorsParamsSchema = z.strictObject({ modelId: z.string() });
const MAX_LENGTH = 128;
const LATENCY_REPEATS = 50;
const LATENCY_TEXTS = 50;
const BYTES_PER_PARAMETER = 4;
const BYTES_PER_MB = 1_000_000;

/** The simplest things on the locked test rows: what a tuned model has to beat. */
export const floorsKind = defineKind({
  name: 'competitiveness.floors',
  stage: 'competitiveness',
  lane: 'infer',
  revision: 1,
  params: floorsParamsSchema,
  result: floorsResultSchema,
  pausable: false,
  outsideHash: ['floors.*.latencyP95Ms', 'encoder'],
  training: false,
  inputs: ({ modelId }, slots) => [
    ...labelledTextInputs(slots),
    'competitiveness.split',
    ...embeddingsOf(slots, modelId),
  ],
  defaultParams: () => null,
  async run({ params, seed, input, store, worker, compute, deps, signal, progress }) {
    const labels = input('competitiveness.labels');
    const split = input('competitiveness.split');
    const { rows, train, dev, test } = splitRowsOf(store, labels, split);
    const texts = labelledTexts(store, rows);
    const folder = modelFolderOf(deps, params.modelId);
    const model = await describeModel(folder);
    const hash = modelHash(await readManifest(folder));
    const vectors = new Float32Array(texts.length * model.hiddenSize);
    const missing = takeKnownVectors(store, rows, params.modelId, vectors);
    if (missing.length > 0) {
      const embedded = await worker.run(
        {
          type: 'embed',
          folder,
          hash,
          tuned: null,
          texts: missing.map((index) => texts[index] ?? ''),
          maxLength: MAX_LENGTH,
          threads: deps.threads(),
        },
        {
          signal,
          onEvent(event) {
            if (event.type !== 'progress') return;
            const { done, total } = event;
            progress({
              fraction: (0.5 * done) / Math.max(1, total),
              phase: 'embedding',
              done,
              total,
              unit: 'texts',
              rate: null,
              etaMs: null,
            });
          },
        },
      );
      missing.forEach((index, at) => {
        const from = at * model.hiddenSize;
        vectors.set(embedded.vectors.subarray(from, from + model.hiddenSize), index * model.hiddenSize);
      });
    }
    const encoder = await worker.run(
      {
        type: 'latency',
        folder,
        hash,
        tuned: null,
        classes: null,
        texts: Array.from(test.subarray(0, LATENCY_TEXTS), (index) => texts[index] ?? ''),
        maxLength: MAX_LENGTH,
        repeats: LATENCY_REPEATS,
        threads: deps.threads(),
      },
      { signal },
    );
    const measured = await compute.run(
      'competitiveness.floors',
      {
        classes: labelsResultSchema.parse(labels.result).classes.map(({ label }) => label),
        texts: packStrings(texts),
        labels: rows.label,
        train,
        dev,
        test,
        vectors,
        modelId: params.modelId,
        encoderP95Ms: encoder.p95Ms,
        encoderMb: model.parameters === null ? model.sizeMb : (model.parameters * BYTES_PER_PARAMETER) / BYTES_PER_MB,
        seed,
      },
      {
        signal,
        onProgress: (p) => progress({ ...p, fraction: missing.length > 0 ? 0.5 + p.fraction / 2 : p.fraction }),
      },
    );
    const strongest = measured.floors.toSorted((a, b) => b.evaluation.accuracy.value - a.evaluation.accuracy.value)[0];
    const result: FloorsResult = {
      testLock: preparedDataSchema.parse(split.result).split.testLock,
      floors: [...measured.floors],
      strongestId: strongest?.id ?? 'majority',
      encoder: { modelId: params.modelId, textsPerSecond: encoder.textsPerSecond },
    };
    const parts = Object.entries(measured.predictions).map(([type, predicted]) => [type, bytesOf(predicted)] as const);
    return { type: 'done', result, parts: Object.fromEntries(parts) };
  },
});

/** Embeddings of stage 1 that this model made of labelled texts. */
function embeddingsOf(slots: SlotReader, modelId: string): string[] {
  return labelledDatasets(slots)
    .map((id) => `demand.embeddings:${id}`)
    .filter((slot) => (slots.current(slot)?.result as EmbeddingsResult | undefined)?.modelId === modelId);
}

/** Fills in the vectors that stage 1 has already; gives the indices of the rows that are still to be embedded. */
function takeKnownVectors(store: ProjectStore, rows: LabelRows, modelId: string, into: Float32Array): number[] {
  const known = new Map<string, Float32Array>();
  for (const slot of embeddingsOf(store, modelId)) {
    const artifact = store.current(slot);
    if (artifact === undefined) continue;
    const dataset = slot.slice('demand.embeddings:d'.length);
    const vectors = asFloat32(store.part(artifact, 'vectors'));
    const { dimensions } = artifact.result as EmbeddingsResult;
    asInt32(store.part(artifact, 'rows')).forEach((row, at) => {
      known.set(`${dataset}/${row}`, vectors.subarray(at * dimensions, (at + 1) * dimensions));
    });
  }
  const missing: number[] = [];
  rows.row.forEach((row, index) => {
    const vector = known.get(`${rows.dataset[index]}/${row}`);
    if (vector === undefined) missing.push(index);
    else into.set(vector, index * vector.length);
  });
  return missing;
}
