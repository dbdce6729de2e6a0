import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTokenizer } from '../../electron/worker/tokenizer.ts';

const models = resolve(import.meta.dirname, '../../models');
const references = resolve(import.meta.dirname, '../../../shared/reference');
const open = (model: string) => openTokenizer(join(models, model, 'tokenizer.json'));

describe.each(['bge-small-zh-v1.5', 'all-MiniLM-L6-v2'])('%s', (model) => {
  const path = join(references, model, 'sentences.json');

  test.skipIf(!existsSync(path))('gives the ids that transformers gives', async () => {
    const reference = JSON.parse(readFileSync(path, 'utf8')) as { sentences: string[]; input_ids: number[][] };
    const { tokens, truncated } = (await open(model)).encode(reference.sentences, 512);
    const rows = reference.sentences.map((_, i) => [...tokens.ids.subarray(tokens.offsets[i], tokens.offsets[i + 1])]);
    expect(rows).toEqual(reference.input_ids);
    expect(truncated).toBe(0);
  });

  test('cuts a long text to the length asked for and keeps [CLS] and [SEP]', async () => {
    const tokenizer = await open(model);
    const whole = tokenizer.encode(['one two three four'], 512).tokens.ids;
    const { tokens, truncated } = tokenizer.encode(['one two three four', 'one'], 4);
    expect([...tokens.ids.subarray(0, 4)]).toEqual([101, whole[1], whole[2], 102]);
    expect([...tokens.offsets]).toEqual([0, 4, tokens.ids.length]);
    expect(truncated).toBe(1);
  });

  test('an empty text is the special tokens alone', async () => {
    const tokenizer = await open(model);
    expect([...tokenizer.encode([''], 16).tokens.ids]).toEqual([101, 102]);
    expect(tokenizer.padId).toBe(0);
  });
});

test('a SentencePiece model with its character map gives the ids of Hugging Face’s tokenizers (test/golden/unigram.py)', async () => {
  const golden = resolve(import.meta.dirname, '../golden/unigram');
  const reference = JSON.parse(readFileSync(join(golden, 'sentences.json'), 'utf8')) as {
    sentences: string[];
    input_ids: number[][];
  };
  const { tokens } = (await openTokenizer(join(golden, 'tokenizer.json'))).encode(reference.sentences, 512);
  const rows = reference.sentences.map((_, i) => [...tokens.ids.subarray(tokens.offsets[i], tokens.offsets[i + 1])]);
  expect(rows).toEqual(reference.input_ids);
});
