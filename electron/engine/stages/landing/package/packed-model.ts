import { z } from 'zod';
import { preparedDataSchema } from '../../../../../shared/stages/competitiveness/contract.ts';
import { labelsResultSchema, runRecordSchema } from '../../../../../shared/stages/competitiveness/results.ts';
import type { Recipe } from '../../../../../shared/stages/demand/clean/recipe.ts';
import { keyOf, kindOf } from '../../../artifacts/kind.ts';
import { asFloat32, asInt32, asStrings } from '../../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../../db/repositories/artifact.ts';
import type { EngineDeps } from '../../../deps.ts';
import type { ProjectStore } from '../../../project-store.ts';
import { inputArtifact, modelSlot, type ProjectModel, projectModel } from '../../competitiveness/project-model.ts';
import { splitRowsOf } from '../../competitiveness/split.ts';
import { cleanParamsSchema } from '../../demand/clean.ts';
import { datasetName } from '../../demand/columns.ts';

/** What every model's record has, whichever stage made it, and the threshold that an adapted one may have. */
export const modelRecordSchema = z.object({
  ...runRecordSchema.shape,
  reject: z.nullish(z.object({ confidence: z.number() })),
});
export type ModelRecord = z.output<typeof modelRecordSchema>;

/** A model with the rows on which it was measured, as they were then. */
export interface PackedModel {
  readonly model: ProjectModel;
  readonly artifact: ArtifactRecord;
  readonly record: ModelRecord;
  readonly language: 'zh' | 'en' | 'mixed';
  readonly seed: number | null;
  /** Rows of each class by part. */
  readonly counts: readonly { readonly train: number; readonly dev: number; readonly test: number }[];
  /** Locked test rows: cleaned text, class, what the model answered and how sure it was. */
  readonly test: {
    readonly texts: readonly string[];
    readonly actual: Int32Array;
    readonly predicted: Int32Array;
    readonly confidence: Float32Array;
  };
  /** Datasets of the labelled rows with the recipe that cleaned them. */
  readonly sources: readonly { readonly id: string; readonly name: string; readonly recipe: Recipe }[];
}

/** @throws AppError 'artifact.not-found' | 'artifact.input-missing' */
export function packedModel(store: ProjectStore, deps: EngineDeps, id: string): PackedModel {
  const model = projectModel(store, deps, id);
  const artifact = store.current(modelSlot(id)) as ArtifactRecord;
  const rows = splitRows(store, [artifact, model.weights]);
  const cleans = rows.cleans.map((clean) => ({ id: keyOf(clean.slot), clean }));
  const textsOf = new Map(
    cleans.map(({ id: dataset, clean }) => [
      Number(dataset.slice(1)),
      asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets')),
    ]),
  );
  const { label, dataset, row } = rows.split.rows;
  const count = (indices: Int32Array, wanted: number) =>
    indices.reduce((n, at) => n + (label[at] === wanted ? 1 : 0), 0);
  return {
    model,
    artifact,
    record: modelRecordSchema.parse(artifact.result),
    language: rows.language,
    seed: rows.seed,
    counts: model.labels.map((_, wanted) => ({
      train: count(rows.split.train, wanted),
      dev: count(rows.split.dev, wanted),
      test: count(rows.split.test, wanted),
    })),
    test: {
      texts: Array.from(rows.split.test, (at) => textsOf.get(dataset[at]!)?.[row[at]!] ?? ''),
      actual: rows.split.test.map((at) => label[at]!),
      predicted: asInt32(store.part(artifact, 'predictions')),
      confidence: asFloat32(store.part(artifact, 'confidence')),
    },
    sources: cleans.map(({ id: datasetId, clean }) => ({
      id: datasetId,
      name: datasetName(store, datasetId),
      recipe: cleanParamsSchema.parse(clean.params).recipe,
    })),
  };
}

/** The split of a model of stage 2: that of its own inputs, else of the run that it was compressed from. */
function splitRows(store: ProjectStore, [artifact, weights]: readonly [ArtifactRecord, ArtifactRecord]) {
  const has = artifact.inputs.some(({ slot }) => slot === 'competitiveness.split');
  const split = inputArtifact(store, has ? artifact : weights, 'competitiveness.split');
  const labels = inputArtifact(store, split, 'competitiveness.labels');
  const { split: prepared } = preparedDataSchema.parse(split.result);
  return {
    split: splitRowsOf(store, labels, split),
    language: labelsResultSchema.parse(labels.result).language,
    seed: prepared.testSource === 'share' ? prepared.seed : null,
    cleans: split.inputs
      .filter(({ slot }) => kindOf(slot) === 'demand.clean')
      .map(({ slot }) => inputArtifact(store, split, slot)),
  };
}
