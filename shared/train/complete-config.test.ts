import { expect, test } from 'vitest';
import { completeConfig } from './complete-config.ts';
import { type RunConfigDraft, runConfigDraftSchema, suggestConfig } from './run-config.ts';
import { ALL_LINEAR } from './usual-method.ts';

const { config } = suggestConfig({ rowsPerClass: [30, 40], maxLength: 64, seed: 7 });
const complete = (draft: RunConfigDraft) => completeConfig(draft, { config, layers: 4 }, 'a.train');

test('nothing set is the suggestion, and what is set stands in it', () => {
  expect(complete({})).toEqual(config);
  expect(complete({ epochs: 2, maxGradNorm: null })).toEqual({ ...config, epochs: 2, maxGradNorm: null });
});

test('a method that is only named has its usual options and learning rate', () => {
  expect(complete({ method: { type: 'lora', rank: 4 } })).toEqual({
    ...config,
    method: { type: 'lora', rank: 4, alpha: 16, rankStabilised: false, targets: [...ALL_LINEAR] },
    learningRate: 5e-4,
  });
  expect(complete({ method: { type: 'frozen-prefix' } }).method).toEqual({ type: 'frozen-prefix', layers: 3 });
  expect(complete({ method: { type: 'lora' }, learningRate: 1e-4 }).learningRate).toBe(1e-4);
});

test('the suggested method keeps what is suggested of it, its learning rate too', () => {
  expect(complete({ method: { type: 'full' } })).toEqual(config);
  expect(complete({ method: { type: 'full', freezeEmbeddings: false } })).toEqual({
    ...config,
    method: { type: 'full', freezeEmbeddings: false },
  });
});

test('a whole that contradicts itself is refused by its place', () => {
  expect(() => complete({ rDrop: 1, dropout: 0 })).toThrowError(
    expect.objectContaining({
      code: 'request.invalid',
      params: expect.objectContaining({ name: 'a.train', path: 'config.rDrop' }),
    }),
  );
});

test('a draft sets nothing by itself, and knows no other options than a whole recipe', () => {
  expect(runConfigDraftSchema.parse({ method: { type: 'adalora', rank: 6 } })).toEqual({
    method: { type: 'adalora', rank: 6 },
  });
  expect(runConfigDraftSchema.safeParse({ method: { type: 'full', rank: 6 } }).success).toBe(false);
  expect(runConfigDraftSchema.safeParse({ epoch: 3 }).success).toBe(false);
});
