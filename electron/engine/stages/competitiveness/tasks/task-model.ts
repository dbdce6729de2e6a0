import { type TaskRun, taskRunSchema } from '../../../../../shared/stages/competitiveness/tasks/results.ts';
import { outputsOf } from '../../../../../shared/train/text-task.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import type { ArtifactRecord } from '../../../db/repositories/artifact.ts';
import type { EngineDeps } from '../../../deps.ts';
import type { AskedModel } from '../project-model.ts';

/** A run of a task (H…). */
export interface TaskModel extends AskedModel {
  readonly run: TaskRun;
}

export const isTaskRun = (id: string) => /^H\d+$/.test(id);
export const taskRunSlot = (runId: string) => `competitiveness.taskRun:${runId}`;

export function taskModel(deps: EngineDeps, artifact: ArtifactRecord): TaskModel {
  const run = taskRunSchema.parse(artifact.result);
  return {
    run,
    folder: modelFolderOf(deps, run.modelId),
    hash: run.modelHash,
    outputs: outputsOf(run.task, Math.max(1, run.labels.length)),
    maxLength: run.config.maxLength,
    precision: 'float32',
    keep: [],
    ranges: {},
    weights: artifact,
  };
}
