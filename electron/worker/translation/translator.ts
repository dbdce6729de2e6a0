import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../shared/errors/reasons.ts';
import { createRng } from '../../../shared/rng.ts';
import type { Decoding, Direction } from '../../../shared/translation/pack.ts';
import { parseModelJson, readJsonFile } from '../../models/json-file.ts';
import { letMessagesIn } from '../batch-runs.ts';
import { checkOnnx, type OnnxRules } from '../ort/check-onnx.ts';
import { OrtSession } from '../ort/session.ts';
import { libraryTokenizer } from '../tokenizer.ts';
import { readTokenizerFile } from '../tokenizer-file.ts';
import { nextToken } from './next-token.ts';

const CONFIG_LIMIT_MB = 1;
/** Most texts at a time, and most scores of a step: with a vocabulary of 65 000 those of long texts are what fills the memory. */
const BATCH = 32;
const SCORES_AT_ONCE = 2 ** 25;
/** A translation is at most this many times as long as its source, and some tokens more. */
const LONGER = 2;
const SOME_MORE = 12;
/** Stands before the first piece of a word in the vocabulary of a sentencepiece model. */
const WORD_START = /\u2581/g;

const id = z.int().min(0).max(1_000_000);
const configSchema = z.object({
  model_type: z.literal('marian'),
  vocab_size: z.int().min(4).max(1_000_000),
  d_model: z.int().min(1).max(8_192),
  max_position_embeddings: z.int().min(8).max(8_192),
  pad_token_id: id,
  eos_token_id: id,
  decoder_start_token_id: id,
});
type MarianConfig = z.output<typeof configSchema>;

/** Operators whose length their own data decide: a file could have one go on for ever. */
const ENDLESS: ReadonlySet<string> = new Set(['Loop', 'Scan', 'SequenceMap']);
/** Exporters and optimisers differ in what such models are made of. */
const RULES: OnnxRules = {
  makers: ['com.microsoft'],
  namesNoOthers: true,
  allows: (operator) => !ENDLESS.has(operator),
  deepest: 4,
};

const ENCODER = { inputs: ['input_ids', 'attention_mask'], outputs: ['last_hidden_state'] } as const;
const DECODER = {
  inputs: ['encoder_attention_mask', 'input_ids', 'encoder_hidden_states'],
  outputs: ['logits'],
} as const;

export interface TranslateOptions {
  readonly decoding: Decoding;
  readonly seed: number;
  /** Tokens of a translation with the one that begins it and the one that ends it; by the length of the source where left out. */
  readonly maxLength?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** What an earlier call with the same texts and options gave to `onBatch`: it goes on behind that. */
  readonly done?: readonly Translated[];
  /** All that is done so far, in the order in which it was computed; what it throws ends the translation. */
  readonly onBatch?: (done: readonly Translated[]) => Promise<void>;
}

export interface Translated {
  readonly row: number;
  readonly text: string;
  readonly ids: number[];
  /** Whether it, or its source, had to be cut. */
  readonly cut: boolean;
}

/** One direction of a translation pack. */
export interface Translator {
  translate(texts: readonly string[], options: TranslateOptions): Promise<readonly Translated[]>;
  dispose(): Promise<void>;
}

/** Opens the models of a direction; its files were compared with their checksums.
 *  @throws AppError 'model.file' naming the file and what is wrong with it */
export async function openTranslator(packFolder: string, direction: Direction, threads: number): Promise<Translator> {
  const folder = join(packFolder, direction);
  const config = await readConfig(folder, direction);
  const tokenizerName = 'tokenizer.json';
  const tokenizer = libraryTokenizer(
    await readTokenizerFile(join(folder, tokenizerName)),
    `${direction}/${tokenizerName}`,
  );
  const encoder = await openPart(packFolder, `${direction}/encoder_model.onnx`, ENCODER, threads);
  const decoder = await openPart(packFolder, `${direction}/decoder_model.onnx`, DECODER, threads);
  return {
    translate: (texts, options) => translateAll({ config, tokenizer, encoder, decoder }, texts, options),
    async dispose() {
      await encoder.dispose();
      await decoder.dispose();
    },
  };
}

