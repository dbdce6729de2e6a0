import type { Explanation, Said } from '../../../../shared/stages/competitiveness/explanation/results.ts';
import type { AppliedTemperature } from '../../../../shared/stages/competitiveness/results.ts';
import type { TextCleaning } from '../../../../shared/stages/demand/clean/text-cleaning.ts';
import { sigmoid } from '../../../../shared/statistics/sigmoid.ts';
import { softmaxAt } from '../../../../shared/statistics/softmax.ts';
import { predictedClasses } from '../../../../shared/train/evaluation.ts';
import type { ExplainRequest } from '../../../../shared/worker/explanation.ts';
import type { EngineDeps } from '../../deps.ts';
import type { ProjectStore } from '../../project-store.ts';
import { cleaningOfRows, modelCleaning } from './model-cleaning.ts';
import { float32Temperature } from './model-temperature.ts';
import { required } from './predictions.ts';
import { type AskedModel, inputArtifact, modelSlot, projectModel } from './project-model.ts';
import { saidByOutputs } from './tasks/answers.ts';
import { taskDataSlot } from './tasks/data.ts';
import { isTaskRun, taskModel, taskRunSlot } from './tasks/task-model.ts';

/** A model of this project as it is explained, whatever it predicts. */
export interface ExplainedModel {
  readonly model: AskedModel;
  readonly task: Explanation['task'];
  /** What the model process is told of that. */
  readonly asked: Pick<ExplainRequest, 'task' | 'scale'>;
  /** Classes or labels, each of which can be explained and has a probability; none of a rating or a number. */
  readonly targets: readonly string[];
  /** Levels of a rating from the lowest; none of others. */
  readonly levels: readonly string[];
  /** What logits [outputs] of one text say. */
  said(logits: Float32Array): Said;
  /** How likely they make each target. */
  probabilities(logits: Float32Array, temperature?: number): ArrayLike<number>;
  /** By which answers outside of explanations are calibrated; null where nothing applies, or what is explained is not what answers. */
  readonly temperature: AppliedTemperature | null;
}

/** @throws AppError 'artifact.not-found' for an id that no model has */
export const explainedSlot = (id: string) => (isTaskRun(id) ? taskRunSlot(id) : modelSlot(id));

/** @throws AppError 'artifact.not-found', 'artifact.input-missing' */
export function explainedModel(store: ProjectStore, deps: EngineDeps, id: string): ExplainedModel {
  if (isTaskRun(id)) return explainedTask(store, deps, id);
  const model = projectModel(store, deps, id);
  const { labels, outputs } = model;
  return {
    model,
    task: 'single-label',
    asked: {},
    targets: labels,
    levels: [],
    said: (logits) => labels[predictedClasses(logits, outputs)[0]!] ?? '',
    probabilities: (logits, temperature = 1) => softmaxAt(logits, outputs, temperature),
    temperature: float32Temperature(store, model),
  };
}

function explainedTask(store: ProjectStore, deps: EngineDeps, id: string): ExplainedModel {
  const { run, ...model } = taskModel(deps, required(store, taskRunSlot(id)));
  const { task, labels, scale } = run;
  return {
    model,
    task,
    asked: { task, ...(scale === null ? {} : { scale }) },
    targets: task === 'multi-label' ? labels : [],
    levels: task === 'ordinal' ? labels : [],
    said: (logits) => saidByOutputs(run, logits),
    probabilities: (logits) => Float64Array.from(logits, sigmoid),
    temperature: null,
  };
}

/** What is done to a text before the model reads it. @throws AppError 'artifact.not-found', 'artifact.input-missing' */
export function explainedCleaning(store: ProjectStore, deps: EngineDeps, id: string): TextCleaning {
  if (!isTaskRun(id)) return modelCleaning(store, projectModel(store, deps, id));
  const artifact = required(store, taskRunSlot(id));
  const { task } = taskModel(deps, artifact).run;
  return cleaningOfRows(store, inputArtifact(store, artifact, taskDataSlot(task)));
}
