import { z } from 'zod';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { compressionGate } from '../../../../shared/stages/competitiveness/compression/gate.ts';
import { sensitivity } from '../../../../shared/stages/competitiveness/compression/sensitivity.ts';
import {
  COMPRESSION_TECHNIQUES,
  type CompressionOptions,
  compressionOptionsSchema,
  techniqueOptions,
} from '../../../../shared/stages/competitiveness/compression/technique.ts';
import type { LabelledLogits } from '../../../../shared/stages/competitiveness/evaluation/calibration-scores.ts';
import {
  type RunRecord,
  runRecordSchema,
  type Sensitivity,
  type TemperatureResult,
} from '../../../../shared/stages/competitiveness/results.ts';
import { readUnderKey } from '../../../files/sealed-file.ts';
import { describeModel } from '../../../models/describe-model.ts';
import { defineKind, type SlotReader, type StepContext } from '../../artifacts/kind.ts';
import { asInt32, bytesOf } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import { type Made, makeSmaller } from './compress/make.ts';
import { type ModelRequest, measureExport } from './compress/measure-export.ts';
import { compressionRows, type TextRows } from './compress/rows.ts';
import { labelledTextInputs } from './labels.ts';
import { modelRequest, modelSlot, originalOf, projectModel } from './project-model.ts';

const compressedParamsSchema = z.strictObject({
  name: z.string(),
  /** A run, or what was cut from one. */
  runId: z.string(),
  technique: z.enum(COMPRESSION_TECHNIQUES),
  options: compressionOptionsSchema.optional(),
  tolerance: z.number().min(0).max(1),
});
export type CompressedParams = z.output<typeof compressedParamsSchema>;
type Context = StepContext<CompressedParams>;

const LATENCY_TEXTS = 100;

/** A run made smaller, measured on the locked test rows and held against that run row by row. */
export const compressedKind = defineKind({
  name: 'competitiveness.compressed',
  stage: 'competitiveness',
  lane: 'train',
  revision: 2,
  params: compressedParamsSchema,
  result: runRecordSchema,
  pausable: false,
  outsideHash: ['latency', 'peakMemoryMb', 'original', 'trainDurationMs'],
  training: false,
  inputs: ({ runId }, slots) => [
    ...new Set([
      ...labelledTextInputs(slots),
      'competitiveness.split',
      modelSlot(runId),
      modelSlot(originalId(slots, runId)),
    ]),
  ],
  defaultParams: () => null,
  async run(context) {
    const { key, params, seed, input, store, deps, compute, worker, signal, spoolKey } = context;
    const parentId = originalId(store, params.runId);
    const parent = input(modelSlot(parentId));
    const run = runRecordSchema.parse(parent.result);
    const rows = compressionRows(context);
    const original = await modelRequest(context, projectModel(store, deps, parentId));
    const model = projectModel(store, deps, params.runId);
    const source = await modelRequest(context, model);
    const layers = await layersOf(model.folder, input(modelSlot(params.runId)));
    const options: CompressionOptions = { ...techniqueOptions(params.technique, layers), ...params.options };

    const made = await makeSmaller(context, { source, original, config: run.config, options, rows });
    const timed = rows.test.texts.slice(0, LATENCY_TEXTS);
    report(context, 'exporting', 0.5);
    const before = await measureExport(context, original, 'original', timed);
    report(context, 'exporting', 0.6);
    const small = await measureExport(context, made.request, 'small', timed);
    report(context, 'testing', 0.7);
    const { logits } = await worker.run({ type: 'classify', ...made.request, texts: rows.test.texts }, { signal });
    const evaluated = await compute.run(
      'competitiveness.evaluate',
      { classes: [...model.labels], actual: rows.test.labels, logits, seed },
      { signal },
    );
    const temperature = await temperatureOf(context, made.request, rows.dev, { labels: rows.test.labels, logits });
    const comparison = await compute.run(
      'competitiveness.compare',
      {
        runId: key,
        referenceId: parentId,
        testLock: run.testLock,
        classes: model.labels.length,
        actual: rows.test.labels,
        predicted: evaluated.predictions,
        reference: asInt32(store.part(parent, 'predictions')),
        seed,
      },
      { signal },
    );
    // How the original was trained, how long that took and what its other seeds gave is not said of another model.
    const { provider: _provider, seeds: _seeds, planned: _planned, trainWallMs: _wall, ...told } = run;
    const result: RunRecord = {
      ...told,
      id: key,
      name: params.name,
      kind: 'compressed',
      compression: {
        parentId,
        ...(params.runId === parentId ? {} : { sourceId: params.runId }),
        technique: params.technique,
        detail: params.technique === 'int8' ? 'per channel, activations as they come' : '',
        ...(Object.keys(options).length === 0 ? {} : { options }),
        ...(Object.keys(made.request.ranges).length === 0 ? {} : { ranges: made.request.ranges }),
        ...(made.change === null ? {} : { change: made.change }),
      },
      gate: {
        ...compressionGate(comparison, params.tolerance),
        tolerance: params.tolerance,
        comparison,
        sensitivity: partsOf(made, model.labels.length),
      },
      original: before,
      ...made.training,
      parameters: made.parameters ?? run.parameters,
      test: evaluated.evaluation,
      temperature,
      latency: small.latency,
      sizeMb: small.sizeMb,
      peakMemoryMb: small.peakMemoryMb,
    };
    return {
      type: 'done',
      result,
      parts: {
        predictions: bytesOf(evaluated.predictions),
        confidence: bytesOf(evaluated.confidence),
        ...(made.weights === null ? {} : { weights: await readUnderKey(made.weights, spoolKey) }),
      },
    };
  },
});

/** The run at the bottom of `id`; `id` itself where nothing stands there, so that what is missing is named. */
function originalId(slots: SlotReader, id: string): string {
  const artifact = slots.current(modelSlot(id));
  return artifact === undefined ? id : originalOf(artifact);
}

/** Encoder layers of a run or of what was cut from one. */
async function layersOf(folder: string, artifact: ArtifactRecord): Promise<number> {
  const cut = runRecordSchema.parse(artifact.result).compression?.change;
  return cut?.after.layers ?? (await describeModel(folder)).layers;
}

/** The temperature of the compressed model itself: its logits are not those of the original. */
async function temperatureOf(
  { seed, worker, compute, signal }: Context,
  request: ModelRequest,
  dev: TextRows,
  test: LabelledLogits,
): Promise<TemperatureResult | null> {
  if (dev.texts.length === 0) return null;
  const { logits } = await worker.run({ type: 'classify', ...request, texts: dev.texts }, { signal });
  return compute.run(
    'competitiveness.calibrate',
    { classes: request.classes, dev: { labels: dev.labels, logits }, test, seed },
    { signal },
  );
}

/** How much each part of what was done moves the answers by itself; null without dev rows. */
function partsOf({ probe, reference, groups }: Made, classes: number): Sensitivity | null {
  return probe.texts.length === 0 ? null : sensitivity({ actual: probe.labels, classes, reference, groups });
}

function report({ progress }: Context, phase: string, fraction: number): void {
  progress({ ...NO_PROGRESS, phase, fraction });
}
