import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { because } from '../../../../shared/errors/reasons.ts';
import { adaptedModelSchema } from '../../../../shared/stages/adaptation/results.ts';
import { formatOf } from '../../../../shared/stages/competitiveness/compression/technique.ts';
import {
  labelsResultSchema,
  type RunRecord,
  runRecordSchema,
} from '../../../../shared/stages/competitiveness/results.ts';
import type { Ranges, StorageFormat } from '../../../../shared/train/storage.ts';
import { writeUnderKey } from '../../../files/sealed-file.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { kindOf, type SlotReader, type StepContext } from '../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { EngineDeps } from '../../deps.ts';
import type { ProjectStore } from '../../project-store.ts';

/** A model of this project as the model process is asked about it. */
export interface AskedModel {
  /** Folder of the base model, and its hash. */
  readonly folder: string;
  readonly hash: string;
  /** Classes, or the outputs of what else it predicts. */
  readonly outputs: number;
  readonly maxLength: number;
  readonly precision: StorageFormat;
  /** Parts that stay float32, and what activations are taken to be. */
  readonly keep: readonly string[];
  readonly ranges: Ranges;
  /** The artifact whose part `weights` holds what was tuned. */
  readonly weights: ArtifactRecord;
}

/** A model of this project that answers one of several classes: a run (R…), one compressed from it (C…) or one adapted to a scenario (A…). */
export interface ProjectModel extends AskedModel {
  readonly id: string;
  readonly name: string;
  readonly slot: string;
  /** Class names in the order of the outputs. */
  readonly labels: readonly string[];
  /** Base model. */
  readonly modelId: string;
}

/** The slot in which a model of one of several classes stands. @throws AppError 'artifact.not-found'; 'competitiveness.task-run' for a run that
 *  predicts something else */
export function modelSlot(id: string): string {
  if (/^R\d+$/.test(id)) return `competitiveness.run:${id}`;
  if (/^C\d+$/.test(id)) return `competitiveness.compressed:${id}`;
  if (/^A\d+$/.test(id)) return `adaptation.model:${id}`;
  if (/^H\d+$/.test(id)) throw new AppError('competitiveness.task-run', { runId: id });
  throw new AppError('artifact.not-found', { id });
}

/** What is recorded of a model, whichever stage made it. */
export function modelRecord({ slot, result }: Pick<ArtifactRecord, 'slot' | 'result'>): RunRecord {
  return kindOf(slot) === 'adaptation.model' ? adaptedModelSchema.parse(result) : runRecordSchema.parse(result);
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
    outputs: adapted.labels.length,
    modelId: adapted.modelId,
    folder: modelFolderOf(deps, adapted.modelId),
    hash: adapted.modelHash,
    maxLength: adapted.maxLength,
    precision: adapted.precision,
    keep: adapted.keep,
    ranges: adapted.ranges,
    weights: artifact,
  };
}

function modelOfRun(store: ProjectStore, deps: EngineDeps, id: string, artifact: ArtifactRecord): ProjectModel {
  const run = runRecordSchema.parse(artifact.result);
  const weights = weightsOf(store, artifact);
  const parent = runRecordSchema.parse(weights.result);
  const { classes } = labelsResultSchema.parse(inputArtifact(store, artifact, 'competitiveness.labels').result);
  return {
    id,
    name: run.name,
    slot: artifact.slot,
    labels: classes.map(({ label }) => label),
    outputs: classes.length,
    modelId: run.modelId,
    folder: modelFolderOf(deps, run.modelId),
    hash: run.modelHash,
    maxLength: parent.config?.maxLength ?? 128,
    precision: run.compression === null ? 'float32' : formatOf(run.compression.technique),
    keep: run.compression?.options?.keep ?? [],
    ranges: run.compression?.ranges ?? {},
    weights,
  };
}

/** The artifact that holds a model's weights: a model whose weights are only stored otherwise has those of what it was made of. */
function weightsOf(store: ProjectStore, artifact: ArtifactRecord): ArtifactRecord {
  const { compression } = runRecordSchema.parse(artifact.result);
  if (compression === null || artifact.parts.weights !== undefined) return artifact;
  return weightsOf(store, inputArtifact(store, artifact, modelSlot(compression.sourceId ?? compression.parentId)));
}

/** The model at the bottom of what was compressed: itself for one that was trained. */
export function originalOf(artifact: ArtifactRecord): string {
  const { id, compression } = modelRecord(artifact);
  return compression?.parentId ?? id;
}

/** The version of an input that an artifact was made from, though another may stand by now. @throws AppError 'artifact.input-missing' */
export function inputArtifact(store: ProjectStore, artifact: ArtifactRecord, slot: string): ArtifactRecord {
  const id = artifact.inputs.find((input) => input.slot === slot)?.artifactId;
  const found = id === undefined ? undefined : store.artifacts.get(id);
  if (found === undefined) throw new AppError('artifact.input-missing', { slot });
  return found;
}

/** The same question about the model stored otherwise; the parts that are kept belong to its own way.
 *  @throws AppError 'request.invalid' for a way that has to be measured first */
export function storedAs<R extends Pick<ProjectModel, 'precision' | 'keep' | 'ranges'>>(
  request: R,
  precision: StorageFormat,
): R {
  if (precision === request.precision) return request;
  if (precision !== 'float32' && precision !== 'int8') {
    const problem = because('compress-first', { precision });
    throw new AppError('request.invalid', { name: 'landing.package', path: 'precision', problem });
  }
  return { ...request, precision, keep: [], ranges: {} };
}

/** What every question to the model process says about the model. The tuned weights are laid into the job's own folder, once. */
export async function modelRequest(
  { store, deps, spoolFolder, spoolKey }: Pick<StepContext<unknown>, 'store' | 'deps' | 'spoolFolder' | 'spoolKey'>,
  model: AskedModel,
) {
  const blob = model.weights.parts.weights?.blob ?? '';
  const tuned = join(spoolFolder, `weights-${blob}.safetensors`);
  if (!existsSync(tuned)) await writeUnderKey(tuned, spoolKey, [store.part(model.weights, 'weights')]);
  return {
    folder: model.folder,
    hash: model.hash,
    tuned,
    precision: model.precision,
    keep: [...model.keep],
    ranges: model.ranges,
    classes: model.outputs,
    maxLength: model.maxLength,
    threads: deps.threads(),
  };
}
