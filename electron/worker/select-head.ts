import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { SelectHeadRequest } from '../../shared/worker/compression.ts';
import type { WorkerResults } from '../../shared/worker/protocol.ts';
import type { Spool } from './open-model.ts';
import { readTunedFile, writeTunedFile } from './tuned-file.ts';

const WEIGHT = 'classifier.weight';
const BIAS = 'classifier.bias';
/** So low that the class is never answered and its probability is 0 in float32. */
const NEVER = -1e9;

/** Writes tuned weights with a classifier for other classes. @throws AppError 'model.file', 'model.tensor-missing' */
export async function selectHead({
  tuned,
  outputs,
  file,
  spoolKey,
}: SelectHeadRequest & Spool): Promise<WorkerResults['selectHead']> {
  const { tensors: found, structure } = await readTunedFile(tuned, spoolKey);
  const tensors = new Map(found);
  const weight = tensors.get(WEIGHT);
  const bias = tensors.get(BIAS);
  if (weight === undefined || bias === undefined) {
    throw new AppError('model.tensor-missing', { file: basename(tuned), tensor: weight === undefined ? WEIGHT : BIAS });
  }
  const hidden = weight.data.length / bias.data.length;
  if (outputs === null) {
    tensors.delete(WEIGHT);
    tensors.delete(BIAS);
  } else {
    const rows = new Float32Array(outputs.length * hidden);
    const biases = new Float32Array(outputs.length).fill(NEVER);
    outputs.forEach((output, k) => {
      if (output < 0) return;
      rows.set(weight.data.subarray(output * hidden, (output + 1) * hidden), k * hidden);
      biases[k] = bias.data[output]!;
    });
    tensors.set(WEIGHT, { shape: [outputs.length, hidden], data: rows });
    tensors.set(BIAS, { shape: [outputs.length], data: biases });
  }
  await writeTunedFile(file, { tensors, structure }, spoolKey);
  return { bytes: (await stat(file)).size, classes: outputs?.length ?? null };
}
