import { AppError } from '../../../../shared/errors/app-error.ts';
import { adaptedModelSchema } from '../../../../shared/stages/adaptation/results.ts';
import { runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { asInt32, asStrings } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { dataSlot, scenarioRows } from '../adaptation/data.ts';
import { inputArtifact, modelSlot } from '../competitiveness/project-model.ts';
import { splitRowsOf } from '../competitiveness/split.ts';

export interface DriftReference {
  /** Number of the dataset and row of each training text. */
  readonly dataset: Int32Array;
  readonly row: Int32Array;
  readonly texts: readonly string[];
  /** Class, by the model, of the locked test rows: shares to which its answers to new texts compare; labels of the training rows where it has none. */
  readonly labels: { readonly origin: 'test-predictions' | 'training-labels'; readonly label: Int32Array };
}

/** What a model was trained on, as it was then: a run's or a compressed run's training rows, an adapted model's those of its scenario, and where
 *  nothing was trained, those of the model that it was made from. @throws AppError 'service.no-reference' */
export function driftReference(store: ProjectStore, modelId: string): DriftReference {
  const artifact = store.current(modelSlot(modelId));
  if (artifact === undefined) throw new AppError('artifact.not-found', { id: modelId });
  try {
    const found = modelId.startsWith('A') ? adaptedReference(store, artifact) : runReference(store, artifact);
    if (found.texts.length > 0) return found;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  throw new AppError('service.no-reference', { modelId });
}

function adaptedReference(store: ProjectStore, artifact: ArtifactRecord): DriftReference {
  const { scenarioId, sourceId, compression } = adaptedModelSchema.parse(artifact.result);
  const trained = compression === null ? artifact : inputArtifact(store, artifact, modelSlot(compression.parentId));
  if (adaptedModelSchema.parse(trained.result).steps === 0) return driftReference(store, sourceId);
  const data = scenarioRows(store, inputArtifact(store, artifact, dataSlot(scenarioId)));
  return {
    dataset: data.train.map(() => data.dataset),
    row: data.train.map((at) => data.row[at]!),
    texts: Array.from(data.train, (at) => data.texts[at]!),
    labels: { origin: 'test-predictions', label: asInt32(store.part(artifact, 'predictions')) },
  };
}

function runReference(store: ProjectStore, artifact: ArtifactRecord): DriftReference {
  const run = runRecordSchema.parse(artifact.result);
  const trained =
    run.compression === null ? artifact : inputArtifact(store, artifact, modelSlot(run.compression.parentId));
  const split = inputArtifact(store, trained, 'competitiveness.split');
  const { rows, train } = splitRowsOf(store, inputArtifact(store, trained, 'competitiveness.labels'), split);
  const tables = new Map<number, readonly string[]>();
  const textOf = (dataset: number, row: number): string => {
    let table = tables.get(dataset);
    if (table === undefined) {
      const clean = inputArtifact(store, trained, `demand.clean:d${dataset}`);
      table = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
      tables.set(dataset, table);
    }
    return table[row] ?? '';
  };
  return {
    dataset: train.map((at) => rows.dataset[at]!),
    row: train.map((at) => rows.row[at]!),
    texts: Array.from(train, (at) => textOf(rows.dataset[at]!, rows.row[at]!)),
    labels:
      artifact.parts.predictions === undefined
        ? { origin: 'training-labels', label: train.map((at) => rows.label[at]!) }
        : { origin: 'test-predictions', label: asInt32(store.part(artifact, 'predictions')) },
  };
}
