import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import type { CompressionTechnique } from '../../shared/stages/competitiveness/compression/technique.ts';
import { type CompressProject, openCompressProject } from './compress-project.ts';
import { createStoppableWorker } from './stoppable-worker.ts';
import { openTestProject, type TestProject } from './testkit.ts';

/** What is left of a cut model learns with a checkpoint after every update; the job is stopped on the way and goes on. */

const OPTIONS = { epochs: 1, learningRate: 3e-3 };
const SEED = 9;
const worker = createStoppableWorker();

let opened: CompressProject;
let project: TestProject;
const deps = () => ({ modelsFolder: opened.modelsFolder, spawn: worker.spawn, threads: () => 1 });
beforeAll(async () => {
  opened = await openCompressProject();
  await opened.project.engine.dispose();
  project = await reopen();
});
afterAll(async () => {
  await project?.engine.dispose();
  if (opened !== undefined) rmSync(dirname(opened.project.engine.path), { recursive: true, force: true });
});

const reopen = () => openTestProject(opened.project.engine.path, { type: 'open' }, deps());

const asked = (technique: CompressionTechnique) =>
  ({ name: technique, runId: 'R1', technique, options: OPTIONS, tolerance: 0.02 }) as const;

it(`distillation, killed at an update drawn from seed ${SEED} and paused at a later one, ends as a job that nobody stopped`, async () => {
  await project.done('competitiveness.compress', asked('distillation'));
  const step = 1 + createRng(SEED).int(20);
  worker.at(
    (at) => at >= step,
    (child) => child.kill(),
  );
  const { jobId } = await project.call('competitiveness.compress', asked('distillation'));
  const interrupted = await project.settled(jobId);
  const checkpoint = join(`${project.engine.path}-spool`, jobId);
  expect(interrupted.state).toEqual({ type: 'interrupted', checkpoint });
  await project.engine.dispose();
  project = await reopen();

  worker.at(
    (at) => at > step,
    () => void project.call('jobs.pause', { jobId }),
  );
  await project.call('jobs.resume', { jobId });
  expect((await project.settled(jobId)).state).toEqual({ type: 'paused', checkpoint });
  await project.call('jobs.resume', { jobId });
  expect((await project.settled(jobId)).state.type).toBe('succeeded');
  const runs = (await project.call('competitiveness.runs', {})).slice(-2).map(({ result }) => result);
  const [whole, resumed] = runs.map(({ steps, bestStep, dev, test, compression, gate }) => ({
    ...{ steps, bestStep, dev, test, compression },
    sensitivity: gate?.sensitivity,
  }));
  expect(resumed).toEqual(whole);
  await project.engine.dispose();
  const db = new Database(project.engine.path, { readonly: true });
  const files = db
    .prepare('SELECT parts FROM artifact WHERE slot = ? OR slot = ? ORDER BY slot')
    .pluck()
    .all(...runs.map(({ id }) => `competitiveness.compressed:${id}`));
  db.close();
  project = await reopen();
  expect(files[1]).toEqual(files[0]);
});

it('paused while it is cut, begins again', async () => {
  const { jobId } = await project.call('competitiveness.compress', asked('head-pruning'));
  await project.jobReaches(jobId, ({ state }) => state.type === 'running' && state.progress.phase === 'cutting');
  await project.call('jobs.pause', { jobId });
  expect((await project.settled(jobId)).state).toEqual({ type: 'paused', checkpoint: null });
  worker.at(
    () => true,
    () => void project.call('jobs.cancel', { jobId }),
  );
  await project.call('jobs.resume', { jobId });
  expect((await project.settled(jobId)).state).toEqual({ type: 'cancelled' });
});
