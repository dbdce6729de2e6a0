import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Input } from '../../shared/contract/index.ts';
import { createRng } from '../../shared/rng.ts';
import type { TuneEncoderRequest } from '../../shared/worker/training.ts';
import { checkpointAt, ownProcess } from './own-process.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { tinyTexts } from './tiny-model.ts';
import { prepareTinyProject, TINY, writeTinyModels } from './tiny-project.ts';

/** An encoder that is taught by labels which texts belong together, and the topics that it makes. */

const HOUR_MS = 3_600_000;

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tuned-encoder-'));
  const modelsFolder = await writeTinyModels(folder);
  project = await openTestProject(join(folder, 'tiny.csw'), CREATE, { modelsFolder, threads: () => 1 });
  await prepareTinyProject(project, folder);
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const tuning = (rounds: number, learningRate = 3e-3): Input<'competitiveness.tuneEncoder'> => ({
  name: 'Tiny',
  modelId: TINY,
  contrastive: { loss: 'supcon', rounds, learningRate },
  batchSize: 32,
  maxLength: 32,
  seed: 7,
});
const tune = (rounds: number, learningRate?: number) =>
  project.done('competitiveness.tuneEncoder', tuning(rounds, learningRate));
const encoders = async () => (await project.call('competitiveness.tunedEncoders', {})).map(({ result }) => result);

it('finds neighbours of the same label on locked test rows far more often than before', async () => {
  await tune(10);
  const [encoder] = await encoders();
  expect(encoder).toMatchObject({ id: 'V1', modelId: TINY, classes: 4 });
  const { before, after, difference, rows } = encoder!.recall!;
  expect(rows).toBeGreaterThan(30);
  expect(after.value).toBeGreaterThan(before.value + 0.2);
  expect(after.low).toBeLessThan(after.value);
  expect(difference.value).toBeCloseTo(after.value - before.value, 12);
  expect(difference.low).toBeGreaterThan(0);
});

it('makes topics that follow the labels, and the topics say whose vectors they rest on', async () => {
  await project.done('demand.discoverTopics', { topics: 4, modelId: TINY, seed: 7 });
  const plain = (await project.call('demand.topics', {}))!;
  await project.done('demand.discoverTopics', { topics: 4, modelId: 'V1', seed: 7 });
  const tuned = (await project.call('demand.topics', {}))!;
  expect([plain.result.modelId, tuned.result.modelId]).toEqual([TINY, 'V1']);
  expect(tuned.artifact.stale).toEqual([]);
  expect(tuned.artifact.hash).not.toBe(plain.artifact.hash);
});

it('paused on the way and resumed, with the project closed in between, is the encoder that nobody paused', async () => {
  const { jobId } = await project.call('competitiveness.tuneEncoder', tuning(10));
  await project.jobReaches(jobId, ({ state }) => state.type === 'running' && state.progress.phase === 'contrast');
  await project.call('jobs.pause', { jobId });
  const { path } = project.engine;
  const spool = join(`${path}-spool`, jobId);
  expect((await project.settled(jobId)).state).toEqual({ type: 'paused', checkpoint: spool });
  await project.engine.dispose();
  // As though the updates before the pause had taken an hour.
  const index = join(spool, 'checkpoint.json');
  const checkpoint = JSON.parse(readFileSync(index, 'utf8'));
  expect(checkpoint.loop.trainMs).toBeGreaterThan(0);
  checkpoint.loop.trainMs += HOUR_MS;
  writeFileSync(index, JSON.stringify(checkpoint));
  project = await openTestProject(path, { type: 'open' }, { modelsFolder: join(folder, 'models'), threads: () => 1 });
  await project.call('jobs.resume', { jobId });
  expect((await project.settled(jobId)).state.type).toBe('succeeded');
  const [whole, resumed] = await encoders();
  expect(resumed!.tookMs).toBeGreaterThan(checkpoint.loop.trainMs);
  expect(whole!.tookMs).toBeLessThan(HOUR_MS);
  expect({ ...resumed, id: 'V1', tookMs: 0 }).toEqual({ ...whole, tookMs: 0 });
  await project.call('competitiveness.removeEncoder', { encoderId: 'V2' });
});

it('killed at an update drawn from a seed, goes on and ends with the weights of one that nobody killed', async () => {
  const request = (name: string): TuneEncoderRequest => {
    const spool = join(folder, name);
    mkdirSync(spool, { recursive: true });
    return {
      type: 'tuneEncoder',
      folder: join(folder, 'models', TINY),
      hash: null,
      tuned: null,
      contrastive: { loss: 'cosine', rounds: 4, learningRate: 3e-3 },
      train: tinyTexts(40, 4, 1),
      classes: 4,
      batchSize: 16,
      maxLength: 32,
      seed: 7,
      threads: 1,
      file: join(spool, 'encoder.safetensors'),
      spool,
      resume: true,
      checkpointEveryMs: 0,
    };
  };
  const killAt = 1 + createRng(5).int(30);
  const whole = request('whole');
  const killed = request('killed');
  expect(await ownProcess(whole)).toMatchObject({ type: 'finished', steps: 40 });
  expect(await ownProcess(killed, checkpointAt(killAt))).toBeNull();
  expect(existsSync(killed.file)).toBe(false);
  const saved: number[] = [];
  await ownProcess(killed, (event) => {
    if (event.type === 'checkpointed') saved.push(event.step);
    return false;
  });
  expect(saved[0]).toBeGreaterThan(killAt);
  expect(readFileSync(killed.file).equals(readFileSync(whole.file))).toBe(true);
});

it('can be taken away; an encoder that is gone, or never was, is refused', async () => {
  await tune(1, 1e-4);
  expect((await encoders()).map(({ id }) => id)).toEqual(['V1', 'V3']);
  await project.call('competitiveness.removeEncoder', { encoderId: 'V3' });
  expect((await encoders()).map(({ id }) => id)).toEqual(['V1']);
  await expect(project.call('demand.discoverTopics', { topics: 4, modelId: 'V3', seed: 7 })).rejects.toThrow(
    'artifact.input-missing',
  );
});
