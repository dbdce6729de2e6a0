import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChildPort, SpawnEntry } from '../../electron/engine/deps.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { isActive } from '../../shared/jobs/state.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';

/** T23, processes that die or hang. How long one may be silent here before it is told of; the product waits half a minute. */
const QUIET_AFTER_MS = 3_000;
/** Long enough to be stopped on the way: some thousand updates. */
const TRAINING = tinyTraining(200);

let folder: string;
let models: string;
let prepared: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'process-faults-'));
  models = await writeTinyModels(folder);
  prepared = join(folder, 'prepared.csw');
  const project = await openTestProject(prepared, CREATE, { modelsFolder: models });
  await prepareTinyProject(project, folder);
  await project.engine.dispose();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let open: TestProject | null = null;
afterEach(async () => {
  for (const { pid } of started.splice(0)) signal(pid, 'SIGCONT');
  await open?.engine.dispose();
  open = null;
});

const started: { readonly entry: SpawnEntry; readonly pid: number }[] = [];
const children = () =>
  readdirSync(`/proc/${process.pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${process.pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
function spawnNoted(entry: SpawnEntry): ChildPort {
  const before = new Set(children());
  const child = forkEntry(entry);
  const pid = children().find((one) => !before.has(one));
  if (pid !== undefined) started.push({ entry, pid });
  return child;
}
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}
const newest = (entry: SpawnEntry) => started.findLast((child) => child.entry === entry)!.pid;

async function openCopy(name: string): Promise<TestProject> {
  const path = join(folder, `${name}.csw`);
  copyFileSync(prepared, path);
  open = await openTestProject(
    path,
    { type: 'open' },
    { modelsFolder: models, threads: () => 1, quietAfterMs: QUIET_AFTER_MS, spawn: spawnNoted, log: () => undefined },
  );
  return open;
}

const stepOf = ({ state }: JobRecord) =>
  isActive(state) && 'progress' in state && state.progress.phase === 'training' ? state.progress.done : 0;
async function trainUntil(project: TestProject, step: number): Promise<string> {
  const { jobId } = await project.call('competitiveness.train', TRAINING);
  await project.jobReaches(jobId, (job) => stepOf(job) >= step);
  return jobId;
}
const becomesQuiet = (project: TestProject, jobId: string) =>
  project.jobReaches(jobId, ({ quietSince }) => quietSince !== null);

describe.skipIf(process.platform !== 'linux')('a model process that is stopped', () => {
  it('is ended by a pause: the job is interrupted, keeps its checkpoint and goes on from it', async () => {
    const project = await openCopy('paused');
    const jobId = await trainUntil(project, 5);
    await project.call('jobs.pause', { jobId });
    expect((await project.settled(jobId)).state.type).toBe('paused');
    await project.call('jobs.resume', { jobId });
    await project.jobReaches(jobId, (job) => stepOf(job) > 0);
    signal(newest('worker'), 'SIGSTOP');
    await project.call('jobs.pause', { jobId });
    const checkpoint = join(`${project.engine.path}-spool`, jobId);
    const interrupted = await project.settled(jobId);
    expect([interrupted.state, interrupted.quietSince]).toEqual([{ type: 'interrupted', checkpoint }, null]);
    await project.call('jobs.resume', { jobId });
    await project.jobReaches(jobId, (job) => stepOf(job) > 5);
  });

  it('is told of while requests go on being answered, works on once it is let go, and is ended by a cancel', async () => {
    const project = await openCopy('let-go');
    const jobId = await trainUntil(project, 5);
    const stopped = newest('worker');
    signal(stopped, 'SIGSTOP');
    const quiet = await becomesQuiet(project, jobId);
    expect(quiet.state.type).toBe('running');
    expect((await project.call('jobs.list', {}))[0]?.quietSince).toBe(quiet.quietSince);
    expect((await project.call('project.overview', {})).stages).toHaveLength(5);
    signal(stopped, 'SIGCONT');
    const again = await project.jobReaches(jobId, (job) => job.quietSince === null && stepOf(job) > stepOf(quiet));
    expect(again.state.type).toBe('running');

    signal(stopped, 'SIGSTOP');
    await becomesQuiet(project, jobId);
    await project.call('jobs.cancel', { jobId });
    expect((await project.settled(jobId)).state).toEqual({ type: 'cancelled' });
    await trainUntil(project, 5);
    expect(newest('worker')).not.toBe(stopped);
  });

  it('does not keep the project from being closed', async () => {
    const project = await openCopy('closed');
    const jobId = await trainUntil(project, 5);
    signal(newest('worker'), 'SIGSTOP');
    await project.engine.dispose();
    const again = await openTestProject(project.engine.path, { type: 'open' }, { modelsFolder: models });
    expect((await again.call('jobs.get', { jobId })).state.type).toBe('interrupted');
    await again.engine.dispose();
    open = null;
  });
});

describe.skipIf(process.platform !== 'linux')('a process that dies', () => {
  it.each(['SIGKILL', 'SIGABRT'] as const)(
    'the model process by %s: the job is interrupted and can go on, what waited behind it runs',
    async (name) => {
      const project = await openCopy(`dies-${name}`);
      const jobId = await trainUntil(project, 5);
      const { jobId: behind } = await project.call('competitiveness.train', TRAINING);
      signal(newest('worker'), name);
      expect((await project.settled(jobId)).state).toEqual({ type: 'interrupted', checkpoint: null });
      await project.jobReaches(behind, (job) => stepOf(job) > 0);
      await project.call('jobs.cancel', { jobId: behind });
      await project.call('jobs.resume', { jobId });
      await project.jobReaches(jobId, (job) => stepOf(job) > 0);
    },
  );

  it('the compute process during an import: interrupted, nothing of it is left, and resumed it is whole', async () => {
    const project = await openCopy('compute');
    const file = join(folder, 'rows.csv');
    const rows = Array.from({ length: 60_000 }, (_, i) => [i, `The answer number ${i} came late and without a reason`]);
    writeFileSync(file, csv(['id', 'text'], rows));
    const { jobId } = await project.call('demand.importSource', {
      sourceId: `file:${file}`,
      name: 'Rows',
      kind: 'feedback',
      overrides: {},
      columns: null,
    });
    await project.jobReaches(jobId, ({ state }) => state.type === 'running' && state.progress.done >= 5_000);
    signal(newest('compute'), 'SIGKILL');
    expect((await project.settled(jobId)).state).toEqual({ type: 'interrupted', checkpoint: null });
    expect(await project.call('demand.datasets', {})).toHaveLength(1);
    await project.call('jobs.resume', { jobId });
    expect((await project.settled(jobId)).state.type).toBe('succeeded');
    expect((await project.call('demand.datasets', {})).at(-1)?.dataset.rowCount).toBe(rows.length);
  });

  it('the check of a project file: that is what is said, and not that the file is damaged', async () => {
    const path = join(folder, 'checked.csw');
    copyFileSync(prepared, path);
    const spawn = (entry: SpawnEntry) => {
      const child = spawnNoted(entry);
      if (entry === 'check') signal(newest('check'), 'SIGKILL');
      return child;
    };
    await expect(openTestProject(path, { type: 'open' }, { spawn })).rejects.toMatchObject({
      code: 'internal.process-lost',
      params: { process: 'check' },
    });
  });
});

describe.skipIf(process.platform !== 'linux')('a compute process that is stopped', () => {
  it('answers a preview with an error in place of never, and the next preview is whole', async () => {
    const project = await openCopy('preview');
    const file = join(folder, 'preview.csv');
    writeFileSync(file, csv(['id', 'text'], [[1, 'slow answers']]));
    const input = { sourceId: `file:${file}`, overrides: {} };
    await project.call('demand.inspectSource', input);
    signal(newest('compute'), 'SIGSTOP');
    expect(await project.refusal('demand.inspectSource', input)).toMatchObject({
      code: 'internal.process-lost',
      params: { process: 'compute' },
    });
    expect((await project.call('demand.inspectSource', input)).inspection.columns).toHaveLength(2);
  });
});
