import { z } from 'zod';
import { NO_PROGRESS } from '../../../../../shared/jobs/state.ts';
import {
  answersOf,
  isRankConsistent,
  type Reading,
  tunedThresholds,
} from '../../../../../shared/stages/competitiveness/tasks/outputs.ts';
import { type TaskRun, taskRunSchema } from '../../../../../shared/stages/competitiveness/tasks/results.ts';
import { pointFigures, taskSeeds } from '../../../../../shared/stages/competitiveness/tasks/seeds.ts';
import { expectedCostSchema } from '../../../../../shared/stages/competitiveness/training-plan.ts';
import { sigmoid } from '../../../../../shared/statistics/sigmoid.ts';
import { runConfigSchema } from '../../../../../shared/train/run-config.ts';
import { TEXT_TASKS, taskScore } from '../../../../../shared/train/text-task.ts';
import type { WorkerEvent } from '../../../../../shared/worker/protocol.ts';
import { readUnderKey } from '../../../../files/sealed-file.ts';
import { modelHash, readManifest } from '../../../../models/model-folder.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { defineKind } from '../../../artifacts/kind.ts';
import { bytesOf } from '../../../artifacts/parts.ts';
import { type OneTraining, seedListSchema, trainSeeds } from '../train-seeds.ts';
import { taskTextInputs } from './data.ts';
import { taskTraining } from './training.ts';

const LATENCY_REPEATS = 50;
const LATENCY_TEXTS = 200;
const BYTES_PER_PARAMETER = 4;
const BYTES_PER_MB = 1_000_000;

const runParamsSchema = z.strictObject({
  task: z.enum(TEXT_TASKS),
  name: z.string(),
  modelId: z.string(),
  config: runConfigSchema,
  seeds: seedListSchema,
  /** What the plan of trainings said of it when it was started, where it said anything. */
  planned: expectedCostSchema.optional(),
});
export type TaskRunParams = z.output<typeof runParamsSchema>;

/** A base model tuned on the training rows of a task and measured on its locked test rows. */
export const taskRunKind = defineKind({
  name: 'competitiveness.taskRun',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: runParamsSchema,
  result: taskRunSchema,
  pausable: true,
  outsideHash: [
    'latency',
    'peakMemoryMb',
    'trainDurationMs',
    'planned',
    'trainWallMs',
    'seeds.runs.*.trainDurationMs',
    'series',
  ],
  training: true,
  inputs: ({ task }, slots) => taskTextInputs(slots, task),
  defaultParams: () => null,
  async run(context) {
    const { key, params, worker, compute, deps, spoolKey, signal } = context;
    const { task, config, modelId } = params;
    const { data, scale, outputs, textsAt, targetsAt, rowsAt } = taskTraining(context, task);
    const { labels, names, train, dev, test } = data;
    const folder = modelFolderOf(deps, modelId);
    const hash = modelHash(await readManifest(folder));
    const modelOf = (tuned: string) => ({
      folder,
      hash,
      tuned,
      classes: outputs,
      maxLength: config.maxLength,
      threads: deps.threads(),
    });
    const testTexts = textsAt(test);
    const devTargets = targetsAt(dev);
    context.progress({ ...NO_PROGRESS, phase: 'preparing' });

    const measure = async (training: OneTraining) => {
      const model = modelOf(training.tunedFile);
      const devLogits =
        dev.length === 0
          ? null
          : (training.devLogits ??
            (await worker.run({ type: 'classify', ...model, texts: textsAt(dev) }, { signal })).logits);
      const evaluating = (event: WorkerEvent) => {
        if (event.type === 'progress') training.curve.evaluating(event.done, event.total);
      };
      const { logits } = await worker.run(
        { type: 'classify', ...model, texts: testTexts },
        { signal, onEvent: evaluating },
      );
      const thresholds = task === 'multi-label' ? tunedThresholds(devLogits, devTargets, labels) : null;
      const reading: Reading = { task, labels, thresholds, scale };
      const predicted = answersOf(reading, logits);
      const evaluation = await compute.run(
        'competitiveness.evaluateTask',
        { answers: { task, labels, actual: data.valuesAt(test), predicted }, names, seed: config.seed },
        { signal },
      );
      const onDev = devLogits === null ? null : taskScore(task, devLogits, devTargets, outputs);
      return { training, logits, thresholds, predicted, evaluation, onDev };
    };
    const measured = await trainSeeds(
      context,
      {
        folder,
        hash,
        tuned: null,
        config,
        task,
        classes: outputs,
        train: rowsAt(train),
        dev: dev.length === 0 ? null : rowsAt(dev),
      },
      params.seeds ?? [config.seed],
      measure,
    );
    if (measured === null) return { type: 'paused' };

    const seeds =
      measured.length === 1
        ? null
        : taskSeeds(
            measured.map(({ training: { seed, record }, onDev, evaluation }) => ({
              seed,
              dev: onDev?.score ?? null,
              figures: pointFigures(evaluation.figures),
              steps: record.steps,
              trainDurationMs: record.trainDurationMs,
            })),
          );
    const kept = measured.find(({ training }) => training.seed === seeds?.kept) ?? measured[0]!;
    const { training, logits, thresholds, predicted, evaluation, onDev } = kept;
    const { record } = training;
    const latency = await worker.run(
      {
        type: 'latency',
        ...modelOf(training.tunedFile),
        texts: testTexts.slice(0, LATENCY_TEXTS),
        repeats: LATENCY_REPEATS,
      },
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
      trainableParameters: record.trainableParameters,
      parameters: record.parameters,
      testLock: data.result.testLock,
      steps: record.steps,
      bestStep: record.bestStep ?? record.steps,
      stoppedEarly: record.stoppedEarly,
      dev: onDev === null ? null : { rows: dev.length, ...onDev },
      test: evaluation,
      latency,
      sizeMb: (record.parameters * BYTES_PER_PARAMETER) / BYTES_PER_MB,
      peakMemoryMb: record.peakMemoryMb,
      trainDurationMs: record.trainDurationMs,
      ...(params.planned === undefined ? {} : { planned: params.planned, trainWallMs: training.wallMs }),
      ...(record.provider === undefined ? {} : { provider: record.provider }),
      ...(seeds === null ? {} : { seeds }),
      notices: record.notices,
    };
    return {
      type: 'done',
      result,
      parts: {
        predictions: bytesOf(predicted),
        weights: await readUnderKey(training.tunedFile, spoolKey),
        series: Buffer.from(training.series),
      },
    };
  },
});
