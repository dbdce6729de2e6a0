import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { topicEditSchema, topicsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { asFloat32, asInt32, asStringTable, bytesOf } from '../../artifacts/parts.ts';
import { datasetNumber, demandDatasetIds, hasRole } from './columns.ts';
import type { EmbeddingsResult } from './embeddings.ts';
import { adoptionInputs } from './inputs.ts';

const topicsParamsSchema = z.strictObject({ topics: z.nullable(z.int().min(2)) });

export const topicEditsParamsSchema = z.strictObject({ edits: z.array(topicEditSchema) });

/** The topics of all texts of the project. */
export const topicsKind = defineKind({
  name: 'demand.topics',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: topicsParamsSchema,
  result: topicsResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => [
    ...demandDatasetIds(slots)
      .filter((id) => hasRole(slots, id, 'text'))
      .flatMap((id) => [`demand.clean:${id}`, `demand.embeddings:${id}`]),
    ...adoptionInputs(slots),
  ],
  defaultParams: () => ({ topics: null }),
  async run({ params, seed, store, input, part, compute, signal, progress }) {
    const ids = demandDatasetIds(store).filter((id) => hasRole(store, id, 'text'));
    if (ids.length === 0) throw new AppError('demand.no-text', {});
    const embeddings = ids.map((id) => ({ id, artifact: input(`demand.embeddings:${id}`) }));
    const models = new Set(embeddings.map(({ artifact }) => (artifact.result as EmbeddingsResult).modelId));
    if (models.size > 1) throw new AppError('demand.mixed-models', { models: [...models].join(', ') });
    const found = await compute.run(
      'demand.topics',
      {
        modelId: [...models][0] ?? null,
        topics: params.topics,
        seed,
        sources: embeddings.map(({ id, artifact }) => {
          const clean = input(`demand.clean:${id}`);
          return {
            datasetId: id,
            rows: asInt32(part(artifact, 'rows')),
            vectors: asFloat32(part(artifact, 'vectors')),
            texts: asStringTable(part(clean, 'textBytes'), part(clean, 'textOffsets')),
            identities: asStringTable(part(clean, 'identityBytes'), part(clean, 'identityOffsets')),
          };
        }),
      },
      { signal, onProgress: progress },
    );
    const total = found.topicOf.length;
    const dataset = new Int32Array(total);
    const row = new Int32Array(total);
    let at = 0;
    for (const { id, artifact } of embeddings) {
      const rows = asInt32(part(artifact, 'rows'));
      dataset.fill(datasetNumber(id), at, at + rows.length);
      row.set(rows, at);
      at += rows.length;
    }
    return {
      type: 'done',
      result: found.result,
      parts: { dataset: bytesOf(dataset), row: bytesOf(row), topic: bytesOf(found.topicOf) },
    };
  },
});

/** The analyst's merges and renames, kept by the hashes of texts so that they survive a recompute. */
export const topicEditsKind = defineKind({
  name: 'demand.topicEdits',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: topicEditsParamsSchema,
  result: topicEditsParamsSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => ({ edits: [] }),
  run: async ({ params }) => ({ type: 'done', result: params }),
});
