import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { adaptedModelSchema } from '../../../../shared/stages/adaptation/results.ts';
import { labelsResultSchema, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { writeUnderKey } from '../../../files/sealed-file.ts';
import type { SlotReader, StepContext } from '../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { EngineDeps } from '../../deps.ts';
import type { ProjectStore } from '../../project-store.ts';

/** A model of this project that can answer: a run (R…), one compressed from it (C…) or one adapted to a scenario (A…). */
export interface ProjectModel {
  readonly id: string;
  readonly name: string;
  readonly slot: string;
  /** Class names in the order of the outputs. */
  readonly labels: readonly string[];
  /** Base model. */
  readonly modelId: string;
  readonly folder: string;
  readonly hash: string;
  readonly maxLength: number;
  readonly precision: 'float32' | 'int8';
  /** The artifact whose part `weights` holds what was tuned. */
  readonly weights: ArtifactRecord;
}

/** The slot in which a model stands. @throws AppError 'artifact.not-found' */
export function modelSlot(id: string): string {
  if (/^R\d+$/.test(id)) return `competitiveness.run:${id}`;
  if (/^C\d+$/.test(id)) return `competitiveness.compressed:${id}`;
  if (/^A\d+$/.test(id)) return `adaptation.model:${id}`;
  throw new AppError('artifact.not-found', { id });
}

/** Ids of all models that stand now: runs, compressed, adapted. */
export function projectModelIds(slots: SlotReader): readonly string[] {
  return ['competitiveness.run', 'competitiveness.compressed', 'adaptation.model'].flatMap((kind) =>
    slots.slotsOf(kind).map((slot) => slot.slice(kind.length + 1)),
  );
}

/** @throws AppError 'artifact.not-found' */
export function projectModel(store: ProjectStore, deps: EngineDeps, id: string): ProjectModel {
  const artifact = store.current(modelSlot(id));
  if (artifact === undefined) throw new AppError('artifact.not-found', { id });
  return id.startsWith('A') ? adaptedModel(deps, id, artifact) : modelOfRun(store, deps, id, artifact);
}

/** An adapted model holds all its weights and answers its scenario's classes. */
function adaptedModel(deps: EngineDeps, id: string, artifact: ArtifactRecord): ProjectModel {
  const adapted = adaptedModelSchema.parse(artifact.result);
  return {
    id,
    name: adapted.name,
    slot: artifact.slot,
    labels: adapted.labels,
    modelId: adapted.modelId,
    folder: join(deps.modelsFolder, adapted.modelId),
    hash: adapted.modelHash,
    maxLength: adapted.maxLength,
    precision: adapted.precision,
    weights: artifact,
  };
}

function modelOfRun(store: ProjectStore, deps: EngineDeps, id: string, artifact: ArtifactRecord): ProjectModel {
  const run = runRecordSchema.parse(artifact.result);
  const weights =
    run.compression === null ? artifact : inputArtifact(store, artifact, modelSlot(run.compression.parentId));
  const parent = run.compression === null ? run : runRecordSchema.parse(weights.result);
  const labels = inputArtifact(store, artifact, 'competitiveness.labels');
  return {
    id,
    name: run.name,
    slot: artifact.slot,
    labels: labelsResultSchema.parse(labels.result).classes.map(({ label }) => label),
    modelId: run.modelId,
    folder: join(deps.modelsFolder, run.modelId),
    hash: run.modelHash,
    maxLength: parent.config?.maxLength ?? 128,
    precision: run.compression?.technique === 'int8' ? 'int8' : 'float32',
    weights,
  };
}

/** The version of an input that an artifact was made from, though another may stand by now. @throws AppError 'artifact.input-missing' */
export function inputArtifact(store: ProjectStore, artifact: ArtifactRecord, slot: string): ArtifactRecord {
  const id = artifact.inputs.find((input) => input.slot === slot)?.artifactId;
  const found = id === undefined ? undefined : store.artifacts.get(id);
  if (found === undefined) throw new AppError('artifact.input-missing', { slot });
  return found;
}

/** What every question to the model process says about the model. The tuned weights are laid into the job's own folder, once. */
export async function modelRequest(
  { store, deps, spoolFolder, spoolKey }: Pick<StepContext<unknown>, 'store' | 'deps' | 'spoolFolder' | 'spoolKey'>,
  model: ProjectModel,
) {
  const blob = model.weights.parts.weights?.blob ?? '';
  const tuned = join(spoolFolder, `weights-${blob}.safetensors`);
  if (!existsSync(tuned)) await writeUnderKey(tuned, spoolKey, [store.part(model.weights, 'weights')]);
  return {
    folder: model.folder,
    hash: model.hash,
    tuned,
    precision: model.precision,
    classes: model.labels.length,
    maxLength: model.maxLength,
    threads: deps.threads(),
  };
}
