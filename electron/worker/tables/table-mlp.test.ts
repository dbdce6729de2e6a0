import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRng } from '../../../shared/rng.ts';
import { initialMlp } from '../../../shared/train/mlp.ts';
import { trainTable } from './table-mlp.ts';

const SHAPE = { features: 2, hidden: 3 };
const RATE = 0.1;
const ROWS = Int32Array.of(0, 1, 2, 3);
const FIT = { train: ROWS, dev: ROWS, mean: Float64Array.of(0, 0), deviation: Float64Array.of(1, 1) };
const REQUEST = {
  ...SHAPE,
  type: 'trainTable' as const,
  x: Float32Array.of(1, -1, 2, 0.5, -1, 1, 0, 3),
  event: Uint8Array.of(1, 0, 1, 0),
  weightDecay: 0,
  learningRate: RATE,
  batchSize: 4,
  epochs: 1,
  patience: 1,
  seed: 5,
  threads: 1,
  fits: [FIT],
  spoolKey: null,
  checkpointEveryMs: 0,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'table-mlp-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trained = (
  changes: Partial<Parameters<typeof trainTable>[0]>,
  control: Partial<Parameters<typeof trainTable>[1]> = {},
) => {
  const never = new AbortController().signal;
  const request = { ...REQUEST, spool: mkdtempSync(join(folder, 'spool-')), ...changes };
  return trainTable(request, {
    pause: never,
    cancel: never,
    onProgress: () => undefined,
    onKept: () => undefined,
    ...control,
  });
};

/** The parameters after one update. */
async function updated(weightDecay: number) {
  const outcome = await trained({ weightDecay });
  if (outcome.type === 'paused') throw new Error('nobody paused it');
  return outcome.networks[0]!.parameters;
}

it('decays weights and not biases', async () => {
  const decay = 0.05;
  const [plain, decayed] = [await updated(0), await updated(decay)];
  const initial = initialMlp(SHAPE, createRng(5));
  for (const bias of ['bias1', 'bias2'] as const) {
    expect(decayed[bias]).toEqual(plain[bias]);
    expect(decayed[bias]).not.toEqual(initial[bias]);
  }
  for (const weight of ['weight1', 'weight2'] as const) {
    const lost = plain[weight].map((value, i) => value - decayed[weight][i]!);
    initial[weight].forEach((value, i) => {
      expect(lost[i]).toBeCloseTo(value * RATE * decay, 6);
    });
  }
});

const many = { fits: [FIT, FIT, FIT, FIT], epochs: 5, patience: 5 };

it.each([1, 2, 3])(
  'paused after %i networks and gone on with, gives the networks of a call that nobody paused',
  async (stopAt) => {
    const whole = await trained(many);
    const spool = mkdtempSync(join(folder, 'paused-'));
    const pause = new AbortController();
    const onKept = (networks: number) => networks === stopAt && pause.abort(new Error('pause'));
    expect(await trained({ ...many, spool }, { pause: pause.signal, onKept })).toEqual({ type: 'paused' });
    const kept: number[] = [];
    const resumed = await trained({ ...many, spool }, { onKept: (networks) => void kept.push(networks) });
    expect(resumed).toEqual(whole);
    expect(kept[0]).toBe(stopAt + 1);
  },
);

it('a pause keeps what was done since the last time, though it was not due yet', async () => {
  const spool = mkdtempSync(join(folder, 'pause-'));
  const pause = new AbortController();
  const done = { ...many, spool, checkpointEveryMs: 25_000 };
  const onProgress = (networks: number) => networks === 2 && pause.abort(new Error('pause'));
  const kept: number[] = [];
  const onKept = (networks: number) => void kept.push(networks);
  expect(await trained(done, { pause: pause.signal, onProgress, onKept })).toEqual({ type: 'paused' });
  expect(kept).toEqual([2]);
  expect(await trained(done)).toEqual(await trained(many));
});

it('does not go on behind networks of other rows, nor from a broken file', async () => {
  const spool = mkdtempSync(join(folder, 'other-'));
  await trained({ ...many, spool });
  const others = { ...many, spool, x: REQUEST.x.map((value) => -value) };
  const code = 'train.checkpoint';
  await expect(trained(others)).rejects.toMatchObject({ code, params: { problem: { reason: 'made-with-other' } } });
  writeFileSync(join(spool, 'networks.safetensors'), 'torn');
  await expect(trained({ ...many, spool })).rejects.toMatchObject({
    code,
    params: { problem: { reason: 'file-invalid' } },
  });
});
