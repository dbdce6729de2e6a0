import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTokenizer } from '../../electron/worker/tokenizer.ts';
import { readTokenizerFile } from '../../electron/worker/tokenizer-file.ts';
import { keptTokens, pruneTokenizer } from '../../shared/train/vocabulary.ts';

const models = resolve(import.meta.dirname, '../../models');
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'bge-small-zh-v1.5': ['信用卡丢了，怎么办？', 'App 登录 3 次都失败', '还款日 2024-05-01 能改吗……'],
  'all-MiniLM-L6-v2': ['I lost my card!', 'Why was I charged twice for one transfer?', 'naïve café — 3.50€'],
};
/** Words that no text above has. */
const UNSEEN: Readonly<Record<string, string>> = {
  'bge-small-zh-v1.5': '粥 unbelievable',
  'all-MiniLM-L6-v2': 'unbelievable',
};

const idsOf = (file: object, texts: readonly string[]) => {
  const { ids, offsets } = createTokenizer(file).encode(texts, 512).tokens;
  return texts.map((_, at) => [...ids.subarray(offsets[at], offsets[at + 1])]);
};

describe.each(Object.keys(TEXTS))('%s', (model) => {
  const path = join(models, model, 'tokenizer.json');

  test.skipIf(!existsSync(path))('texts whose tokens are kept have the same tokens, renumbered', async () => {
    const whole = await readTokenizerFile(path);
    const before = idsOf(whole, TEXTS[model]!);
    const kept = keptTokens(whole, before.flat());
    expect(kept.slice(0, 1)).toEqual([0]);
    expect(kept.toSorted((a, b) => a - b)).toEqual(kept);
    const after = idsOf(pruneTokenizer(whole, kept), TEXTS[model]!);
    expect(after.map((row) => row.map((id) => kept[id]))).toEqual(before);
    // A word that is gone is spelt in its characters, not lost.
    const spelt = idsOf(pruneTokenizer(whole, kept), [UNSEEN[model]!])[0]!.map((id) => kept[id]!);
    const unknown = (whole as { model: { vocab: Record<string, number> } }).model.vocab['[UNK]'];
    expect(spelt).not.toContain(unknown);
    expect(spelt.length).toBeGreaterThan(idsOf(whole, [UNSEEN[model]!])[0]!.length);
  });
});

const added = (id: number, content: string) => ({
  ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
});
const common = { version: '1.0', normalizer: null, decoder: null };

test('BPE keeps what its tokens are merged from', () => {
  const tokens = ['<pad>', '<s>', '</s>', '<unk>', 'l', 'o', 'w', 'e', 'r', 'lo', 'low', 'er', 'lower', 'we'];
  const file = {
    ...common,
    added_tokens: [added(0, '<pad>'), added(1, '<s>'), added(2, '</s>'), added(3, '<unk>')],
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: {
      type: 'RobertaProcessing',
      sep: ['</s>', 2],
      cls: ['<s>', 1],
      trim_offsets: true,
      add_prefix_space: false,
    },
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: ['l o', 'lo w', 'e r', 'low er', 'w e'],
    },
  };
  const before = idsOf(file, ['lower low']);
  expect(before).toEqual([[1, 12, 10, 2]]);
  const kept = keptTokens(file, before.flat());
  // All but `we`: `lower` is merged from `low` and `er`, these from `lo` and the letters.
  expect(kept.map((id) => tokens[id])).toEqual(tokens.slice(0, 13));
  const pruned = pruneTokenizer(file, kept) as { model: { merges: string[] } };
  expect(pruned.model.merges).toEqual(['l o', 'lo w', 'e r', 'low er']);
  expect(idsOf(pruned, ['lower low'])).toEqual(before);
});

test('Unigram keeps scores and its unknown token', () => {
  const file = {
    ...common,
    added_tokens: [added(0, '<s>'), added(1, '<pad>'), added(2, '</s>'), added(3, '<unk>')],
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '<s>', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '</s>', type_id: 0 } },
      ],
      pair: [],
      special_tokens: {
        '<s>': { id: '<s>', ids: [0], tokens: ['<s>'] },
        '</s>': { id: '</s>', ids: [2], tokens: ['</s>'] },
      },
    },
    model: {
      type: 'Unigram',
      unk_id: 3,
      vocab: [
        ['<s>', 0],
        ['<pad>', 0],
        ['</s>', 0],
        ['<unk>', 0],
        ['▁never', -3],
        ['▁card', -3],
        ['▁', -6],
        ['s', -6],
        ['▁cards', -4],
      ],
    },
  };
  const before = idsOf(file, ['card cards']);
  const kept = keptTokens(file, before.flat());
  expect(kept).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
  const pruned = pruneTokenizer(file, kept);
  expect(idsOf(pruned, ['card cards']).map((row) => row.map((id) => kept[id]))).toEqual(before);
});

test('refuses to leave out a token that the file itself needs', () => {
  const file = {
    ...common,
    added_tokens: [added(0, '[PAD]')],
    post_processor: null,
    model: { type: 'WordPiece', vocab: { '[PAD]': 0, a: 1 } },
  };
  expect(() => pruneTokenizer(file, [1])).toThrow('model.unsupported');
});
