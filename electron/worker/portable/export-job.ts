import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRng } from '../../../shared/rng.ts';
import { batchRows, rowLengths } from '../../../shared/train/batches.ts';
import { classWeightsOf } from '../../../shared/train/class-weights.ts';
import { FAMILIES, familyTensorName } from '../../../shared/train/families.ts';
import { peftSettings } from '../../../shared/train/hub-names.ts';
import { initialTensors } from '../../../shared/train/initial.ts';
import { lossOptions } from '../../../shared/train/loss-options.ts';
import { depthOf, layerRate } from '../../../shared/train/parameter-groups.ts';
import { isDecayed } from '../../../shared/train/parameters.ts';
import { JOB_FORMAT } from '../../../shared/train/portable-job.ts';
import { trainSpec } from '../../../shared/train/run-config.ts';
import { planRun, type RunPlan, START } from '../../../shared/train/run-plan.ts';
import type { NamedTensors, TrainSpec } from '../../../shared/train/spec.ts';
import { trainableNames } from '../../../shared/train/trainable.ts';
import { firstTrainedLayer } from '../../../shared/train/training-graph.ts';
import type { ExportJobRequest } from '../../../shared/worker/model-files.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import { readEncoderConfig } from '../../models/encoder-config.ts';
import { openModel, type Spool } from '../open-model.ts';
import { writeSafetensors } from '../ort/safetensors.ts';
import { augmentedRows } from '../train/augmented-rows.ts';
import { contrastiveStart } from '../train/contrastive-start.ts';
import { startingWeights } from '../train/starting-weights.ts';
import { assertLabels } from '../train/train-job.ts';

const FILES = ['train.jsonl', 'dev.jsonl', 'plan.json', 'start.safetensors'] as const;

/** Writes a training that this engine would do so that another can do it: the rows of every batch, every learning rate and every first value are
 *  decided here. The test rows are not among what is given.
 *  @throws AppError of the model and the data */
export async function exportJob(
  request: ExportJobRequest & Spool,
  cancel: AbortSignal,
): Promise<WorkerResults['exportJob']> {
  const { config, labels, dev, into, threads } = request;
  const classes = labels.length;
  assertLabels({ config, classes, train: request.train, dev });
  const model = await openModel({ ...request, tuned: null });
  const family = FAMILIES[(await readEncoderConfig(request.folder)).family];
  const rename = (name: string) => familyTensorName(family, name);
  const train =
    config.augmentation === undefined
      ? request.train
      : augmentedRows({ ...request, classes }, config.augmentation, model);
  const maxLength = Math.min(config.maxLength, model.maxTokens);
  const { tokens } = model.tokenizer.encode(train.texts, maxLength);
  const loss = lossOptions(config, train.labels, classes);
  const spec = trainSpec(config, model.config, model.manifest.pooling, classes, loss);
  const { weights } = await startingWeights({
    request: { config, classes, threads },
    model,
    spec,
    loss,
    train: { tokens, labels: train.labels },
    dev: null,
    resumes: false,
    contrastWith: contrastiveStart,
    cancel,
  });
  const all = new Map([...weights, ...initialTensors(spec, weights, createRng(config.seed))]);
  const names = trainableNames(spec);

  await mkdir(into, { recursive: true });
  await writeFile(join(into, 'train.jsonl'), jsonLines(train.texts, train.labels));
  await writeFile(join(into, 'dev.jsonl'), dev === null ? '' : jsonLines(dev.texts, dev.labels));
  const plan = planRun(rowLengths(tokens), config);
  await writeFile(join(into, 'plan.json'), JSON.stringify(planFile(plan)));
  await writeSafetensors(join(into, 'start.safetensors'), startTensors(all, model.weights, names, rename));
  const { manifest } = model;
  const job = {
    format: JOB_FORMAT,
    base: { id: manifest.id, name: manifest.name, source: manifest.source, hash: model.hash, files: manifest.files },
    labels,
    pooling: spec.pooling,
    maxLength,
    padId: model.tokenizer.padId,
    testLock: request.testLock,
    seed: config.seed,
    dropout: spec.dropout,
    /** Where the layers stand in the encoder, and the first of them in which anything is dropped. */
    layers: family.layers.slice(0, -1),
    dropoutFrom: firstTrainedLayer(spec, names),
    loss: {
      classWeights: listOf(classWeightsOf(config, train.labels, classes)),
      smoothing: config.labelSmoothing ?? 0,
      focalGamma: loss.focalGamma ?? 0,
      logitOffset: loss.logitOffset ?? null,
    },
    weightDecay: spec.weightDecay,
    beta1: spec.beta1,
    beta2: spec.beta2,
    epsilon: spec.epsilon,
    maxGradNorm: spec.maxGradNorm,
    earlyStopPatience: config.earlyStopPatience,
    peft: config.method.type === 'lora' ? peftSettings(config.method, family) : null,
    trainable: [...names].map((name) => ({ name: rename(name), decay: isDecayed(name), rate: rateOf(spec, name) })),
    /** The recipe as the workbench has it, for whoever reads it. */
    recipe: config,
    files: await Promise.all(FILES.map(async (path) => ({ path, sha256: hashOf(await readFile(join(into, path))) }))),
  };
  const text = `${JSON.stringify(job, null, 2)}\n`;
  await writeFile(join(into, 'job.json'), text);
  return { job: hashOf(text), trainRows: train.texts.length, steps: plan.totalSteps };
}

const hashOf = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
const listOf = (weights: Float64Array | null) => (weights === null ? null : [...weights]);

function jsonLines(texts: readonly string[], labels: Int32Array): string {
  return texts.map((text, row) => `${JSON.stringify({ text, label: labels[row] })}\n`).join('');
}

function planFile(plan: RunPlan) {
  const batches: number[][] = [];
  const learningRates: number[] = [];
  for (let cursor = START; cursor.step < plan.totalSteps; cursor = plan.next(cursor)) {
    batches.push([...batchRows(plan.epoch(cursor.epoch), cursor.batch)]);
    learningRates.push(plan.learningRate(cursor.step));
  }
  return { stepsPerEpoch: plan.stepsPerEpoch, batches, learningRates };
}

/** What is trained and the base does not bring. */
function startTensors(
  all: NamedTensors,
  base: NamedTensors,
  names: ReadonlySet<string>,
  rename: (name: string) => string,
): NamedTensors {
  return new Map(
    [...all]
      .filter(([name, tensor]) => names.has(name) && base.get(name) !== tensor)
      .map(([name, tensor]) => [rename(name), tensor]),
  );
}

function rateOf({ layerDecay, encoder }: TrainSpec, name: string): number {
  return layerDecay === undefined ? 1 : layerRate(depthOf(name, encoder.layers), encoder.layers, layerDecay);
}
