import { z } from 'zod';
import { NO_PROGRESS } from '../../../../../shared/jobs/state.ts';
import {
  answersOf,
  isRankConsistent,
  type Reading,
  trainingTargets,
  tunedThresholds,
} from '../../../../../shared/stages/competitiveness/tasks/outputs.ts';
import { type TaskRun, taskRunSchema } from '../../../../../shared/stages/competitiveness/tasks/results.ts';
import { sigmoid } from '../../../../../shared/statistics/sigmoid.ts';
import { runConfigSchema } from '../../../../../shared/train/run-config.ts';
import { outputsOf, TEXT_TASKS } from '../../../../../shared/train/text-task.ts';
import type { WorkerEvent } from '../../../../../shared/worker/protocol.ts';
import { CHECKPOINT_EVERY_MS, type TrainResult } from '../../../../../shared/worker/training.ts';
import { readUnderKey } from '../../../../files/sealed-file.ts';
import { modelHash, readManifest } from '../../../../models/model-folder.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { defineKind } from '../../../artifacts/kind.ts';
import { bytesOf } from '../../../artifacts/parts.ts';
import { trainOn } from '../../../jobs/train-on.ts';
import { labelledTexts } from '../labels.ts';
import { trainedWith } from '../trained-with.ts';
import { createCurve } from '../training-curve.ts';
import { taskDataSlot, taskRows, taskTextInputs } from './data.ts';

const LATENCY_REPEATS = 50;
const LATENCY_TEXTS = 200;
const BYTES_PER_PARAMETER = 4;
const BYTES_PER_MB = 1_000_000;

/** A base model tuned on the training rows of a task and measured on its locked test rows. */
export const taskRunKind = defineKind({
  name: 'competitiveness.taskRun',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: z.strictObject({ task: z.enum(TEXT_TASKS), name: z.string(), modelId: z.string(), config: runConfigSchema }),
  result: taskRunSchema,
  pausable: true,
  outsideHash: ['latency', 'peakMemoryMb', 'trainDurationMs', 'series'],
  training: true,
  inputs: ({ task }, slots) => taskTextInputs(slots, task),
  defaultParams: () => null,
  async run(context) {
    const { key, params, input, store, worker, compute, deps, spoolFolder, spoolKey, signal, pause } = context;
    const { task, config, modelId } = params;
    const data = taskRows(store, input(taskDataSlot(task)));
    const { labels, names, train, dev, test } = data;
    const scale =
      data.result.scale === null ? null : { mean: data.result.scale.mean, deviation: data.result.scale.deviation };
    const texts = labelledTexts(store, data.place);
    const textsAt = (rows: Int32Array) => Array.from(rows, (row) => texts[row] ?? '');
    const targetsAt = (rows: Int32Array) => trainingTargets({ task, labels, scale }, data.valuesAt(rows));
    const pick = (rows: Int32Array) => ({
      texts: textsAt(rows),
      labels: new Int32Array(rows.length),
      targets: targetsAt(rows),
    });
    const folder = modelFolderOf(deps, modelId);
    const hash = modelHash(await readManifest(folder));
    const threads = deps.threads();
    const outputs = outputsOf(task, labels);
    const curve = createCurve(context.progress, context.series);
    context.progress({ ...NO_PROGRESS, phase: 'preparing' });
    const { result: trained, ...on } = await trainOn(
      worker,
      {
        type: 'train',
        folder,
        hash,
        tuned: null,
        config,
        task,
        classes: outputs,
        train: pick(train),
        dev: dev.length === 0 ? null : pick(dev),
        spool: spoolFolder,
        resume: true,
        checkpointEveryMs: CHECKPOINT_EVERY_MS,
        threads,
      },
      deps.provider(),
      { signal, pause, onEvent: curve.onEvent },
    );
    if (trained.type === 'paused') return { type: 'paused', checkpoint: spoolFolder };

    const model = { folder, hash, tuned: trained.tunedFile, classes: outputs, maxLength: config.maxLength, threads };
    const evaluating = (event: WorkerEvent) => {
      if (event.type === 'progress') curve.evaluating(event.done, event.total);
    };
    const testTexts = textsAt(test);
    const { logits } = await worker.run(
      { type: 'classify', ...model, texts: testTexts },
      { signal, onEvent: evaluating },
    );
    const latency = await worker.run(
      { type: 'latency', ...model, texts: testTexts.slice(0, LATENCY_TEXTS), repeats: LATENCY_REPEATS },
      { signal },
    );
    const thresholds = task === 'multi-label' ? tunedThresholds(trained.devLogits, targetsAt(dev), labels) : null;
    const reading: Reading = { task, labels, thresholds, scale };
    const predicted = answersOf(reading, logits);
    const evaluation = await compute.run(
      'competitiveness.evaluateTask',
      { answers: { task, labels, actual: data.valuesAt(test), predicted }, names, seed: config.seed },
      { signal },
    );
    const result: TaskRun = {
      id: key,
      name: params.name,
      task,
      modelId,
      modelHash: hash,
      config,
      labels: [...names],
      thresholds: thresholds?.map(({ threshold, tuned }) => ({ probability: sigmoid(threshold), tuned })) ?? null,
      scale,
      rankConsistent: task === 'ordinal' ? isRankConsistent(logits, outputs) : null,
      trainableParameters: trained.trainableParameters,
      parameters: trained.parameters,
      testLock: data.result.testLock,
      steps: trained.steps,
      bestStep: trained.bestStep,
      stoppedEarly: trained.stoppedEarly,
      dev: devOf(trained, dev.length),
      test: evaluation,
      latency,
      sizeMb: (trained.parameters * BYTES_PER_PARAMETER) / BYTES_PER_MB,
      peakMemoryMb: trained.peakMemoryMb,
      trainDurationMs: trained.trainMs,
      ...trainedWith(on),
    };
    return {
      type: 'done',
      result,
      parts: {
        predictions: bytesOf(predicted),
        weights: await readUnderKey(trained.tunedFile, spoolKey),
        series: Buffer.from(JSON.stringify(curve.finished(trained))),
      },
    };
  },
});

/** The evaluation of the weights kept; null without dev rows. */
function devOf({ evaluations, bestStep }: Extract<TrainResult, { type: 'finished' }>, rows: number): TaskRun['dev'] {
  const scored = evaluations.filter((evaluation) => 'score' in evaluation);
  const kept = scored.find(({ step }) => step === bestStep) ?? scored.at(-1);
  return kept === undefined ? null : { rows, score: kept.score, loss: kept.loss };
}