type Feeds = Parameters<OrtSession['run']>[0];

/** A model of a pack, whose failures name its file. */
interface Part {
  tensor: OrtSession['tensor'];
  run(feeds: Feeds, fetches: Feeds): Promise<void>;
  dispose(): Promise<void>;
}

async function openPart(
  packFolder: string,
  file: string,
  ports: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  threads: number,
): Promise<Part> {
  const fail = (problem: Reason, cause?: unknown) => new AppError('model.file', { file, problem }, { cause });
  const bytes = await readFile(join(packFolder, file));
  const { inputs, outputs } = checkOnnx(bytes, file, RULES);
  const lacks =
    ports.inputs.find((port) => !inputs.includes(port)) ?? ports.outputs.find((port) => !outputs.includes(port));
  if (lacks !== undefined) throw fail(because('onnx-lacks', { port: lacks }));
  if (inputs.length !== ports.inputs.length)
    throw fail(because('onnx-inputs', { inputs: inputs.join(', ').slice(0, 200) }));
  const session = await OrtSession.create(bytes, { threads }).catch((cause: unknown) => {
    throw fail(because('onnx-refused', {}), cause);
  });
  return {
    tensor: (data, shape) => session.tensor(data, shape),
    run: (feeds, fetches) =>
      session.run(feeds, fetches).catch((cause: unknown) => {
        throw fail(because('onnx-sizes', {}), cause);
      }),
    dispose: () => session.dispose(),
  };
}

async function readConfig(folder: string, direction: Direction): Promise<MarianConfig> {
  const { json } = await readJsonFile(join(folder, 'config.json'), CONFIG_LIMIT_MB);
  const file = `${direction}/config.json`;
  const config = parseModelJson(configSchema, json, file);
  const { vocab_size, pad_token_id, eos_token_id, decoder_start_token_id } = config;
  if ([pad_token_id, eos_token_id, decoder_start_token_id].some((token) => token >= vocab_size)) {
    throw new AppError('model.file', { file, problem: because('special-token', {}) });
  }
  return config;
}

interface Parts {
  readonly config: MarianConfig;
  readonly tokenizer: Tokenizer;
  readonly encoder: Part;
  readonly decoder: Part;
}

/** Batches of texts of like length, so that little is computed for padding. A text's translation depends on itself and the seed alone. */
async function translateAll(
  parts: Parts,
  texts: readonly string[],
  options: TranslateOptions,
): Promise<readonly Translated[]> {
  const { config, tokenizer } = parts;
  const longest = config.max_position_embeddings;
  const sources = texts.map((text) => {
    const { ids } = tokenizer.encode(text);
    const cut = ids.length > longest;
    return { ids: cut ? [...ids.slice(0, longest - 1), config.eos_token_id] : ids, cut };
  });
  const order = [...texts.keys()].sort((a, b) => sources[a]!.ids.length - sources[b]!.ids.length || a - b);
  const done: Translated[] = [...(options.done ?? [])];
  for (let at = done.length; at < order.length; ) {
    await letMessagesIn();
    options.signal?.throwIfAborted();
    const most = limitOf(
      config,
      sources[order[Math.min(order.length, at + BATCH) - 1]!]!.ids.length,
      options.maxLength,
    );
    const size = Math.max(1, Math.min(BATCH, Math.floor(SCORES_AT_ONCE / (most * config.vocab_size))));
    const rows = order.slice(at, at + size);
    at += rows.length;
    const answers = await translateBatch(
      parts,
      rows.map((row) => sources[row]!.ids),
      rows,
      options,
    );
    rows.forEach((row, i) => {
      const { ids, cut } = answers[i]!;
      done.push({ row, text: textOf(parts, ids), ids, cut: cut || sources[row]!.cut });
    });
    options.onProgress?.(at, order.length);
    await options.onBatch?.(done);
  }
  return done.sort((a, b) => a.row - b.row);
}

