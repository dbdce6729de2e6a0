import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { languageOf } from '../../../../shared/stages/demand/clean/language.ts';
import { cleanResultSchema } from '../../../../shared/stages/demand/contract.ts';
import { columnIndex } from '../../../../shared/stages/demand/import/column-role.ts';
import { writeUnderKey } from '../../../files/sealed-file.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { asStrings, bytesOf } from '../../artifacts/parts.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, datasetNumber } from './columns.ts';

/** `modelId` null: by the language of the cleaned texts, which may not be there yet when the step is planned. */
const embeddingsParamsSchema = z.strictObject({
  modelId: z.nullable(z.string()),
  maxLength: z.int().min(2),
  /** An encoder tuned in stage 2 on this base model, as it stood when it was chosen. It is no input: its labels may come from topics, which rest on
   *  these vectors. */
  tuned: z.strictObject({ id: z.string(), artifactId: z.string() }).optional(),
});
const embeddingsResultSchema = z.strictObject({
  /** The base model, or the tuned encoder (V…). */
  modelId: z.string(),
  modelHash: z.string(),
  rows: z.int(),
  dimensions: z.int(),
  truncated: z.int(),
});
export type EmbeddingsResult = z.output<typeof embeddingsResultSchema>;

export const EMBEDDING_MAX_LENGTH = 128;

const CHINESE_ENCODER = 'bge-small-zh-v1.5';
const OTHER_ENCODER = 'all-MiniLM-L6-v2';

/** Rows looked at where cleaning has not told the language yet. */
const SAMPLE_ROWS = 500;

/** The bundled encoder for most of the texts: Chinese where more rows are Chinese than in any other language. */
function modelForLanguages(languages: readonly { readonly language: string; readonly rows: number }[]): string {
  const most = [...languages].sort((a, b) => b.rows - a.rows)[0]?.language;
  return most === 'zh' ? CHINESE_ENCODER : OTHER_ENCODER;
}

/** The encoder for a dataset, by its cleaned texts, else by its first rows as imported. */
export function modelForTexts(store: ProjectStore, datasetId: string): string {
  const clean = store.current(`demand.clean:${datasetId}`);
  if (clean !== undefined) return modelForLanguages(cleanResultSchema.parse(clean.result).languages);
  const column = datasetColumns(store, datasetId).find(({ role }) => role === 'text');
  if (column === undefined) return OTHER_ENCODER;
  const counts = new Map<string, number>();
  for (const { cells } of store.rows.page(datasetNumber(datasetId), 0, SAMPLE_ROWS)) {
    const language = languageOf((JSON.parse(cells) as string[])[columnIndex(column.id)] ?? '');
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return modelForLanguages([...counts].map(([language, rows]) => ({ language, rows })));
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
  defaultParams: () => ({ modelId: null, maxLength: EMBEDDING_MAX_LENGTH }),
  async run({ key, params, input, part, store, worker, deps, spoolFolder, spoolKey, signal, progress }) {
    const clean = input(`demand.clean:${key}`);
    const status = part(clean, 'status');
    const texts = asStrings(part(clean, 'textBytes'), part(clean, 'textOffsets'));
    const rows = Int32Array.from(texts.keys()).filter((row) => status[row] === 0 && texts[row] !== '');
    const modelId = params.modelId ?? modelForLanguages(cleanResultSchema.parse(clean.result).languages);
    const folder = modelFolderOf(deps, modelId);
    const manifest = await readManifest(folder);
    const startedMs = deps.monotonicMs();
    const embedded = await worker.run(
      {
        type: 'embed',
        folder,
        hash: modelHash(manifest),
        tuned: await tunedFile({ store, spoolFolder, spoolKey }, params.tuned),
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
        modelId: params.tuned?.id ?? modelId,
        modelHash: modelHash(manifest),
        rows: rows.length,
        dimensions: embedded.dimensions,
        truncated: embedded.truncated,
      },
      parts: { rows: bytesOf(rows), vectors: bytesOf(embedded.vectors) },
    };
  },
});

/** Lays the weights of a tuned encoder into the job's own folder; null where none was chosen. @throws AppError 'artifact.not-found' */
async function tunedFile(
  { store, spoolFolder, spoolKey }: Pick<StepContext<unknown>, 'store' | 'spoolFolder' | 'spoolKey'>,
  tuned: z.output<typeof embeddingsParamsSchema>['tuned'],
): Promise<string | null> {
  if (tuned === undefined) return null;
  const artifact = store.artifacts.get(tuned.artifactId);
  if (artifact === undefined) throw new AppError('artifact.not-found', { id: tuned.id });
  const file = join(spoolFolder, `encoder-${artifact.parts.weights?.blob ?? ''}.safetensors`);
  await writeUnderKey(file, spoolKey, [store.part(artifact, 'weights')]);
  return file;
}
