import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { prepareTinyProject, TINY, writeTinyModels } from './tiny-project.ts';

/** An encoder that is taught by labels which texts belong together, and the topics that it makes. */

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

const tune = (rounds: number, learningRate = 3e-3) =>
  project.done('competitiveness.tuneEncoder', {
    name: 'Tiny',
    modelId: TINY,
    contrastive: { loss: 'supcon', rounds, learningRate },
    batchSize: 32,
    maxLength: 32,
    seed: 7,
  });
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

it('can be taken away; an encoder that is gone, or never was, is refused', async () => {
  await tune(1, 1e-4);
  expect((await encoders()).map(({ id }) => id)).toEqual(['V1', 'V2']);
  await project.call('competitiveness.removeEncoder', { encoderId: 'V2' });
  expect((await encoders()).map(({ id }) => id)).toEqual(['V1']);
  await expect(project.call('demand.discoverTopics', { topics: 4, modelId: 'V2', seed: 7 })).rejects.toThrow(
    'artifact.input-missing',
  );
});
