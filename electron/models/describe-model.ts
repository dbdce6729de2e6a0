import type { BaseModel } from '../../shared/stages/competitiveness/contract.ts';
import { countElements, encoderTensors } from '../../shared/train/parameters.ts';
import { readEncoderConfig } from './encoder-config.ts';
import { readManifest } from './model-folder.ts';

const BYTES_PER_MB = 1_000_000;

/** What a person chooses a base model by. @throws AppError 'model.not-found' | 'model.file' | 'model.unsupported' */
export async function describeModel(folder: string): Promise<Omit<BaseModel, 'imported'>> {
  const manifest = await readManifest(folder);
  const { family, config } = await readEncoderConfig(folder);
  const weights = manifest.files.filter(({ path }) => path.endsWith('.safetensors'));
  return {
    id: manifest.id,
    name: manifest.name,
    family,
    languages: manifest.languages,
    licence: manifest.licence,
    source: manifest.source,
    pooling: manifest.pooling,
    layers: config.layers,
    hiddenSize: config.hiddenSize,
    vocabSize: config.vocabSize,
    parameters: countElements(encoderTensors(config, false)),
    maxLength: manifest.maxLength,
    sizeMb: weights.reduce((sum, { bytes }) => sum + bytes, 0) / BYTES_PER_MB,
  };
}
