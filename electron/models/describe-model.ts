import { AppError } from '../../shared/errors/app-error.ts';
import type { BaseModel } from '../../shared/stages/competitiveness/contract.ts';
import { countElements, encoderTensors } from '../../shared/train/parameters.ts';
import { readEncoderConfig } from './encoder-config.ts';
import { readManifest } from './model-folder.ts';
import { isOnnxOnly, readOnnxConfig } from './onnx-only.ts';

const BYTES_PER_MB = 1_000_000;

/** What a person chooses a base model by. @throws AppError 'model.not-found' | 'model.file' | 'model.unsupported' */
export async function describeModel(folder: string): Promise<Omit<BaseModel, 'imported'>> {
  const manifest = await readManifest(folder);
  const weights = manifest.files.filter(({ path }) => /\.(safetensors|onnx)$/.test(path));
  const { id, name, languages, licence, source, pooling, maxLength } = manifest;
  return {
    ...{ id, name, languages, licence, source, pooling, maxLength },
    ...(isOnnxOnly(manifest) ? await onnxSizes(folder) : await sizes(folder)),
    sizeMb: weights.reduce((sum, { bytes }) => sum + bytes, 0) / BYTES_PER_MB,
  };
}

async function sizes(folder: string) {
  const { family, config } = await readEncoderConfig(folder);
  const { layers, hiddenSize, vocabSize } = config;
  const parameters = countElements(encoderTensors(config, false));
  return { family, layers, hiddenSize, vocabSize, parameters, trainable: true };
}

async function onnxSizes(folder: string) {
  const { family, layers, hiddenSize, vocabSize } = await readOnnxConfig(folder);
  return { family, layers, hiddenSize, vocabSize, parameters: null, trainable: false };
}

/** @throws AppError 'model.onnx-only' for an encoder whose weights have no names to train them by */
export async function requireTrainable(folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  if (isOnnxOnly(manifest)) throw new AppError('model.onnx-only', { model: manifest.name });
}
