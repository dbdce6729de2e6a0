import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because } from '../../../shared/errors/reasons.ts';
import { FAMILIES, ourTensorName } from '../../../shared/train/families.ts';
import type { ParameterShape } from '../../../shared/train/parameters.ts';
import type { NamedTensor, NamedTensors } from '../../../shared/train/spec.ts';
import { type DescribedEncoder, readEncoderConfig } from '../../models/encoder-config.ts';
import { readShardIndex, SHARD_INDEX, WEIGHTS_FILE } from '../../models/shard-index.ts';
import { readSafetensors, type StoredTensor } from './safetensors.ts';

export interface EncoderFolder extends DescribedEncoder {
  /** All float tensors of the folder, encoder tensors as `bert.…`. */
  readonly weights: NamedTensors;
  /** Kinds of numbers in the files: F32, F16, BF16. */
  readonly storedAs: readonly string[];
}

/** Reads `config.json` and the weights of a BERT-family encoder: `model.safetensors`, or the parts that `model.safetensors.index.json` names.
 *  @throws AppError 'model.file', 'model.unsupported' */
export async function readEncoderFolder(folder: string): Promise<EncoderFolder> {
  const described = await readEncoderConfig(folder);
  const family = FAMILIES[described.family];
  const weights = new Map<string, NamedTensor>();
  const kinds = new Set<string>();
  const take = (file: string, tensors: ReadonlyMap<string, StoredTensor>) => {
    for (const [name, { shape, data, storedAs }] of tensors) {
      if (!(data instanceof Float32Array)) continue;
      const ours = ourTensorName(family, name);
      if (weights.has(ours))
        throw new AppError('model.file', { file, problem: because('tensor-twice', { tensor: name }) });
      weights.set(ours, { shape, data });
      kinds.add(storedAs);
    }
  };
  for (const [file, names] of await weightFiles(folder)) {
    const tensors = await readSafetensors(join(folder, file));
    for (const name of names) {
      if (!tensors.has(name)) throw new AppError('model.tensor-missing', { file, tensor: name });
    }
    take(file, tensors);
  }
  return { ...described, weights, storedAs: [...kinds].sort() };
}

/** The files of the weights, with the tensors that each is said to hold. */
async function weightFiles(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const whole = await access(join(folder, WEIGHTS_FILE)).then(
    () => true,
    () => false,
  );
  if (whole) return new Map([[WEIGHTS_FILE, []]]);
  const sharded = await stat(join(folder, SHARD_INDEX)).catch(() => null);
  if (sharded !== null) return readShardIndex(folder);
  throw new AppError('model.file', { file: WEIGHTS_FILE, problem: because('unreadable', {}) });
}

/** The tensor of this name and shape; a refusal calls it `called`. @throws AppError 'model.tensor-missing', 'model.tensor-shape' */
export function requireTensor(
  weights: NamedTensors,
  { name, shape }: ParameterShape,
  file = WEIGHTS_FILE,
  called = name,
): NamedTensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new AppError('model.tensor-missing', { file, tensor: called });
  if (tensor.shape.length !== shape.length || tensor.shape.some((dim, i) => dim !== shape[i])) {
    const found = `[${tensor.shape}]`;
    throw new AppError('model.tensor-shape', { file, tensor: called, found, expected: `[${shape}]` });
  }
  return tensor;
}
