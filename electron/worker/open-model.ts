import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { EncoderConfig, NamedTensor, NamedTensors } from '../../shared/train/spec.ts';
import type { SealKey } from '../files/sealed-file.ts';
import { type ModelManifest, modelHash, readManifest, verifyModelFolder } from '../models/model-folder.ts';
import { readSafetensors } from './ort/safetensors.ts';
import { readEncoderFolder } from './ort/weights.ts';
import { openTokenizer, type TextTokenizer } from './tokenizer.ts';

const TOKENIZER = 'tokenizer.json';

export interface Spool {
  /** Under which files of the spool folder are sealed. */
  readonly spoolKey: SealKey;
}

export interface ModelRef extends Spool {
  readonly folder: string;
  readonly hash: string | null;
  readonly tuned: string | null;
  /** float32 where left out. */
  readonly precision?: 'float32' | 'int8' | undefined;
}

export interface OpenModel {
  readonly manifest: ModelManifest;
  readonly hash: string;
  readonly config: EncoderConfig;
  /** Tensors of the base with those of `tuned` over them. */
  readonly weights: NamedTensors;
  readonly tokenizer: TextTokenizer;
  /** Most tokens that the encoder has positions for. */
  readonly maxTokens: number;
}

/** Opens a base model, its files checked against its manifest.
 *  @throws AppError 'model.not-found', 'model.hash', 'model.file', 'model.unsupported' */
export async function openModel(ref: ModelRef): Promise<OpenModel> {
  const manifest = await readManifest(ref.folder);
  const hash = modelHash(manifest);
  if (ref.hash !== null && ref.hash !== hash) throw new AppError('model.hash', { file: manifest.id });
  await verifyModelFolder(ref.folder, manifest);
  const { config, weights } = await readEncoderFolder(ref.folder);
  const tuned = ref.tuned === null ? [] : await readTensors(ref.tuned, ref.spoolKey);
  return {
    manifest,
    hash,
    config,
    weights: new Map([...weights, ...tuned]),
    tokenizer: await openTokenizer(join(ref.folder, TOKENIZER)),
    maxTokens: config.maxPositions - (config.positionOffset ?? 0),
  };
}

/** The float tensors of a file in the spool folder. */
export async function readTensors(path: string, spoolKey: SealKey): Promise<NamedTensors> {
  const tensors = new Map<string, NamedTensor>();
  for (const [name, { shape, data }] of await readSafetensors(path, spoolKey)) {
    if (data instanceof Float32Array) tensors.set(name, { shape, data });
  }
  return tensors;
}

/** The tensors of `after` that `before` lacks or has otherwise: what has to be kept of a training. */
export function changedTensors(before: NamedTensors, after: NamedTensors): NamedTensors {
  const changed = new Map<string, NamedTensor>();
  for (const [name, tensor] of after) {
    const old = before.get(name);
    const same = old?.data.length === tensor.data.length && tensor.data.every((value, i) => value === old.data[i]);
    if (!same) changed.set(name, tensor);
  }
  return changed;
}
