import { basename } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { because, type Reason } from '../../shared/errors/reasons.ts';
import { readUnderKey, type SealKey } from '../files/sealed-file.ts';
import { parseModelJson, readJsonFile } from '../models/json-file.ts';

const LIMIT_MB = 64;
const MOST_ADDED_TOKENS = 10_000;
const MOST_PARTS = 32;
const MOST_CHARACTERS_PER_WORD = 1_000;

/** Parts of a tokenizer that are known to take time linear in the text. Any other may carry a pattern of somebody's making. */
const NORMALIZERS = new Set([
  ...['BertNormalizer', 'Lowercase', 'NFC', 'NFD', 'NFKC', 'NFKD', 'Precompiled', 'Prepend', 'Replace'],
  ...['Sequence', 'Strip', 'StripAccents'],
]);
const PRE_TOKENIZERS = new Set([
  ...['BertPreTokenizer', 'ByteLevel', 'Digits', 'Metaspace', 'Punctuation', 'Sequence', 'Whitespace'],
  'WhitespaceSplit',
]);
const POST_PROCESSORS = new Set(['BertProcessing', 'ByteLevel', 'RobertaProcessing', 'Sequence', 'TemplateProcessing']);
const MODELS = new Set(['BPE', 'Unigram', 'WordPiece']);
/** The one expression that published encoders of these families use: runs of spaces. */
const KNOWN_EXPRESSIONS = new Set([' {2,}']);

const partSchema: z.ZodType<Part> = z.looseObject({ type: z.string() });
type Part = { readonly type: string; readonly [key: string]: unknown };
const fileSchema = z.looseObject({
  added_tokens: z.array(z.looseObject({ content: z.string().min(1).max(256) })).max(MOST_ADDED_TOKENS),
  normalizer: z.nullish(partSchema),
  pre_tokenizer: z.nullish(partSchema),
  post_processor: z.nullish(partSchema),
  model: z.looseObject({
    type: z.string(),
    max_input_chars_per_word: z.int().min(1).max(MOST_CHARACTERS_PER_WORD).optional(),
  }),
});

/** Reads a tokenizer from a folder that may come from anybody: bounded in size, made of known parts only, without expressions of its own.
 *  @throws AppError 'model.file' naming the file and the part */
export async function readTokenizerFile(path: string, key: SealKey = null): Promise<object> {
  // What is sealed was written by this product itself.
  const { file, json } =
    key === null
      ? await readJsonFile(path, LIMIT_MB)
      : { file: basename(path), json: JSON.parse((await readUnderKey(path, key)).toString('utf8')) as unknown };
  const fail = (problem: Reason): never => {
    throw new AppError('model.file', { file, problem });
  };
  const parsed = parseModelJson(fileSchema, json, file);
  const { normalizer, pre_tokenizer, post_processor, model } = parsed;
  if (!MODELS.has(model.type)) fail(because('tokenizer-model', { type: model.type }));
  checkParts('normalizer', normalizer, NORMALIZERS, fail);
  checkParts('pre_tokenizer', pre_tokenizer, PRE_TOKENIZERS, fail);
  checkParts('post_processor', post_processor, POST_PROCESSORS, fail);
  // Text is only ever taken apart here, so what would put it together again is not even built.
  return { ...parsed, decoder: null, truncation: null, padding: null };
}

function checkParts(
  place: string,
  root: Part | null | undefined,
  known: ReadonlySet<string>,
  fail: (problem: Reason) => never,
): void {
  const waiting = root == null ? [] : [root];
  for (let seen = 1; waiting.length > 0; seen++) {
    const part = waiting.pop()!;
    if (seen > MOST_PARTS) fail(because('tokenizer-parts', { place, most: MOST_PARTS }));
    if (!known.has(part.type)) fail(because('tokenizer-part', { place, type: part.type }));
    const expression = (part.pattern as { readonly Regex?: unknown } | null | undefined)?.Regex;
    if (expression !== undefined && !KNOWN_EXPRESSIONS.has(String(expression))) {
      fail(because('tokenizer-expression', { place, expression: String(expression).slice(0, 40) }));
    }
    for (const inner of ['normalizers', 'pretokenizers', 'processors']) {
      if (!(inner in part)) continue;
      const parts = z.array(partSchema).safeParse(part[inner]);
      if (!parts.success) fail(because('tokenizer-list', { place: `${place}.${inner}` }));
      else waiting.push(...parts.data);
    }
  }
}
