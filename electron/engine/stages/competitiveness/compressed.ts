import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { compressionGate } from '../../../../shared/stages/competitiveness/compression/gate.ts';
import { sensitivity } from '../../../../shared/stages/competitiveness/compression/sensitivity.ts';
import { COMPRESSION_TECHNIQUES } from '../../../../shared/stages/competitiveness/compression/technique.ts';
import type { LabelledLogits } from '../../../../shared/stages/competitiveness/evaluation/calibration-scores.ts';
import {
  type RunRecord,
  runRecordSchema,
  type Sensitivity,
  type TemperatureResult,
} from '../../../../shared/stages/competitiveness/results.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { asInt32, bytesOf } from '../../artifacts/parts.ts';
import { createWorkerClient } from '../../jobs/worker-client.ts';
import { labelledTextInputs, labelledTexts } from './labels.ts';
import { modelRequest, modelSlot, projectModel } from './project-model.ts';
import { splitRowsOf } from './split.ts';

const compressedParamsSchema = z.strictObject({
  name: z.string(),
  runId: z.string(),
  technique: z.enum(COMPRESSION_TECHNIQUES),
  tolerance: z.number().min(0).max(1),
});
type Params = z.output<typeof compressedParamsSchema>;

const LATENCY_REPEATS = 100;
const LATENCY_TEXTS = 100;
const SENSITIVITY_ROWS = 64;
const BYTES_PER_MB = 1_000_000;

/** A run made smaller, measured on the locked test rows and held against that run row by row. */
export const compressedKind = defineKind({
  name: 'competitiveness.compressed',
  stage: 'competitiveness',
  lane: 'infer',
  revision: 1,
  params: compressedParamsSchema,
  result: runRecordSchema,
  pausable: false,
  outsideHash: ['latency', 'peakMemoryMb', 'original'],
  training: false,
  inputs: ({ runId }, slots) => [...labelledTextInputs(slots), 'competitiveness.split', modelSlot(runId)],
  defaultParams: () => null,
  async run(context) {
    const { key, params, seed, input, store, deps, compute, worker, signal } = context;
    const parent = input(modelSlot(params.runId));
    const run = runRecordSchema.parse(parent.result);
    const labels = input('competitiveness.labels');
    const { rows, dev, test } = splitRowsOf(store, labels, input('competitiveness.split'));
    const texts = labelledTexts(store, rows);
    const pick = (indices: Int32Array) => Array.from(indices, (index) => texts[index] ?? '');
    const actual = test.map((index) => rows.label[index]!);
    const testTexts = pick(test);
    const model = projectModel(store, deps, params.runId);
    const request = await modelRequest(context, model);

    const timed = testTexts.slice(0, LATENCY_TEXTS);
    report(context, 'exporting', 0);
    const original = await measureExport(context, { ...request, precision: 'float32' }, timed);
    report(context, 'exporting', 0.2);
    const small = await measureExport(context, { ...request, precision: params.technique }, timed);
    report(context, 'testing', 0.4);
    const { logits } = await worker.run(
      { type: 'classify', ...request, precision: params.technique, texts: testTexts },
      { signal },
    );
    const evaluated = await compute.run(
      'competitiveness.evaluate',
      { classes: [...model.labels], actual, logits, seed },
      { signal },
    );
    const temperature = await temperatureOf(context, request, {
      dev: { texts: pick(dev), labels: dev.map((index) => rows.label[index]!) },
      test: { labels: actual, logits },
    });
    const comparison = await compute.run(
      'competitiveness.compare',
      {
        runId: key,
        referenceId: params.runId,
        testLock: run.testLock,
        classes: model.labels.length,
        actual,
        predicted: evaluated.predictions,
        reference: asInt32(store.part(parent, 'predictions')),
        seed,
      },
      { signal },
    );
    const asked = spread(dev, SENSITIVITY_ROWS);
    const parts = await partsOf(
      context,
      request,
      pick(asked),
      asked.map((index) => rows.label[index]!),
    );
    const result: RunRecord = {
      ...run,
      id: key,
      name: params.name,
      kind: 'compressed',
      compression: {
        parentId: params.runId,
        technique: params.technique,
        detail: 'per channel, activations as they come',
      },
      gate: {
        ...compressionGate(comparison, params.tolerance),
        tolerance: params.tolerance,
        comparison,
        sensitivity: parts,
      },
      original,
      trainableParameters: 0,
      steps: 0,
      bestStep: null,
      stoppedEarly: false,
      dev: null,
      test: evaluated.evaluation,
      temperature,
      latency: small.latency,
      sizeMb: small.sizeMb,
      peakMemoryMb: small.peakMemoryMb,
      trainDurationMs: 0,
      notices: [],
    };
    return {
      type: 'done',
      result,
      parts: { predictions: bytesOf(evaluated.predictions), confidence: bytesOf(evaluated.confidence) },
    };
  },
});

