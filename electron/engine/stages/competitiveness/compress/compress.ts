import { z } from 'zod';
import { NO_PROGRESS } from '../../../../../shared/jobs/state.ts';
import { compressionGate } from '../../../../../shared/stages/competitiveness/compression/gate.ts';
import { sensitivity } from '../../../../../shared/stages/competitiveness/compression/sensitivity.ts';
import {
  COMPRESSION_TECHNIQUES,
  type CompressionOptions,
  compressionOptionsSchema,
  techniqueOptions,
} from '../../../../../shared/stages/competitiveness/compression/technique.ts';
import type { RunRecord, Sensitivity } from '../../../../../shared/stages/competitiveness/results.ts';
import { readUnderKey } from '../../../../files/sealed-file.ts';
import type { SlotReader, StepContext } from '../../../artifacts/kind.ts';
import { asInt32, bytesOf } from '../../../artifacts/parts.ts';
import { encoderLayers } from '../encoder-layers.ts';
import { modelRecord, modelRequest, modelSlot, originalOf, projectModel } from '../project-model.ts';
import { type Made, type MakeContext, makeSmaller } from './make.ts';
import { type ModelRequest, measureExport } from './measure-export.ts';
import type { CompressionRows } from './rows.ts';

export const compressionParamsSchema = z.strictObject({
  name: z.string(),
  /** A model that was trained, or what was cut from one. */
  runId: z.string(),
  technique: z.enum(COMPRESSION_TECHNIQUES),
  options: compressionOptionsSchema.optional(),
  tolerance: z.number().min(0).max(1),
});
export type CompressionParams = z.output<typeof compressionParamsSchema>;

const LATENCY_TEXTS = 100;

/** A model made smaller, and how it answers. */
export interface Compressed {
  /** What the record says of it; all else is as of its original. */
  readonly fields: Pick<
    RunRecord,
    'id' | 'name' | 'compression' | 'gate' | 'original' | 'parameters' | 'test' | 'temperature'
  > &
    Made['training'] &
    Required<Pick<RunRecord, 'latency' | 'sizeMb' | 'peakMemoryMb'>> & { readonly kind: 'compressed' };
  readonly request: ModelRequest;
  /** Scores on dev and test rows. */
  readonly devLogits: Float32Array;
  readonly testLogits: Float32Array;
  /** Without `weights` where they are those of its source, stored otherwise. */
  readonly parts: Readonly<Record<'predictions' | 'confidence', Uint8Array>> & { readonly weights?: Uint8Array };
}

/** Makes a model smaller, measures it on the test rows and holds it against its original row by row. Null where a pause was asked for while what is left
 *  of it learnt: that alone has checkpoints; a pause ends all else, which is then begun again.
 *  @throws the reason of `signal` or `pause` */
export async function compressModel(
  given: StepContext<CompressionParams>,
  rows: CompressionRows,
): Promise<Compressed | null> {
  const context = { ...given, cancel: given.signal, signal: AbortSignal.any([given.signal, given.pause]) };
  const { key, params, seed, input, store, deps, compute, worker, signal, spoolKey } = context;
  const parentId = originalId(store, params.runId);
  const parent = input(modelSlot(parentId));
  const run = modelRecord(parent);
  const original = await modelRequest(context, projectModel(store, deps, parentId));
  const model = projectModel(store, deps, params.runId);
  const source = await modelRequest(context, model);
  const { layers } = await encoderLayers(store, model);
  const options: CompressionOptions = { ...techniqueOptions(params.technique, layers), ...params.options };

  const made = await makeSmaller(context, { source, original, config: run.config, options, rows });
  if (made === null) return null;
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
  const devLogits = await devLogitsOf(context, made.request, rows);
  // The temperature of the compressed model itself: its logits are not those of the original.
  const temperature =
    rows.dev.texts.length === 0
      ? null
      : await compute.run(
          'competitiveness.calibrate',
          {
            classes: made.request.classes,
            dev: { labels: rows.dev.labels, logits: devLogits },
            test: { labels: rows.test.labels, logits },
            seed,
          },
          { signal },
        );
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
  return {
    fields: {
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
    },
    request: made.request,
    devLogits,
    testLogits: logits,
    parts: {
      predictions: bytesOf(evaluated.predictions),
      confidence: bytesOf(evaluated.confidence),
      ...(made.weights === null ? {} : { weights: await readUnderKey(made.weights, spoolKey) }),
    },
  };
}

/** What a record of the original says that holds of what is made of it. How the original was trained, how long that took and what its other seeds gave
 *  is not said of another model. */
export function keptFields<R extends RunRecord>(record: R): Omit<R, 'provider' | 'seeds' | 'planned' | 'trainWallMs'> {
  const { provider: _provider, seeds: _seeds, planned: _planned, trainWallMs: _wall, ...kept } = record;
  return kept;
}

/** The model at the bottom of `id`; `id` itself where nothing stands there, so that what is missing is named. */
export function originalId(slots: SlotReader, id: string): string {
  const artifact = slots.current(modelSlot(id));
  return artifact === undefined ? id : originalOf(artifact);
}

async function devLogitsOf(
  { worker, signal }: MakeContext,
  request: ModelRequest,
  { dev: { texts } }: CompressionRows,
): Promise<Float32Array> {
  if (texts.length === 0) return new Float32Array();
  return (await worker.run({ type: 'classify', ...request, texts }, { signal })).logits;
}

/** How much each part of what was done moves the answers by itself; null without dev rows. */
function partsOf({ probe, reference, groups }: Made, classes: number): Sensitivity | null {
  return probe.texts.length === 0 ? null : sensitivity({ actual: probe.labels, classes, reference, groups });
}

function report({ progress }: MakeContext, phase: string, fraction: number): void {
  progress({ ...NO_PROGRESS, phase, fraction });
}
