import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChildPort } from '../../electron/engine/deps.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { isActive, LANES } from '../../shared/jobs/state.ts';
import type { RunConfig } from '../../shared/train/run-config.ts';
import { HEAD_CONFIG, importPlanted, MODEL, writePlantedFiles } from './planted.ts';
import { copyPlantedProject } from './planted-project.ts';
import { endOfRun, type RunEnd } from './run-end.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';

const CSW = join(import.meta.dirname, '../../electron/cli/csw.ts');
/** Some tens of updates of the last layer: long enough to be stopped on the way. */
const CONFIG: RunConfig = {
  ...HEAD_CONFIG,
  method: { type: 'frozen-prefix', layers: 5 },
  epochs: 8,
  learningRate: 1e-4,
};
const TRAIN = { name: 'Stopped', modelId: MODEL, config: CONFIG } as const;

let folder: string;
let prepared: string;
/** What a run that nobody stops ends with. */
let whole: RunEnd;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-jobs-'));
  prepared = join(folder, 'prepared.csw');
  writePlantedFiles(folder);
  await copyPlantedProject('split', prepared);
  const reference = await copy('whole');
  const job = await reference.done('competitiveness.train', TRAIN);
  whole = await ended(reference, job.id);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let open: TestProject | null = null;
afterEach(async () => {
  await open?.engine.dispose();
  open = null;
});

const children: ChildPort[] = [];
function spawnNoted(entry: Parameters<typeof forkEntry>[0]): ChildPort {
  const child = forkEntry(entry);
  if (entry === 'worker') children.push(child);
  return child;
}

async function reopen(path: string): Promise<TestProject> {
  await open?.engine.dispose();
  children.length = 0;
  open = await openTestProject(path, { type: 'open' }, { spawn: spawnNoted, threads: () => 1 });
  return open;
}

function copy(name: string): Promise<TestProject> {
  const path = join(folder, `${name}.csw`);
  copyFileSync(prepared, path);
  return reopen(path);
}

/** What a run ends with; its project is closed. */
function ended(project: TestProject, jobId: string): Promise<RunEnd> {
  open = null;
  return endOfRun(project, jobId);
}

const stepOf = ({ state }: JobRecord) =>
  isActive(state) && 'progress' in state && state.progress.phase === 'training' ? state.progress.done : 0;
const spoolOf = (path: string, jobId: string) => join(`${path}-spool`, jobId);

/** Starts the training and waits until this many updates are done. */
async function trainUntil(project: TestProject, step: number): Promise<string> {
  const { jobId } = await project.call('competitiveness.train', TRAIN);
  await project.jobReaches(jobId, (job) => stepOf(job) >= step);
  return jobId;
}

async function pausedAt(project: TestProject, jobId: string): Promise<JobRecord> {
  await project.call('jobs.pause', { jobId });
  return project.settled(jobId);
}

describe('a training job', () => {
  it('has a curve of every update, with its loss', () => {
    const steps = whole.steps as { step: number; loss: number }[];
    expect(steps.map(({ step }) => step)).toEqual(steps.map((_, i) => i + 1));
    expect(steps.length).toBeGreaterThan(60);
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss / 2);
    expect((whole.evaluations as unknown[]).length).toBe(CONFIG.epochs);
  });

  it('paused and resumed, with the project closed in between, ends as if nobody had stopped it', async () => {
    const project = await copy('paused');
    const jobId = await trainUntil(project, 8);
    const paused = await pausedAt(project, jobId);
    expect(paused.state).toEqual({ type: 'paused', checkpoint: spoolOf(project.engine.path, jobId) });
    const again = await reopen(project.engine.path);
    expect((await again.call('jobs.get', { jobId })).state).toEqual(paused.state);
    await again.call('jobs.resume', { jobId });
    expect((await again.settled(jobId)).state.type).toBe('succeeded');
    expect(existsSync(spoolOf(again.engine.path, jobId))).toBe(false);
    expect(await ended(again, jobId)).toEqual(whole);
  });

  it('is paused with a checkpoint when the project is closed, and what waits behind it waits on', async () => {
    const project = await copy('closed');
    const jobId = await trainUntil(project, 8);
    const { jobId: behind } = await project.call('competitiveness.train', TRAIN);
    const again = await reopen(project.engine.path);
    expect((await again.call('jobs.get', { jobId })).state).toMatchObject({
      type: 'paused',
      checkpoint: spoolOf(again.engine.path, jobId),
    });
    expect((await again.call('jobs.get', { jobId: behind })).state).toEqual({ type: 'paused', checkpoint: null });
    await again.call('jobs.resume', { jobId });
    await again.settled(jobId);
    expect(await ended(again, jobId)).toEqual(whole);
  });

  it('cancelled leaves no checkpoint and no run, and its number is not used again', async () => {
    const project = await copy('cancelled');
    const jobId = await trainUntil(project, 10);
    await project.call('jobs.cancel', { jobId });
    expect((await project.settled(jobId)).state).toEqual({ type: 'cancelled' });
    expect(existsSync(spoolOf(project.engine.path, jobId))).toBe(false);
    expect(await project.call('competitiveness.runs', {})).toEqual([]);
    expect((await project.refusal('jobs.resume', { jobId })).code).toBe('job.illegal-action');
    const next = await project.call('competitiveness.train', TRAIN);
    expect((await project.call('jobs.get', next)).slot).toBe('competitiveness.run:R2');
  });

  it('whose process is killed before its first checkpoint starts over and ends the same', async () => {
    const project = await copy('killed-early');
    const jobId = await trainUntil(project, 5);
    children.at(-1)?.kill();
    expect((await project.settled(jobId)).state).toEqual({ type: 'interrupted', checkpoint: null });
    await project.call('jobs.resume', { jobId });
    expect((await project.settled(jobId)).state.type).toBe('succeeded');
    expect(await ended(project, jobId)).toEqual(whole);
  });
});

