import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChildPort } from '../../electron/engine/deps.ts';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { devMetrics } from '../../shared/train/evaluation.ts';
import { type RunConfig, suggestConfig } from '../../shared/train/run-config.ts';
import type { WorkerEvent } from '../../shared/worker/protocol.ts';
import { CHECKPOINT_EVERY_MS, type TrainRequest, type TrainResult } from '../../shared/worker/training.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
const config: RunConfig = {
  ...suggestConfig({ rowsPerClass: [100, 100, 100, 100], maxLength: 32, seed: 5 }).config,
  learningRate: 3e-3,
  epochs: 3,
  batchSize: 8,
};

let home: string;
let model: string;
let spool: string;
let child: ChildPort;
let client: WorkerClient;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'worker-'));
  model = join(home, 'tiny');
  await writeTinyModel(model);
});
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => {
  spool = mkdtempSync(join(home, 'spool-'));
  client = createWorkerClient(() => {
    child = forkEntry('worker');
    return child;
  });
});
afterEach(() => client.dispose());

const request = (overrides: Partial<TrainRequest> = {}): TrainRequest => ({
  type: 'train',
  folder: model,
  hash: null,
  tuned: null,
  config,
  classes: CLASSES,
  train: tinyTexts(400, CLASSES, 1),
  dev: tinyTexts(80, CLASSES, 2),
  spool,
  resume: true,
  checkpointEveryMs: CHECKPOINT_EVERY_MS,
  threads: 1,
  ...overrides,
});
type Finished = Extract<TrainResult, { type: 'finished' }>;
const finished = async (result: Promise<TrainResult>): Promise<Finished> => {
  const value = await result;
  if (value.type !== 'finished') throw new Error(`the training is ${value.type}`);
  return value;
};

test('a training ends with weights that classify, and that a later request can use', async () => {
  const events: WorkerEvent[] = [];
  const result = await finished(client.run(request(), { onEvent: (event) => events.push(event) }));
  expect([result.steps, result.losses.length, result.evaluations.length]).toEqual([150, 150, 3]);
  const dev = tinyTexts(80, CLASSES, 2);
  expect(devMetrics(result.devLogits!, dev.labels, CLASSES).accuracy).toBeGreaterThan(0.9);
  expect(events.flatMap((event) => (event.type === 'ticked' ? event.tick.steps : [])).length).toBe(150);

  const tuned = { folder: model, hash: null, tuned: result.tunedFile, classes: CLASSES, maxLength: 32, threads: 1 };
  const { logits } = await client.run({ type: 'classify', ...tuned, texts: dev.texts });
  for (const [i, value] of result.devLogits!.entries()) expect(Math.abs(logits[i]! - value)).toBeLessThan(1e-4);
});

test.each([
  ['full', 2],
  ['lora', 1],
] as const)(
  'a run (%s, %i threads) killed three times and resumed has the losses of one never interrupted, bit for bit',
  async (method, threads) => {
    const lora: RunConfig['method'] = {
      type: 'lora',
      rank: 4,
      alpha: 8,
      rankStabilised: false,
      targets: ['query', 'value'],
    };
    const run = (part: Partial<TrainRequest>, onEvent: (event: WorkerEvent) => void = () => undefined) =>
      client.run(request({ config: { ...config, ...(method === 'lora' ? { method: lora } : {}) }, threads, ...part }), {
        onEvent,
      });
    const whole = await finished(run({ spool: join(spool, 'whole') }));
    // A checkpoint after nearly every update, so that the kill may also fall into the writing of one.
    const resumedAt: number[] = [];
    for (const killAt of [17, 64, 111]) {
      let first: number | null = null;
      const killed = run({ checkpointEveryMs: 1 }, (event) => {
        if (event.type !== 'checkpointed') return;
        first ??= event.step;
        if (event.step >= killAt) child.kill();
      });
      await expect(killed).rejects.toMatchObject({ code: 'internal.process-lost' });
      resumedAt.push(first!);
    }
    const resumed = await finished(run({}));
    expect(resumedAt[0]).toBe(1);
    expect(resumedAt[1]).toBeGreaterThan(17);
    expect(resumedAt[2]).toBeGreaterThan(64);
    expect(resumed.losses).toEqual(whole.losses);
    expect(resumed.evaluations).toEqual(whole.evaluations);
    expect(resumed.devLogits).toEqual(whole.devLogits);
    expect(resumed.tunedSha256).toBe(whole.tunedSha256);
  },
);

