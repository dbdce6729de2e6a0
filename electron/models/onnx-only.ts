import { join } from 'node:path';
import { z } from 'zod';
import { broken } from '../../shared/errors/issue-reason.ts';
import { because } from '../../shared/errors/reasons.ts';
import { parseModelJson, readJsonFile } from './json-file.ts';
import type { ModelManifest } from './model-folder.ts';

/** Encoders that are published as an ONNX file alone: whatever their family, they can be asked for vectors and not be trained. */

export const ONNX_FILE = 'model.onnx';
const CONFIG_FILE = 'config.json';
const CONFIG_LIMIT_MB = 1;
const MOST_TOKENS = 512;

export const isOnnxOnly = ({ files }: ModelManifest) =>
  files.some(({ path }) => path === ONNX_FILE) && !files.some(({ path }) => path.endsWith('.safetensors'));

const count = (most: number) => z.int().min(1).max(most);
const configSchema = z
  .looseObject({
    model_type: z.string().max(64),
    vocab_size: count(1_000_000),
    hidden_size: count(16_384).optional(),
    dim: count(16_384).optional(),
    num_hidden_layers: count(1_000).optional(),
    n_layers: count(1_000).optional(),
    max_position_embeddings: count(1_000_000).optional(),
    pad_token_id: z.int().min(0).nullish(),
  })
  .refine(({ hidden_size, dim }) => (hidden_size ?? dim) !== undefined, broken(because('no-width', {})));

/** Families that number positions from the padding id on. @source transformers, create_position_ids_from_input_ids */
const POSITIONS_FOLLOW_PADDING = new Set(['roberta', 'xlm-roberta', 'xlm-roberta-xl', 'camembert', 'mpnet']);

export interface OnnxConfig {
  readonly family: string;
  readonly hiddenSize: number;
  /** 0 where the file does not say. */
  readonly layers: number;
  readonly vocabSize: number;
  readonly maxTokens: number;
}

/** @throws AppError 'model.file' */
export async function readOnnxConfig(folder: string): Promise<OnnxConfig> {
  const { json } = await readJsonFile(join(folder, CONFIG_FILE), CONFIG_LIMIT_MB);
  const file = parseModelJson(configSchema, json, CONFIG_FILE);
  const before = POSITIONS_FOLLOW_PADDING.has(file.model_type) ? (file.pad_token_id ?? 1) + 1 : 0;
  return {
    family: file.model_type,
    hiddenSize: (file.hidden_size ?? file.dim)!,
    layers: file.num_hidden_layers ?? file.n_layers ?? 0,
    vocabSize: file.vocab_size,
    maxTokens: Math.max(2, Math.min(MOST_TOKENS, (file.max_position_embeddings ?? MOST_TOKENS + before) - before)),
  };
}