type Request = Awaited<ReturnType<typeof modelRequest>>;

function report({ progress }: StepContext<Params>, phase: string, fraction: number): void {
  progress({ ...NO_PROGRESS, phase, fraction });
}

/** Writes the model as a file and has a process that has done nothing else load and time it: its memory is then the file's. */
async function measureExport(
  { worker, deps, spoolFolder, spoolKey, signal }: StepContext<Params>,
  request: Request,
  texts: readonly string[],
) {
  const file = join(spoolFolder, `${request.precision}.onnx`);
  const { folder, hash, tuned, precision, classes, maxLength, threads } = request;
  const { bytes } = await worker.run(
    { type: 'export', folder, hash, tuned, precision, classes, file, sealed: true },
    { signal },
  );
  const fresh = createWorkerClient(() => deps.spawn('worker'), deps.quietAfterMs, spoolKey);
  try {
    const measured = await fresh.run(
      {
        type: 'measureFile',
        file,
        folder,
        classes,
        texts: [...texts],
        maxLength,
        repeats: LATENCY_REPEATS,
        threads,
      },
      { signal },
    );
    return { ...measured, sizeMb: bytes / BYTES_PER_MB };
  } finally {
    fresh.dispose();
    await rm(file, { force: true });
  }
}

/** The temperature of the compressed model itself: its logits are not those of the original. */
async function temperatureOf(
  { params, seed, worker, compute, signal }: StepContext<Params>,
  request: Request,
  {
    dev,
    test,
  }: { readonly dev: { readonly texts: string[]; readonly labels: Int32Array }; readonly test: LabelledLogits },
): Promise<TemperatureResult | null> {
  if (dev.texts.length === 0) return null;
  const { logits } = await worker.run(
    { type: 'classify', ...request, precision: params.technique, texts: dev.texts },
    { signal },
  );
  return compute.run(
    'competitiveness.calibrate',
    { classes: request.classes, dev: { labels: dev.labels, logits }, test, seed },
    { signal },
  );
}

async function partsOf(
  context: StepContext<Params>,
  { maxLength, classes, ...request }: Request,
  texts: string[],
  actual: Int32Array,
): Promise<Sensitivity | null> {
  if (texts.length === 0) return null;
  const { reference, groups } = await context.worker.run(
    { type: 'sensitivity', ...request, precision: 'float32', classes, maxLength, texts },
    {
      signal: context.signal,
      onEvent(event) {
        if (event.type !== 'progress') return;
        const { done, total } = event;
        const fraction = 0.5 + (0.5 * done) / Math.max(1, total);
        context.progress({ ...NO_PROGRESS, phase: 'sensitivity', fraction, done, total, unit: 'parts' });
      },
    },
  );
  return sensitivity({ actual, classes, reference, groups });
}

/** At most `most` of the indices, evenly spread over them. */
function spread(indices: Int32Array, most: number): Int32Array {
  const count = Math.min(most, indices.length);
  return Int32Array.from({ length: count }, (_, at) => indices[Math.floor((at * indices.length) / count)]!);
}