test('a cancelled training rejects with the reason given, and the same process takes the next request', async () => {
  const cancel = new AbortController();
  const started = client.run(request(), {
    signal: cancel.signal,
    onEvent: (event) => event.type === 'evaluated' && cancel.abort(new Error('no longer wanted')),
  });
  await expect(started).rejects.toThrow('no longer wanted');
  const before = child;
  const embedded = await client.run({
    type: 'embed',
    folder: model,
    hash: null,
    tuned: null,
    texts: ['card lost'],
    maxLength: 32,
    threads: 1,
  });
  expect(child).toBe(before);
  expect(Math.hypot(...embedded.vectors)).toBeCloseTo(1, 5);
});

test('embeddings come in the order of the texts, whatever their lengths', async () => {
  const texts = tinyTexts(300, CLASSES, 9).texts;
  const embed = (some: readonly string[]) =>
    client.run({ type: 'embed', folder: model, hash: null, tuned: null, texts: [...some], maxLength: 32, threads: 1 });
  const { vectors, dimensions } = await embed(texts);
  for (const i of [0, 150, 299]) {
    const alone = (await embed([texts[i]!])).vectors;
    for (let j = 0; j < dimensions; j++) expect(Math.abs(vectors[i * dimensions + j]! - alone[j]!)).toBeLessThan(1e-5);
  }
  expect((await embed([])).vectors.length).toBe(0);
});

test('latency, token counts and the probe give figures', async () => {
  const texts = ['card lost', 'card lost pin', 'how change my pin please'];
  const result = await finished(client.run(request()));
  const ref = {
    folder: model,
    hash: null,
    tuned: result.tunedFile,
    classes: CLASSES,
    texts,
    maxLength: 32,
    threads: 1,
  };
  const latency = await client.run({ type: 'latency', ...ref, repeats: 20 });
  expect(latency).toMatchObject({ tokens: 5, repeats: 20, provider: 'cpu' });
  expect(latency.p95Ms).toBeGreaterThanOrEqual(latency.p50Ms);
  expect([...(await client.run({ type: 'countTokens', folder: model, texts })).lengths]).toEqual([4, 5, 7]);
});

test('what cannot be trained is refused with its code', async () => {
  const refused = (overrides: Partial<TrainRequest>) => expect(client.run(request(overrides))).rejects;
  await refused({ train: { texts: ['card'], labels: Int32Array.from([CLASSES]) } }).toMatchObject({
    code: 'train.data',
  });
  await refused({ threads: 0 }).toMatchObject({ code: 'internal.bug' });
  await refused({ hash: 'another' }).toMatchObject({ code: 'model.hash' });
  await refused({ folder: join(home, 'nowhere') }).toMatchObject({ code: 'model.not-found' });
});

test('a checkpoint of other data is refused, and replaced when the run is to begin anew', async () => {
  const pause = new AbortController();
  const onEvent = (event: WorkerEvent) => event.type === 'ticked' && pause.abort();
  expect(await client.run(request(), { pause: pause.signal, onEvent })).toEqual({ type: 'paused' });
  const other = { train: tinyTexts(40, CLASSES, 3) };
  await expect(client.run(request(other))).rejects.toMatchObject({ code: 'train.checkpoint' });
  writeFileSync(join(spool, 'notes.txt'), 'not ours');
  expect((await finished(client.run(request({ ...other, resume: false })))).steps).toBe(15);
  expect(existsSync(join(spool, 'notes.txt'))).toBe(true);
});
