import { basename } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { because, type Reason } from '../../shared/errors/reasons.ts';
import type { NamedTensor, NamedTensors } from '../../shared/train/spec.ts';
import { type ModelStructure, modelStructureSchema } from '../../shared/train/structure.ts';
import { readUnderKey, type SealKey } from '../files/sealed-file.ts';
import { type Metadata, parseSafetensors, safetensorsMetadata, writeSafetensors } from './ort/safetensors.ts';

/** What was made of a base model: the tensors that differ from it, and its shape where that differs too. */
export interface TunedFile {
  readonly tensors: NamedTensors;
  readonly structure: ModelStructure | null;
}

const STRUCTURE = 'structure';

/** @throws AppError 'model.file' */
export async function readTunedFile(path: string, key: SealKey): Promise<TunedFile> {
  const file = basename(path);
  const fail = (problem: Reason, cause: unknown) => new AppError('model.file', { file, problem }, { cause });
  const bytes = await readUnderKey(path, key).catch((cause: unknown) => {
    throw fail(because('unreadable', {}), cause);
  });
  const tensors = new Map<string, NamedTensor>();
  for (const [name, { shape, data }] of parseSafetensors(bytes, file)) {
    if (data instanceof Float32Array) tensors.set(name, { shape, data });
  }
  const text = safetensorsMetadata(bytes)[STRUCTURE];
  if (text === undefined) return { tensors, structure: null };
  try {
    return { tensors, structure: modelStructureSchema.parse(JSON.parse(text)) };
  } catch (cause) {
    throw fail(because('bad-structure', {}), cause);
  }
}

export function writeTunedFile(path: string, { tensors, structure }: TunedFile, key: SealKey): Promise<void> {
  return writeSafetensors(path, tensors, key, structureMetadata(structure));
}

/** How the shape of a model stands in the header of its file. */
export function structureMetadata(structure: ModelStructure | null): Metadata {
  return structure === null ? {} : { [STRUCTURE]: JSON.stringify(structure) };
}
