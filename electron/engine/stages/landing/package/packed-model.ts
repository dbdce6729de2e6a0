import { z } from 'zod';
import { preparedDataSchema } from '../../../../../shared/stages/competitiveness/contract.ts';
import { labelsResultSchema, runRecordSchema } from '../../../../../shared/stages/competitiveness/results.ts';
import type { Recipe } from '../../../../../shared/stages/demand/clean/recipe.ts';
import { keyOf } from '../../../artifacts/kind.ts';
import { asInt32, asStrings } from '../../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../../db/repositories/artifact.ts';
import type { EngineDeps } from '../../../deps.ts';
import type { ProjectStore } from '../../../project-store.ts';
import { scenarioRows } from '../../adaptation/data.ts';
import { cleansBehind, recipeOf, rowsBehind } from '../../competitiveness/model-cleaning.ts';
import { inputArtifact, modelSlot, type ProjectModel, projectModel } from '../../competitiveness/project-model.ts';
import { splitRowsOf } from '../../competitiveness/split.ts';
import { datasetName } from '../../demand/columns.ts';

/** What every model's record has, whichever stage made it, and the threshold that an adapted one may have. */
const modelRecordSchema = z.object({
  ...runRecordSchema.shape,
  reject: z.nullish(z.object({ confidence: z.number() })),
});

/** The rows that a model was made from, as they were then. */
interface ModelRows {
  readonly language: 'zh' | 'en' | 'mixed';
  readonly seed: number | null;
  /** Dataset number, row and class of every row. */
  readonly dataset: Int32Array;
  readonly row: Int32Array;
  readonly label: Int32Array;
  /** Indices into these, by part. */
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly test: Int32Array;
}

/** A model with the rows on which it was measured. */
export interface PackedModel {
  readonly model: ProjectModel;
  readonly artifact: ArtifactRecord;
  readonly record: z.output<typeof modelRecordSchema>;
  readonly language: 'zh' | 'en' | 'mixed';
  readonly seed: number | null;
  /** Rows of each class by part. */
  readonly counts: readonly { readonly train: number; readonly dev: number; readonly test: number }[];
  /** Rows by which the model was chosen: cleaned text and class. */
  readonly dev: { readonly texts: readonly string[]; readonly actual: Int32Array };
  /** Locked test rows: where they stand, cleaned text, class and what the model answered. */
  readonly test: {
    readonly dataset: Int32Array;
    readonly row: Int32Array;
    readonly texts: readonly string[];
    readonly actual: Int32Array;
    readonly predicted: Int32Array;
  };
  /** Datasets of the labelled rows with the recipe that cleaned them. */
  readonly sources: readonly { readonly id: string; readonly name: string; readonly recipe: Recipe }[];
}

/** @throws AppError 'artifact.not-found' | 'artifact.input-missing' */
export function packedModel(store: ProjectStore, deps: EngineDeps, id: string): PackedModel {
  const model = projectModel(store, deps, id);
  const artifact = inModelSlot(store, id);
  const behind = rowsBehind(store, artifact, model.weights);
  const rows = id.startsWith('A') ? scenarioModelRows(store, behind) : splitModelRows(store, behind);
  const cleans = cleansBehind(store, behind);
  const textsOf = new Map(
    cleans.map((clean) => [
      Number(keyOf(clean.slot).slice(1)),
      asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets')),
    ]),
  );
  const count = (indices: Int32Array, wanted: number) =>
    indices.reduce((n, at) => n + (rows.label[at] === wanted ? 1 : 0), 0);
  const textsAt = (indices: Int32Array) =>
    Array.from(indices, (at) => textsOf.get(rows.dataset[at]!)?.[rows.row[at]!] ?? '');
  const { dev, test } = rows;
  return {
    model,
    artifact,
    record: modelRecordSchema.parse(artifact.result),
    language: rows.language,
    seed: rows.seed,
    counts: model.labels.map((_, wanted) => ({
      train: count(rows.train, wanted),
      dev: count(rows.dev, wanted),
      test: count(test, wanted),
    })),
    dev: { texts: textsAt(dev), actual: dev.map((at) => rows.label[at]!) },
    test: {
      dataset: test.map((at) => rows.dataset[at]!),
      row: test.map((at) => rows.row[at]!),
      texts: textsAt(test),
      actual: test.map((at) => rows.label[at]!),
      predicted: asInt32(store.part(artifact, 'predictions')),
    },
    sources: cleans.map((clean) => ({
      id: keyOf(clean.slot),
      name: datasetName(store, keyOf(clean.slot)),
      recipe: recipeOf(clean),
    })),
  };
}

/** What stands in a model's slot; `projectModel` has seen that something does. */
function inModelSlot(store: ProjectStore, id: string): ArtifactRecord {
  return store.current(modelSlot(id)) as ArtifactRecord;
}

/** Rows of a model of stage 2. */
function splitModelRows(store: ProjectStore, split: ArtifactRecord): ModelRows {
  const labels = inputArtifact(store, split, 'competitiveness.labels');
  const prepared = preparedDataSchema.parse(split.result).split;
  const { rows, train, dev, test } = splitRowsOf(store, labels, split);
  return {
    language: labelsResultSchema.parse(labels.result).language,
    seed: prepared.testSource === 'share' ? prepared.seed : null,
    ...rows,
    train,
    dev,
    test,
  };
}

/** Rows of a model that was adapted to a scenario. */
function scenarioModelRows(store: ProjectStore, data: ArtifactRecord): ModelRows {
  const { result, dataset, row, label, train, dev, test } = scenarioRows(store, data);
  return {
    language: result.language,
    seed: data.seed,
    dataset: row.map(() => dataset),
    row,
    label,
    train,
    dev,
    test,
  };
}