describe('the queue', () => {
  it('runs one job in each lane, and each after those whose results it reads', async () => {
    const project = await reopen(await freshlyImported('lanes'));
    const states = new Map<string, string>();
    const most = new Map<string, number>();
    const early: string[] = [];
    const jobs = new Map<string, JobRecord>();
    project.engine.subscribe((event) => {
      if (event.type !== 'jobChanged') return;
      const { job } = event;
      const started = job.state.type === 'running' && states.get(job.id) !== 'running';
      jobs.set(job.id, job);
      states.set(job.id, job.state.type);
      if (started)
        early.push(...job.after.filter((id) => states.get(id) !== 'succeeded').map((id) => `${job.id} before ${id}`));
      for (const lane of LANES) {
        const running = [...jobs.values()].filter((one) => one.lane === lane && isActive(one.state)).length;
        most.set(lane, Math.max(most.get(lane) ?? 0, running));
      }
    });
    const needs = await project.call('demand.computeNeeds', { resamples: 100, seed: 7 });
    const labels = await project.call('competitiveness.chooseLabels', {
      type: 'columns',
      columns: [{ datasetId: 'd1', columnId: 'c5' }],
    });
    expect((await project.settled(labels.jobId)).state.type).toBe('succeeded');
    expect((await project.settled(needs.jobId)).state.type).toBe('succeeded');
    expect(early).toEqual([]);
    expect([most.get('compute'), most.get('infer')]).toEqual([1, 1]);
    // The cleaning that both asked for was done once.
    const slots = [...jobs.values()].map(({ slot }) => slot);
    expect(slots.toSorted()).toEqual([...new Set(slots)].toSorted());
    expect(slots).toContain('demand.clean:d1');
    expect([...jobs.values()].find(({ slot }) => slot === 'demand.needs')?.after.length).toBeGreaterThan(1);
  });

  it('fails what waits for a failed job, by name, and takes another choice as a new step', async () => {
    const project = await reopen(await freshlyImported('failing'));
    const job = await project.settle('demand.discoverTopics', { topics: 4, modelId: 'no-such-model', seed: 7 });
    const embedding = (await project.call('jobs.list', {})).find(({ slot }) => slot === 'demand.embeddings:d1');
    expect(embedding?.state).toMatchObject({ type: 'failed', error: { code: 'model.not-found' } });
    expect(job.state).toMatchObject({
      type: 'failed',
      error: { code: 'job.input-failed', params: { jobId: embedding?.id } },
    });
    await project.call('jobs.resume', { jobId: embedding!.id });
    expect((await project.settled(embedding!.id)).state.type).toBe('failed');
    expect((await project.refusal('jobs.get', { jobId: 'j999' })).code).toBe('job.not-found');
    // Another choice of model is a new step, not the failed one.
    expect((await project.settle('demand.discoverTopics', { topics: 4, modelId: MODEL, seed: 7 })).state.type).toBe(
      'succeeded',
    );
  });
});

async function freshlyImported(name: string): Promise<string> {
  const path = join(folder, `${name}.csw`);
  const project = await openTestProject(path, CREATE);
  await importPlanted(project, folder);
  await project.engine.dispose();
  return path;
}

/** `csw` in a process of its own, its progress line by line. */
function csw(...words: string[]): ChildProcess {
  return spawn(process.execPath, [CSW, ...words], {
    cwd: folder,
    env: { ...process.env, SUCCESS_WORKBENCH_HOME: join(folder, 'user'), LANG: 'en_US.UTF-8', LC_ALL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function killAt(child: ChildProcess, line: (text: string) => boolean): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  for await (const text of createInterface({ input: child.stderr! })) if (line(text)) break;
  child.kill('SIGKILL');
  await closed;
}

/** Ends when the processes that a killed one had started are gone. */
async function gone(pids: readonly number[]): Promise<void> {
  for (const pid of pids)
    while (existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')))
      await new Promise((resolve) => setTimeout(resolve, 50));
}

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

describe.skipIf(process.platform !== 'linux')('kill -9 of the whole program', () => {
  it('in the middle of a training leaves an interrupted job, no orphan, and the same end after --resume', async () => {
    const path = join(folder, 'program.csw');
    copyFileSync(prepared, path);
    const settings = csw(
      'call',
      '-',
      'app.changeSettings',
      JSON.stringify({ language: 'en', theme: 'system', threads: 1, actor: '' }),
    );
    await new Promise((resolve) => settings.once('close', resolve));
    const child = csw('call', path, 'competitiveness.train', JSON.stringify(TRAIN));
    let started: number[] = [];
    await killAt(child, (text) => {
      const { progress } = JSON.parse(text);
      if (progress?.phase !== 'training' || progress.done < 10) return false;
      started = childrenOf(child.pid!);
      return true;
    });
    expect(started.length).toBeGreaterThan(0);
    await gone(started);

    const project = await reopen(path);
    const job = (await project.call('jobs.list', {})).find(({ kind }) => kind === 'competitiveness.run');
    expect(job?.state.type).toBe('interrupted');
    expect(await project.call('competitiveness.runs', {})).toEqual([]);
    expect((await project.call('project.audit', { offset: 0, limit: 1 })).intact).toBe(true);
    await project.engine.dispose();
    open = null;

    const resumed = csw('call', path, '--resume', job!.id);
    resumed.stdout?.resume();
    resumed.stderr?.resume();
    expect(await new Promise((resolve) => resumed.once('close', resolve))).toBe(0);
    expect(await ended(await reopen(path), job!.id)).toEqual(whole);
  });
});
