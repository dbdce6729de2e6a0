import { expect, test } from 'vitest';
import { batchCount } from './batches.ts';
import { type RecipeInput, runConfigSchema, suggestConfig } from './run-config.ts';
import { type Cursor, planRun, START } from './run-plan.ts';

const input = (rowsPerClass: readonly number[]): RecipeInput => ({
  rowsPerClass,
  maxLength: 128,
  seed: 7,
});

test.each([
  [[8, 9, 10], 'few-per-class', 'full'],
  [Array(77).fill(130), 'some-per-class', 'full'],
  [[4800, 4790], 'many-per-class', 'full'],
] as const)('rows per class decide the recipe: %s', (rows, reason, method) => {
  const suggestion = suggestConfig(input(rows));
  expect([suggestion.reason, suggestion.config.method.type]).toEqual([reason, method]);
  expect(runConfigSchema.parse(suggestion.config)).toEqual(suggestion.config);
});

test('the rows of the median class come with the recipe, of an even number the larger of the two in the middle', () => {
  const medians = [[10, 8, 9], [20, 12], [600], []].map((rows) => suggestConfig(input(rows)).medianRows);
  expect(medians).toEqual([9, 20, 600, 0]);
});

test('classes count alike where one is far smaller than the others', () => {
  expect(suggestConfig(input([2000, 100])).config.classWeights).toBe('balanced');
  expect(suggestConfig(input([2000, 1000])).config.classWeights).toBe('none');
});

test('a run visits every batch of each epoch once and ends at its last update', () => {
  const lengths = new Int32Array(50).fill(10);
  const config = { ...suggestConfig(input([25, 25])).config, epochs: 2.5, batchSize: 16 };
  const plan = planRun(lengths, config);
  const visited: Cursor[] = [];
  for (let cursor = START; cursor.step < plan.totalSteps; cursor = plan.next(cursor)) visited.push(cursor);
  expect(batchCount(plan.epoch(0))).toBe(4);
  expect(visited.map(({ epoch, batch }) => `${epoch}.${batch}`).join(' ')).toBe(
    '0.0 0.1 0.2 0.3 1.0 1.1 1.2 1.3 2.0 2.1',
  );
  expect(plan.learningRate(0)).toBe(0);
  expect(plan.learningRate(plan.firstMovingStep)).toBe(config.learningRate);
});

test('half precision does not go with updates that are computed in parts', () => {
  const { config } = suggestConfig(input([25, 25]));
  expect(runConfigSchema.safeParse({ ...config, precision: 'float16' }).success).toBe(true);
  for (const option of [{ accumulation: 2 }, { unfreezing: 'gradual' }, { adversary: { type: 'fgm', epsilon: 0.2 } }]) {
    const parsed = runConfigSchema.safeParse({ ...config, precision: 'float16', ...option });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([['precision']]);
  }
});
