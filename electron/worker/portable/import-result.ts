import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../../shared/data/canonical-json.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because } from '../../../shared/errors/reasons.ts';
import { FAMILIES, familyTensorName, ourTensorName } from '../../../shared/train/families.ts';
import { adapterPart, PEFT_PREFIX } from '../../../shared/train/hub-names.ts';
import { isLora, mergeLora } from '../../../shared/train/lora.ts';
import { encoderTensors, headTensors, loraTensors } from '../../../shared/train/parameters.ts';
import { type JobResult, jobResultSchema, RESULT_METADATA } from '../../../shared/train/portable-job.ts';
import { trainSpec } from '../../../shared/train/run-config.ts';
import type { NamedTensor, NamedTensors, TrainSpec } from '../../../shared/train/spec.ts';
import { trainableNames } from '../../../shared/train/trainable.ts';
import type { ImportResultRequest } from '../../../shared/worker/model-files.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import { readUnderKey } from '../../files/sealed-file.ts';
import { readEncoderConfig } from '../../models/encoder-config.ts';
import { MOST_FILE_BYTES } from '../../models/model-folder.ts';
import { changedTensors, openModel, type Spool } from '../open-model.ts';
import { parseSafetensors, safetensorsMetadata } from '../ort/safetensors.ts';
import { requireTensor } from '../ort/weights.ts';
import { writeTensorsAtomically } from '../train/checkpoint.ts';
import { countParameters } from '../train/train-job.ts';

const TUNED_FILE = 'tuned.safetensors';
const ADAPTER_FILE = 'adapter.safetensors';

/** Takes in what another engine made of a job, tensor by tensor as the job has them; everything else is refused.
 *  @throws AppError 'model.file', 'model.tensor-missing', 'model.tensor-shape', 'train.result-…' */
export async function importResult(request: ImportResultRequest & Spool): Promise<WorkerResults['importResult']> {
  const { config, labels, file, fileName, spool, spoolKey } = request;
  const { size } = await stat(file);
  if (size > MOST_FILE_BYTES) {
    throw new AppError('model.file', { file: fileName, problem: because('over-bytes', { bytes: size }) });
  }
  const bytes = await readUnderKey(file, request.fileKey);
  const parsed = parseSafetensors(bytes, fileName);
  const told = toldOf(safetensorsMetadata(bytes)[RESULT_METADATA], request);

  const model = await openModel({ folder: request.folder, hash: request.hash, tuned: null, spoolKey });
  const family = FAMILIES[(await readEncoderConfig(request.folder)).family];
  const spec = trainSpec(config, model.config, model.manifest.pooling, labels.length);
  const found = new Map<string, NamedTensor>();
  for (const [name, { shape, data }] of parsed) {
    const bare = name.startsWith(PEFT_PREFIX) ? name.slice(PEFT_PREFIX.length) : name;
    if (data instanceof Float32Array) found.set(ourTensorName(family, bare), { shape, data });
  }
  const trained = trainedTensors(spec, found, fileName, (name) => familyTensorName(family, name));
  const merged = mergeLora(spec, new Map([...model.weights, ...trained]));
  await writeTensorsAtomically(spool, TUNED_FILE, changedTensors(model.weights, merged), spoolKey);
  const adapter = isLora(config.method) ? join(spool, ADAPTER_FILE) : null;
  if (adapter !== null) await writeTensorsAtomically(spool, ADAPTER_FILE, adapterPart(trained), spoolKey);
  return {
    told,
    tunedFile: join(spool, TUNED_FILE),
    adapterFile: adapter,
    trainableParameters: countParameters(trained),
    parameters: countParameters(merged),
  };
}

/** What the file says of itself, held against the job. */
function toldOf(text: string | undefined, { job, hash, labels, fileName: file }: ImportResultRequest): JobResult {
  let told: JobResult;
  try {
    told = jobResultSchema.parse(JSON.parse(text ?? ''));
  } catch (cause) {
    throw new AppError('train.result-unreadable', { file }, { cause });
  }
  if (hash !== null && told.base !== hash) throw new AppError('train.result-other-base', { file });
  if (canonicalJson(told.labels) !== canonicalJson(labels)) throw new AppError('train.result-other-labels', { file });
  if (told.job !== job) throw new AppError('train.result-other-job', { file });
  if (told.losses.length !== told.steps || told.bestStep > told.steps) {
    throw new AppError('train.result-unreadable', { file });
  }
  return told;
}

/** Exactly the tensors that the job trains, in their shapes. */
function trainedTensors(
  spec: TrainSpec,
  found: NamedTensors,
  file: string,
  theirName: (name: string) => string,
): NamedTensors {
  const names = trainableNames(spec);
  const shapes = [
    ...encoderTensors(spec.encoder, false),
    ...loraTensors(spec),
    ...headTensors(spec.head, spec.encoder.hiddenSize, spec.labels),
  ].flatMap(({ parts }) => parts);
  const extra = [...found.keys()].find((name) => !names.has(name));
  if (extra !== undefined)
    throw new AppError('model.file', { file, problem: because('tensor-not-trained', { tensor: theirName(extra) }) });
  return new Map(
    shapes
      .filter(({ name }) => names.has(name))
      .map((part) => [part.name, requireTensor(found, part, file, theirName(part.name))]),
  );
}
