import { z } from 'zod';
import { answersOf, type Reading, saidBy } from '../../../../../shared/stages/competitiveness/tasks/outputs.ts';
import {
  type TaskAnswers,
  type TaskRun,
  taskAnswersSchema,
} from '../../../../../shared/stages/competitiveness/tasks/results.ts';
import { sigmoid } from '../../../../../shared/statistics/sigmoid.ts';
import { defineKind } from '../../../artifacts/kind.ts';
import { cleanedTexts, cleaningOfRows } from '../model-cleaning.ts';
import { inputArtifact, modelRequest } from '../project-model.ts';
import { taskDataSlot } from './data.ts';
import { type TaskModel, taskModel, taskRunSlot } from './task-model.ts';

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
  async run(context) {
    const { key, params, input, store, worker, deps, signal } = context;
    const artifact = input(taskRunSlot(key));
    const model = taskModel(deps, artifact);
    const cleaning = cleaningOfRows(store, inputArtifact(store, artifact, taskDataSlot(model.run.task)));
    const texts = cleanedTexts(params.texts, cleaning, 'competitiveness.answerTexts');
    const request = await modelRequest(context, model);
    const { logits } = await worker.run({ type: 'classify', ...request, texts }, { signal });
    return { type: 'done', result: answersOfRun(model, params.texts, logits) };
  },
});

function answersOfRun({ run, outputs }: TaskModel, texts: readonly string[], logits: Float32Array): TaskAnswers {
  const { task } = run;
  return {
    runId: run.id,
    task,
    outputs: task === 'regression' ? [] : run.labels.slice(0, outputs),
    answers: texts.map((text, at) => {
      const own = logits.subarray(at * outputs, (at + 1) * outputs);
      const said = saidByOutputs(run, own);
      return {
        text,
        labels: typeof said === 'number' ? [] : [said].flat(),
        value: typeof said === 'number' ? said : null,
        probabilities: task === 'regression' ? [] : Array.from(own, sigmoid),
      };
    }),
  };
}

/** What the outputs of a run say of one text. */
export const saidByOutputs = (run: TaskRun, logits: Float32Array) => saidBy(run, answersOf(readingOf(run), logits));

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
