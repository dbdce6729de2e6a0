import { describe, expect, it } from 'vitest';
import type { PreparedData } from '../contract.ts';
import { storedTaskChoiceSchema } from './contract.ts';
import { taskNotices } from './notices.ts';

const { check, split } = {
  check: [
    { code: 'near-duplicates', severity: 'info', params: { pairs: 3 } },
    { code: 'class-too-small', severity: 'warning', params: { label: '2/5', rows: 4, needed: 10 } },
  ],
  split: [
    { code: 'duplicates-across-parts', severity: 'warning', params: { rows: 2, kind: 'exact' } },
    { code: 'label-not-in-test', severity: 'warning', params: { label: '2/5' } },
  ],
} as const;
/** What the split of the strata found; only its notices are read. */
const prepared = { split: { notices: split }, check: { notices: check } } as unknown as PreparedData;
const [TRAIN, DEV, TEST] = [1, 2, 3];

describe('what is to be known of the rows of a task', () => {
  it('is what was found of texts and parts, not of the strata that they were drawn by', () => {
    const nothing = { task: 'multi-label', labels: [], values: new Float32Array(), part: new Uint8Array() } as const;
    expect(taskNotices({ ...nothing, prepared })).toEqual({ check: [check[0]], split: [split[0]] });
  });

  it('names labels that a part lacks', () => {
    const count = (label: string, train: number, test: number) => ({ label, rows: train + test, train, dev: 0, test });
    const labels = [count('fee', 9, 3), count('card', 0, 2), count('login', 4, 0), count('left out', 0, 0)];
    const none = { split: { notices: [] }, check: { notices: [] } } as unknown as PreparedData;
    const rows = { task: 'ordinal', values: new Float32Array(), part: new Uint8Array() } as const;
    expect(taskNotices({ ...rows, labels, prepared: none }).split).toEqual([
      { code: 'label-not-in-train', severity: 'blocking', params: { label: 'card', part: 'test', rows: 2 } },
      { code: 'label-not-in-test', severity: 'warning', params: { label: 'login' } },
    ]);
  });

  it('tells test numbers of another size than those learnt from, such as hours after minutes', () => {
    const none = { split: { notices: [] }, check: { notices: [] } } as unknown as PreparedData;
    const trained = Array.from({ length: 40 }, (_, i) => 10 + i);
    const found = (tested: readonly number[]) =>
      taskNotices({
        task: 'regression',
        labels: [],
        values: Float32Array.from([...trained, 900, ...tested]),
        part: Uint8Array.from([...trained.map(() => TRAIN), DEV, ...tested.map(() => TEST)]),
        prepared: none,
      }).check;
    const inRange = Array<number>(19).fill(20);
    // One in twenty is a share of 0.05: nothing is said yet.
    expect(found([...inRange, 60])).toEqual([]);
    expect(found([...inRange, 60, 5])).toEqual([
      { code: 'values-outside-train', severity: 'warning', params: { rows: 2, share: 2 / 21, low: 10, high: 49 } },
    ]);
    expect(found([0.2, 0.5, 0.9, 12])).toEqual([
      { code: 'values-outside-train', severity: 'blocking', params: { rows: 3, share: 3 / 4, low: 10, high: 49 } },
    ]);
  });
});

it('a choice from before test datasets is read as the share that it was', () => {
  const stored = {
    task: 'ordinal',
    columns: [{ datasetId: 'd1', columnId: 'c2' }],
    testShare: 0.3,
    devShare: 0.1,
    modelId: 'tiny',
    maxLength: 32,
  };
  const { testShare, ...rest } = stored;
  const now = { ...rest, test: { type: 'share', share: testShare } };
  expect(storedTaskChoiceSchema.parse(stored)).toEqual(now);
  expect(storedTaskChoiceSchema.parse(now)).toEqual(now);
  expect(storedTaskChoiceSchema.safeParse(rest).success).toBe(false);
});
