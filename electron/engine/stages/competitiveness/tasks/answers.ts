import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { answersOf, type Reading } from '../../../../../shared/stages/competitiveness/tasks/outputs.ts';
import {
  type TaskAnswers,
  type TaskRun,
  taskAnswersSchema,
  taskRunSchema,
} from '../../../../../shared/stages/competitiveness/tasks/results.ts';
import { sigmoid } from '../../../../../shared/statistics/sigmoid.ts';
import { outputsOf } from '../../../../../shared/train/text-task.ts';
import { writeUnderKey } from '../../../../files/sealed-file.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { defineKind } from '../../../artifacts/kind.ts';
import { cleanedTexts, cleaningOfRows } from '../model-cleaning.ts';
import { inputArtifact } from '../project-model.ts';
import { taskDataSlot } from './data.ts';

export const taskRunSlot = (runId: string) => `competitiveness.taskRun:${runId}`;
export const taskAnswersSlot = (runId: string) => `competitiveness.taskAnswers:${runId}`;

/** What a run of a task answers to texts that a person gives, cleaned as those that it learnt from. */
export const taskAnswersKind = defineKind({
  name: 'competitiveness.taskAnswers',
  stage: 'competitiveness',
  lane: 'infer',
  revision: 2,
  params: z.strictObject({ texts: z.array(z.string()) }),
  result: taskAnswersSchema,
  pausable: false,
  training: false,
  inputs: (_params, _slots, key) => [taskRunSlot(key)],
  defaultParams: () => null,
  async run({ key, params: { texts }, input, store, worker, deps, spoolFolder, spoolKey, signal }) {
    const artifact = input(taskRunSlot(key));
    const run = taskRunSchema.parse(artifact.result);
    const tuned = join(spoolFolder, 'weights.safetensors');
    if (!existsSync(tuned)) await writeUnderKey(tuned, spoolKey, [store.part(artifact, 'weights')]);
    const labels = Math.max(1, run.labels.length);
    const outputs = outputsOf(run.task, labels);
    const cleaning = cleaningOfRows(store, inputArtifact(store, artifact, taskDataSlot(run.task)));
    const { logits } = await worker.run(
      {
        type: 'classify',
        folder: modelFolderOf(deps, run.modelId),
        hash: run.modelHash,
        tuned,
        classes: outputs,
        texts: cleanedTexts(texts, cleaning, 'competitiveness.answerTexts'),
        maxLength: run.config.maxLength,
        threads: deps.threads(),
      },
      { signal },
    );
    return { type: 'done', result: answersOfRun(run, texts, logits) };
  },
});

function answersOfRun(run: TaskRun, texts: readonly string[], logits: Float32Array): TaskAnswers {
  const { task, scale } = run;
  const labels = Math.max(1, run.labels.length);
  const outputs = outputsOf(task, labels);
  const found = answersOf(readingOf(run), logits);
  const named = (text: number): string[] => {
    if (task === 'regression') return [];
    if (task === 'ordinal') return [run.labels[found[text]!] ?? ''];
    return run.labels.filter((_, label) => found[text * labels + label] === 1);
  };
  return {
    runId: run.id,
    task,
    outputs: task === 'regression' ? [] : run.labels.slice(0, outputs),
    answers: texts.map((text, at) => ({
      text,
      labels: named(at),
      value: scale === null ? null : found[at]!,
      probabilities:
        task === 'regression' ? [] : Array.from(logits.subarray(at * outputs, (at + 1) * outputs), sigmoid),
    })),
  };
}

/** How the outputs of a run are read. */
function readingOf({ task, labels, thresholds, scale }: TaskRun): Reading {
  return {
    task,
    labels: Math.max(1, labels.length),
    thresholds:
      // At a probability of 1 or 0 the logit is infinite: the label is never or always named.
      thresholds?.map(({ probability: p, tuned }) => ({ threshold: Math.log(p / (1 - p)), tuned })) ?? null,
    scale,
  };
}