/** Token by token, every row until its end token or its length. @source transformers, generation/utils.py: greedy search with forced_eos_token_id */
async function translateBatch(
  { config, encoder, decoder }: Parts,
  sources: readonly (readonly number[])[],
  rows: readonly number[],
  { decoding, seed, maxLength, signal }: TranslateOptions,
): Promise<readonly { readonly ids: number[]; readonly cut: boolean }[]> {
  const { pad_token_id: pad, eos_token_id: eos, vocab_size: vocabulary, d_model: width } = config;
  const count = sources.length;
  const length = Math.max(...sources.map((ids) => ids.length));
  const inputIds = new BigInt64Array(count * length).fill(BigInt(pad));
  const mask = new BigInt64Array(count * length);
  sources.forEach((ids, row) => {
    ids.forEach((token, i) => {
      inputIds[row * length + i] = BigInt(token);
      mask[row * length + i] = 1n;
    });
  });
  const attention = encoder.tensor(mask, [count, length]);
  const hidden = encoder.tensor(new Float32Array(count * length * width), [count, length, width]);
  await encoder.run(
    { input_ids: encoder.tensor(inputIds, [count, length]), attention_mask: attention },
    { last_hidden_state: hidden },
  );
  const limit = limitOf(config, length, maxLength);
  const answers = sources.map(() => ({ ids: [config.decoder_start_token_id], done: false, cut: false }));
  const rngs = rows.map((row) => createRng((seed ^ Math.imul(row + 1, 0x9e3779b1)) >>> 0));
  for (let size = 1; size < limit && answers.some(({ done }) => !done); size++) {
    await letMessagesIn();
    signal?.throwIfAborted();
    const prefix = BigInt64Array.from(answers.flatMap(({ ids }) => ids.map(BigInt)));
    const logits = new Float32Array(count * size * vocabulary);
    await decoder.run(
      {
        input_ids: decoder.tensor(prefix, [count, size]),
        encoder_attention_mask: attention,
        encoder_hidden_states: hidden,
      },
      { logits: decoder.tensor(logits, [count, size, vocabulary]) },
    );
    answers.forEach((answer, row) => {
      const last = (row * size + size - 1) * vocabulary;
      const scores = logits.subarray(last, last + vocabulary);
      scores[pad] = Number.NEGATIVE_INFINITY;
      const forced = size === limit - 1;
      const next = answer.done ? pad : forced ? eos : nextToken(scores, decoding, rngs[row]!);
      answer.ids.push(next);
      if (!answer.done && forced) answer.cut = true;
      if (next === eos) answer.done = true;
    });
  }
  return answers.map(({ ids, cut }) => ({ ids: ids.slice(0, endOf(ids, eos)), cut }));
}

/** Most tokens of a translation. */
const limitOf = (config: MarianConfig, length: number, maxLength: number | undefined) =>
  Math.min(config.max_position_embeddings, maxLength ?? LONGER * length + SOME_MORE);

const endOf = (ids: readonly number[], eos: number) => {
  const end = ids.indexOf(eos, 1);
  return end < 0 ? ids.length : end + 1;
};

/** The pieces put together, without special tokens and what the vocabulary lacks. */
function textOf({ config, tokenizer }: Parts, ids: readonly number[]): string {
  const special = new Set([config.pad_token_id, config.eos_token_id]);
  const pieces = ids.flatMap((token) => (special.has(token) ? [] : (tokenizer.id_to_token(token) ?? [])));
  return pieces
    .filter((piece) => piece !== '<unk>')
    .join('')
    .replaceAll(WORD_START, ' ')
    .trim();
}
