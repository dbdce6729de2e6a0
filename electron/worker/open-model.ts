import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { FAMILIES, familyTensorName } from '../../shared/train/families.ts';
import { countElements, embeddingWidth, encoderTensors } from '../../shared/train/parameters.ts';
import type { EncoderConfig, NamedTensor, NamedTensors } from '../../shared/train/spec.ts';
import type { Ranges, Storage, StorageFormat } from '../../shared/train/storage.ts';
import { type ModelStructure, structured } from '../../shared/train/structure.ts';
import { pruneTokenizer } from '../../shared/train/vocabulary.ts';
import type { FoundEncoder } from '../../shared/worker/model-files.ts';
import type { SealKey } from '../files/sealed-file.ts';
import { type ModelManifest, modelHash, readManifest, verifyModelFolder } from '../models/model-folder.ts';
import { isOnnxOnly } from '../models/onnx-only.ts';
import { readSafetensors } from './ort/safetensors.ts';
import { readEncoderFolder, requireTensor } from './ort/weights.ts';
import { createTokenizer, type TextTokenizer } from './tokenizer.ts';
import { readTokenizerFile } from './tokenizer-file.ts';
import { readTunedFile } from './tuned-file.ts';

export const TOKENIZER = 'tokenizer.json';

export interface Spool {
  /** Under which files of the spool folder are sealed. */
  readonly spoolKey: SealKey;
}

export interface ModelRef extends Spool {
  readonly folder: string;
  readonly hash: string | null;
  readonly tuned: string | null;
  /** How the weights are kept; as trained where left out. */
  readonly precision?: StorageFormat | undefined;
  readonly keep?: readonly string[] | undefined;
  readonly ranges?: Ranges | undefined;
}

export function storageOf({ precision = 'float32', keep = [], ranges = {} }: ModelRef): Storage {
  return { format: precision, keep, ranges };
}

export interface OpenModel {
  readonly manifest: ModelManifest;
  readonly hash: string;
  /** What the base's folder holds. */
  readonly found: FoundEncoder;
  /** Of the model as it is: a pruned one has smaller layers, fewer of them or fewer words than its base. */
  readonly config: EncoderConfig;
  readonly structure: ModelStructure | null;
  /** Tensors of the base with those of `tuned` over them. */
  readonly weights: NamedTensors;
  readonly tokenizer: TextTokenizer;
  /** `tokenizer.json` of this model; the base's own unless its vocabulary was pruned. */
  readonly tokenizerFile: object;
  /** Most tokens that the encoder has positions for. */
  readonly maxTokens: number;
}

/** Opens a base model, its files checked against its manifest.
 *  @throws AppError 'model.not-found', 'model.hash', 'model.file', 'model.unsupported', 'model.onnx-only' for one without weights by name */
export async function openModel(ref: ModelRef): Promise<OpenModel> {
  const manifest = await readManifest(ref.folder);
  const hash = modelHash(manifest);
  if (ref.hash !== null && ref.hash !== hash) throw new AppError('model.hash', { file: manifest.id });
  if (isOnnxOnly(manifest)) throw new AppError('model.onnx-only', { model: manifest.name });
  await verifyModelFolder(ref.folder, manifest);
  const { config, weights, found } = await readEncoder(ref.folder);
  const tuned = ref.tuned === null ? null : await readTunedFile(ref.tuned, ref.spoolKey);
  const structure = tuned?.structure ?? null;
  const wholeTokenizer = await readTokenizerFile(join(ref.folder, TOKENIZER));
  const tokenizerFile = structure?.tokens == null ? wholeTokenizer : pruneTokenizer(wholeTokenizer, structure.tokens);
  return {
    manifest,
    hash,
    found,
    config: structured(config, structure),
    structure,
    weights: new Map([...weights, ...(tuned?.tensors ?? [])]),
    tokenizer: createTokenizer(tokenizerFile),
    tokenizerFile,
    maxTokens: config.maxPositions - (config.positionOffset ?? 0),
  };
}

/** The encoder of a folder, every tensor there as `config.json` says. What else is in the file, such as a head for other classes, is left out.
 *  @throws AppError 'model.tensor-missing', 'model.tensor-shape' with the file's own names */
async function readEncoder(folder: string) {
  const read = await readEncoderFolder(folder);
  const { config } = read;
  const family = FAMILIES[read.family];
  const needed = encoderTensors(config, false);
  for (const { parts } of needed) {
    for (const part of parts) requireTensor(read.weights, part, undefined, familyTensorName(family, part.name));
  }
  const weights = new Map([...read.weights].filter(([name]) => name.startsWith('bert.')));
  const used = needed.reduce((sum, { parts }) => sum + parts.length, 0);
  const found: FoundEncoder = {
    family: read.family,
    layers: config.layers,
    hiddenSize: config.hiddenSize,
    embeddingSize: embeddingWidth(config),
    heads: config.heads,
    vocabSize: config.vocabSize,
    parameters: countElements(needed),
    storedAs: [...read.storedAs],
    unused: read.weights.size - used,
    trainable: true,
  };
  return { config, weights, found };
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
