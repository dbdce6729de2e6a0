import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { because, type Reason } from '../../shared/errors/reasons.ts';
import { FAMILIES, FAMILY_NAMES, type FamilyName, isFamily } from '../../shared/train/families.ts';
import type { EncoderConfig } from '../../shared/train/spec.ts';
import { parseModelJson, readJsonFile } from './json-file.ts';

const CONFIG_FILE = 'config.json';
const CONFIG_LIMIT_MB = 1;

/** Beyond any encoder of these families: the tensors that a size calls for are listed before one of them is looked for. */
const upTo = (most: number) => z.number().int().min(1).max(most);
const vocabulary = upTo(1_000_000);
const hidden = upTo(16_384);
const layers = upTo(128);
const heads = upTo(256);
const columns = upTo(65_536);
const positions = upTo(65_536);

const shared = z.object({
  vocab_size: vocabulary,
  max_position_embeddings: positions,
  pad_token_id: z.number().int().min(0).max(1_000_000).nullish(),
  position_embedding_type: z.string().nullish(),
  is_decoder: z.boolean().nullish(),
});
/** What is left out is what transformers takes for it. */
const bertFile = shared.extend({
  hidden_size: hidden,
  embedding_size: hidden.optional(),
  num_hidden_layers: layers,
  num_attention_heads: heads,
  intermediate_size: columns,
  type_vocab_size: upTo(16).default(2),
  layer_norm_eps: z.number().positive().default(1e-12),
  hidden_act: z.string().default('gelu'),
});
const distilbertFile = shared.extend({
  dim: hidden,
  n_layers: layers,
  n_heads: heads,
  hidden_dim: columns,
  activation: z.string().default('gelu'),
});
const familyFile = z.object({ model_type: z.string() });

/** DistilBERT's LayerNorm, which its `config.json` does not name. */
const DISTILBERT_EPS = 1e-12;

export interface DescribedEncoder {
  readonly family: FamilyName;
  readonly config: EncoderConfig;
  /** The whole content of `config.json`. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Reads `config.json` of an encoder folder. @throws AppError 'model.file', 'model.unsupported' */
export async function readEncoderConfig(folder: string): Promise<DescribedEncoder> {
  const { json } = await readJsonFile(join(folder, CONFIG_FILE), CONFIG_LIMIT_MB);
  const family = parseModelJson(familyFile, json, CONFIG_FILE).model_type;
  if (!isFamily(family)) {
    throw new AppError('model.unsupported', {
      model: family,
      problem: because('family', { families: FAMILY_NAMES.join(', ') }),
    });
  }
  const config = family === 'distilbert' ? ofDistilbert(json) : ofBert(family, json);
  return { family, config, json: json as Readonly<Record<string, unknown>> };
}

function ofBert(family: Exclude<FamilyName, 'distilbert'>, json: unknown): EncoderConfig {
  const file = parseModelJson(bertFile, json, CONFIG_FILE);
  // ELECTRA's default; the other families have no such setting.
  const embeddingSize = family === 'electra' ? (file.embedding_size ?? 128) : file.hidden_size;
  return checked(family, file, {
    vocabSize: file.vocab_size,
    hiddenSize: file.hidden_size,
    layers: file.num_hidden_layers,
    heads: file.num_attention_heads,
    intermediateSize: file.intermediate_size,
    maxPositions: file.max_position_embeddings,
    typeVocabSize: file.type_vocab_size,
    layerNormEps: file.layer_norm_eps,
    activation: activationOf(family, file.hidden_act),
    ...(FAMILIES[family].positionsFollowPadding ? { positionOffset: (file.pad_token_id ?? 1) + 1 } : {}),
    ...(embeddingSize === file.hidden_size ? {} : { embeddingSize }),
  });
}

function ofDistilbert(json: unknown): EncoderConfig {
  const file = parseModelJson(distilbertFile, json, CONFIG_FILE);
  return checked('distilbert', file, {
    vocabSize: file.vocab_size,
    hiddenSize: file.dim,
    layers: file.n_layers,
    heads: file.n_heads,
    intermediateSize: file.hidden_dim,
    maxPositions: file.max_position_embeddings,
    typeVocabSize: 0,
    layerNormEps: DISTILBERT_EPS,
    activation: activationOf('distilbert', file.activation),
  });
}

function activationOf(model: FamilyName, name: string): EncoderConfig['activation'] {
  if (name === 'gelu' || name === 'gelu_new' || name === 'relu') return name;
  throw new AppError('model.unsupported', { model, problem: because('activation', { name }) });
}

function checked(model: FamilyName, file: z.output<typeof shared>, config: EncoderConfig): EncoderConfig {
  const unsupported = (problem: Reason) => new AppError('model.unsupported', { model, problem });
  if ((file.position_embedding_type ?? 'absolute') !== 'absolute') throw unsupported(because('relative-positions', {}));
  if (file.is_decoder === true) throw unsupported(because('decoder', {}));
  if (config.hiddenSize % config.heads !== 0) throw unsupported(because('heads-of-size', {}));
  if ((config.positionOffset ?? 0) + 2 > config.maxPositions) {
    throw unsupported(because('no-room', { positions: config.maxPositions }));
  }
  return config;
}
