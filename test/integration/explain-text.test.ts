import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordEnds } from '../../electron/compute/segmenter.ts';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { keepWords, replaceWords, wordPieces } from '../../electron/worker/explain/words.ts';
import { openTokenizer } from '../../electron/worker/tokenizer.ts';
import { measureFaithfulness } from '../../shared/explanation/faithfulness.ts';
import { createRng } from '../../shared/rng.ts';
import { suggestConfig } from '../../shared/train/run-config.ts';
import { CHECKPOINT_EVERY_MS } from '../../shared/worker/training.ts';
import { tinyTexts, WORDS, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
let home: string;
let client: WorkerClient;
let model: { folder: string; hash: null; tuned: string; classes: number; maxLength: number; threads: number };

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'explain-'));
  await writeTinyModel(join(home, 'tiny'));
  client = createWorkerClient(() => forkEntry('worker'));
  const common = { folder: join(home, 'tiny'), hash: null, threads: 1 };
  const trained = await client.run({
    type: 'train',
    ...common,
    tuned: null,
    config: {
      ...suggestConfig({ rowsPerClass: [100, 100, 100, 100], maxLength: 32, seed: 5 }).config,
      learningRate: 3e-3,
      epochs: 3,
      batchSize: 8,
    },
    classes: CLASSES,
    train: tinyTexts(400, CLASSES, 1),
    dev: null,
    spool: mkdtempSync(join(home, 'spool-')),
    resume: false,
    checkpointEveryMs: CHECKPOINT_EVERY_MS,
  });
  if (trained.type !== 'finished') throw new Error('the training is not finished');
  model = { ...common, tuned: trained.tunedFile, classes: CLASSES, maxLength: 32 };
});
afterAll(() => {
  client.dispose();
  rmSync(home, { recursive: true });
});

const segmented = (text: string) => ({ text, wordEnds: wordEnds(text) });

test('the word that decides the class stands out in both explanations, and the sums are complete', async () => {
  const text = `${WORDS[2]} please help the card balance`;
  const found = await client.run({ type: 'explain', ...model, ...segmented(text), target: null });
  expect(found.target).toBe(2);
  expect(found.words.map(({ start, end }) => text.slice(start, end))).toEqual(text.split(' '));
  const first = found.words[0]!;
  for (const measure of ['attribution', 'scoreFall', 'probabilityFall'] as const) {
    expect(first[measure]).toBe(Math.max(...found.words.map((word) => word[measure] ?? Number.NaN)));
    expect(first[measure]).toBeGreaterThan(0);
  }
  const sum = found.words.reduce((total, { attribution }) => total + attribution, 0);
  expect(Math.abs(sum - (found.score - found.baselineScore))).toBeLessThan(
    0.05 * Math.abs(found.score - found.baselineScore),
  );
  expect(found.gap).toBeLessThan(0.05);
});

test('another class may be asked for; int8 is explained in float32', async () => {
  const text = segmented(`${WORDS[2]} please help`);
  const asked = await client.run({ type: 'explain', ...model, ...text, target: 0 });
  expect(asked.target).toBe(0);
  expect(asked.words[0]!.attribution).toBeLessThan(0);
  const int8 = await client.run({ type: 'explain', ...model, precision: 'int8', ...text, target: 0 });
  expect(int8).toEqual(asked);
});

test('words beyond the longest text are left out, and said', async () => {
  const long = Array.from({ length: 60 }, (_, i) => WORDS[i % WORDS.length]).join(' ');
  const found = await client.run({ type: 'explain', ...model, ...segmented(long), target: null });
  expect([found.truncated, found.words.length]).toEqual([true, 30]);
  const blank = await client.run({ type: 'explain', ...model, ...segmented(' '), target: null });
  expect([blank.truncated, blank.words, blank.gap]).toEqual([false, [], null]);
});

test('both explanations take away more than random order does on a model whose deciding word is known', async () => {
  const texts = tinyTexts(24, CLASSES, 6).texts.map(segmented);
  const done: number[] = [];
  const found = await client.run(
    { type: 'faithfulness', ...model, texts: [...texts, segmented('card')], seed: 3 },
    { onEvent: (event) => event.type === 'progress' && done.push(event.done) },
  );
  expect([found.tooShort, found.probabilities.whole.length, done.at(-1)]).toEqual([1, 24, 25]);
  expect(found.gap.widest).toBeLessThan(0.05);
  const { verdict, aboveRandom } = measureFaithfulness(found.probabilities, createRng(1));
  expect(verdict).not.toBe('neither');
  expect(aboveRandom.occlusion.comprehensiveness.low).toBeGreaterThan(0);
  expect(aboveRandom.integratedGradients.comprehensiveness.low).toBeGreaterThan(0);
});

describe('words and their tokens', () => {
  const pieces = async (text: string, folder: string, maxLength = 64) => {
    const tokenizer = await openTokenizer(`models/${folder}/tokenizer.json`);
    return { tokenizer, found: wordPieces(segmented(text), tokenizer, maxLength) };
  };

  test('are found in Chinese, with marks and Latin words, and every token belongs to one', async () => {
    const text = '客户经理说收益率是3.5%，IPhone14也能买 吗？';
    const { found } = await pieces(text, 'bge-small-zh-v1.5');
    const words = found.words.map(({ start, end }) => text.slice(start, end));
    expect(words).toContain('客户经理');
    expect(words).toContain('收益率');
    expect(words.join('')).toBe(text.replaceAll(' ', ''));
    expect(found.words.map(({ from }) => from)).toEqual([1, ...found.words.slice(0, -1).map(({ to }) => to)]);
    expect(found.words.at(-1)!.to).toBe(found.ids.length - 1);
  });

  test('are found in English, rare words in several pieces', async () => {
    const text = "I can't re-activate my contactless card!";
    const { found, tokenizer } = await pieces(text, 'all-MiniLM-L6-v2');
    const words = found.words.map(({ start, end }) => text.slice(start, end));
    expect(words).toEqual(['I', "can't", 're', '-', 'activate', 'my', 'contactless', 'card', '!']);
    const rare = found.words[6]!;
    expect(rare.to - rare.from).toBe(2);
    const masked = replaceWords(found, [6], tokenizer.maskId);
    expect([...masked].filter((id) => id === tokenizer.maskId).length).toBe(2);
    const kept = keepWords(
      found,
      Uint8Array.from(words, (word) => (word === 'card' ? 1 : 0)),
    );
    expect([...kept]).toEqual([...tokenizer.encode(['card'], 64).tokens.ids]);
  });
});
