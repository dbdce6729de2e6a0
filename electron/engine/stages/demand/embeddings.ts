import { join } from 'node:path';
import { z } from 'zod';
import { cleanResultSchema } from '../../../../shared/stages/demand/contract.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { asStrings, bytesOf } from '../../artifacts/parts.ts';

const embeddingsParamsSchema = z.strictObject({ modelId: z.string(), maxLength: z.int().min(2) });
const embeddingsResultSchema = z.strictObject({
  modelId: z.string(),
  modelHash: z.string(),
  rows: z.int(),
  dimensions: z.int(),
  truncated: z.int(),
});
export type EmbeddingsResult = z.output<typeof embeddingsResultSchema>;

export const EMBEDDING_MAX_LENGTH = 128;

/** The bundled encoder for most of the texts: Chinese where more rows are Chinese than anything else. */
export function modelForTexts(slots: SlotReader, datasetId: string): string {
  const clean = slots.current(`demand.clean:${datasetId}`);
  if (clean === undefined) return 'all-MiniLM-L6-v2';
  const { languages } = cleanResultSchema.parse(clean.result);
  const most = [...languages].sort((a, b) => b.rows - a.rows)[0]?.language;
  return most === 'zh' ? 'bge-small-zh-v1.5' : 'all-MiniLM-L6-v2';
}

/** Vectors of the cleaned texts of a dataset, made by a base encoder. */
export const embeddingsKind = defineKind({
  name: 'demand.embeddings',
  stage: 'demand',
  lane: 'infer',
  revision: 1,
  params: embeddingsParamsSchema,
  result: embeddingsResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, _slots, key) => [`demand.clean:${key}`],
  defaultParams: (slots, key) => ({ modelId: modelForTexts(slots, key), maxLength: EMBEDDING_MAX_LENGTH }),
  async run({ key, params, input, part, worker, deps, signal, progress }) {
    const clean = input(`demand.clean:${key}`);
    const status = part(clean, 'status');
    const texts = asStrings(part(clean, 'textBytes'), part(clean, 'textOffsets'));
    const rows = Int32Array.from(texts.keys()).filter((row) => status[row] === 0 && texts[row] !== '');
    const folder = join(deps.modelsFolder, params.modelId);
    const manifest = await readManifest(folder);
    const startedMs = deps.monotonicMs();
    const embedded = await worker.run(
      {
        type: 'embed',
        folder,
        hash: modelHash(manifest),
        tuned: null,
        texts: Array.from(rows, (row) => texts[row] ?? ''),
        maxLength: params.maxLength,
        threads: deps.threads(),
      },
      {
        signal,
        onEvent(event) {
          if (event.type !== 'progress') return;
          const { done, total } = event;
          const rate = done / Math.max(0.001, (deps.monotonicMs() - startedMs) / 1000);
          const etaMs = rate > 0 ? ((total - done) / rate) * 1000 : null;
          progress({
            fraction: done / Math.max(1, total),
            phase: 'embedding',
            done,
            total,
            unit: 'texts',
            rate,
            etaMs,
          });
        },
      },
    );
    return {
      type: 'done',
      result: {
        modelId: params.modelId,
        modelHash: modelHash(manifest),
        rows: rows.length,
        dimensions: embedded.dimensions,
        truncated: embedded.truncated,
      },
      parts: { rows: bytesOf(rows), vectors: bytesOf(embedded.vectors) },
    };
  },
});
