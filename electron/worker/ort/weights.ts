import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ParameterShape } from '../../../shared/train/parameters.ts';
import type { EncoderConfig, NamedTensor, NamedTensors } from '../../../shared/train/spec.ts';
import { readJsonFile } from '../../models/json-file.ts';
import { readSafetensors } from './safetensors.ts';

const CONFIG = 'config.json';
const WEIGHTS = 'model.safetensors';
const CONFIG_LIMIT_MB = 1;

/** Beyond any encoder of these families: the tensors that a size calls for are listed before one of them is looked for. */
const upTo = (most: number) => z.number().int().min(1).max(most);
const ConfigFile = z.object({
  model_type: z.string(),
  vocab_size: upTo(1_000_000),
  hidden_size: upTo(16_384),
  num_hidden_layers: upTo(128),
  num_attention_heads: upTo(256),
  intermediate_size: upTo(65_536),
  max_position_embeddings: upTo(65_536),
  type_vocab_size: upTo(16),
  layer_norm_eps: z.number().positive(),
  hidden_act: z.string(),
  pad_token_id: z.number().int().nullish(),
  position_embedding_type: z.string().optional(),
});

/** Families whose tensors bear BERT's names behind their own prefix. */
const PREFIX: ReadonlyMap<string, string> = new Map([
  ['bert', 'bert.'],
  ['roberta', 'roberta.'],
  ['xlm-roberta', 'roberta.'],
]);

export interface EncoderFolder {
  readonly config: EncoderConfig;
  /** All float tensors of the file, encoder tensors as `bert.…`. */
  readonly weights: NamedTensors;
}

/** Reads `config.json` and `model.safetensors` of a BERT-family encoder.
 *  @throws AppError 'model.file', 'model.unsupported' */
export async function readEncoderFolder(folder: string): Promise<EncoderFolder> {
  const { config, prefix } = await readConfig(folder);
  const weights = new Map<string, NamedTensor>();
  for (const [name, { shape, data }] of await readSafetensors(join(folder, WEIGHTS))) {
    if (data instanceof Float32Array) weights.set(canonicalName(name, prefix), { shape, data });
  }
  return { config, weights };
}

async function readConfig(folder: string): Promise<{ config: EncoderConfig; prefix: string }> {
  const fail = (problem: string, cause?: unknown): never => {
    throw new AppError('model.file', { file: CONFIG, problem }, { cause });
  };
  const { json } = await readJsonFile(join(folder, CONFIG), CONFIG_LIMIT_MB);
  const parsed = ConfigFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return fail(`${issue.path.join('.')}: ${issue.message}`, parsed.error);
  }
  const file = parsed.data;
  const unsupported = (problem: string): never => {
    throw new AppError('model.unsupported', { model: file.model_type, problem });
  };
  const prefix = PREFIX.get(file.model_type) ?? unsupported('the family is not BERT, RoBERTa or XLM-RoBERTa');
  if ((file.position_embedding_type ?? 'absolute') !== 'absolute') unsupported('relative position embeddings');
  if (file.hidden_size % file.num_attention_heads !== 0) unsupported('hidden size is no multiple of the heads');
  const activation = file.hidden_act;
  if (activation !== 'gelu' && activation !== 'gelu_new' && activation !== 'relu') {
    return unsupported(`activation ${activation}`);
  }
  const config: EncoderConfig = {
    vocabSize: file.vocab_size,
    hiddenSize: file.hidden_size,
    layers: file.num_hidden_layers,
    heads: file.num_attention_heads,
    intermediateSize: file.intermediate_size,
    maxPositions: file.max_position_embeddings,
    typeVocabSize: file.type_vocab_size,
    layerNormEps: file.layer_norm_eps,
    activation,
    // RoBERTa numbers positions from the padding id on.
    ...(prefix === 'bert.' ? {} : { positionOffset: (file.pad_token_id ?? 1) + 1 }),
  };
  return { config, prefix };
}

/** `embeddings.…`, `encoder.…` and `pooler.…` (bare or behind the family's prefix) as `bert.…`; other names stay. */
function canonicalName(name: string, prefix: string): string {
  const bare = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return /^(embeddings|encoder|pooler)\./.test(bare) ? `bert.${bare}` : bare;
}

/** The tensor of this name and shape. @throws AppError 'model.tensor-missing', 'model.tensor-shape' */
export function requireTensor(weights: NamedTensors, { name, shape }: ParameterShape, file = WEIGHTS): NamedTensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new AppError('model.tensor-missing', { file, tensor: name });
  if (tensor.shape.length !== shape.length || tensor.shape.some((dim, i) => dim !== shape[i])) {
    const found = `[${tensor.shape}]`;
    throw new AppError('model.tensor-shape', { file, tensor: name, found, expected: `[${shape}]` });
  }
  return tensor;
}
