import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { BaseModel } from '../../shared/stages/competitiveness/contract.ts';
import { readJsonFile } from './json-file.ts';
import { readManifest } from './model-folder.ts';

const sizesSchema = z.object({
  vocab_size: z.int(),
  hidden_size: z.int(),
  num_hidden_layers: z.int(),
  intermediate_size: z.int(),
  max_position_embeddings: z.int(),
  type_vocab_size: z.int(),
});

const CONFIG_LIMIT_MB = 1;
const BYTES_PER_MB = 1_000_000;

/** What a person chooses a base model by. @throws AppError 'model.not-found' | 'model.file' */
export async function describeModel(folder: string): Promise<BaseModel> {
  const manifest = await readManifest(folder);
  const { file, json } = await readJsonFile(join(folder, 'config.json'), CONFIG_LIMIT_MB);
  const parsed = sizesSchema.safeParse(json);
  if (!parsed.success) {
    throw new AppError(
      'model.file',
      { file, problem: 'it does not say how large the model is' },
      { cause: parsed.error },
    );
  }
  const sizes = parsed.data;
  const weights = manifest.files.find(({ path }) => path.endsWith('.safetensors'));
  return {
    id: manifest.id,
    name: manifest.name,
    languages: manifest.languages,
    licence: manifest.licence,
    source: manifest.source,
    pooling: manifest.pooling,
    layers: sizes.num_hidden_layers,
    hiddenSize: sizes.hidden_size,
    parameters: encoderParameters(sizes),
    maxLength: manifest.maxLength,
    sizeMb: (weights?.bytes ?? 0) / BYTES_PER_MB,
  };
}

/** Parameters of a BERT encoder without pooler: embeddings and their norm, then per layer four attention maps, two FFN maps and two norms. */
function encoderParameters(sizes: z.output<typeof sizesSchema>): number {
  const h = sizes.hidden_size;
  const f = sizes.intermediate_size;
  const embeddings = (sizes.vocab_size + sizes.max_position_embeddings + sizes.type_vocab_size) * h + 2 * h;
  const layer = 4 * (h * h + h) + (h * f + f) + (f * h + h) + 4 * h;
  return embeddings + sizes.num_hidden_layers * layer;
}
