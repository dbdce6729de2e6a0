import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import { endOfRun, type RunEnd } from './run-end.ts';
import { CREATE, openTestProject } from './testkit.ts';
import { prepareTinyProject, STEPS_PER_EPOCH, tinyTraining, writeTinyModels } from './tiny-project.ts';
import type { Told } from './train-and-tell.ts';

/** T4. Every other kill takes the model process, the rest the whole program. SOAK=1: 50 kills, some minutes. */
const KILLS = process.env.SOAK === '1' ? 50 : 6;
const SEED = 4;
/** Updates between two kills, at most; the run is long enough for all of them. */
const MOST_STEPS = 30;
const TRAINING = tinyTraining(Math.ceil((KILLS * MOST_STEPS) / STEPS_PER_EPOCH) + 1);

let folder: string;
let models: string;
let prepared: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kill-training-'));
  models = await writeTinyModels(folder);
  prepared = join(folder, 'prepared.csw');
  const project = await openTestProject(prepared, CREATE, { modelsFolder: models });
  await prepareTinyProject(project, folder);
  await project.engine.dispose();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reopen = (path: string) => openTestProject(path, { type: 'open' }, { modelsFolder: models, threads: () => 1 });

async function unkilled(): Promise<RunEnd> {
  const path = join(folder, 'whole.csw');
  copyFileSync(prepared, path);
  const project = await reopen(path);
  const { id } = await project.done('competitiveness.train', TRAINING);
  return endOfRun(project, id);
}

interface Killed {
  /** The update that the process went on from; null where it told of none. */
  readonly resumedAt: number | null;
  readonly acknowledged: number;
}

/** Trains in a process until a checkpoint at or after update `killAt` was acknowledged, then kills. */
async function trainAndKill(path: string, request: object, killAt: number, whole: boolean): Promise<Killed> {
  const child = fork(join(import.meta.dirname, 'train-and-tell.ts'), [path, models, JSON.stringify(request)], {
    execArgv: [],
  });
  let acknowledged = 0;
  let resumedAt: number | null = null;
  let asked = false;
  child.on('message', (message) => {
    const told = message as Told;
    if (told.type === 'stepped') resumedAt ??= told.step;
    if (told.type !== 'checkpointed') return;
    acknowledged = told.step;
    if (told.step < killAt || asked) return;
    asked = true;
    if (whole) child.kill('SIGKILL');
    else child.send('kill the worker');
  });
  await once(child, 'exit');
  return { resumedAt, acknowledged };
}

it(`training, killed ${KILLS} times (seed ${SEED}), goes on each time from no earlier than the last acknowledged checkpoint and ends as if nobody had`, async () => {
  const rng = createRng(SEED);
  const path = join(folder, 'killed.csw');
  copyFileSync(prepared, path);
  let request: object = { start: TRAINING };
  let last = 0;
  let jobId = '';
  for (let kill = 0; kill < KILLS; kill++) {
    const wholeProgram = kill % 2 === 1;
    const killed = await trainAndKill(path, request, last + 1 + rng.int(MOST_STEPS), wholeProgram);
    expect([kill, killed.acknowledged > last]).toEqual([kill, true]);
    if (last > 0) expect([kill, (killed.resumedAt ?? -1) >= last]).toEqual([kill, true]);
    last = killed.acknowledged;

    const project = await reopen(path);
    const job = (await project.call('jobs.list', {})).find(({ kind }) => kind === 'competitiveness.run')!;
    jobId = job.id;
    expect([kill, job.state]).toEqual([kill, { type: 'interrupted', checkpoint: join(`${path}-spool`, jobId) }]);
    expect(await project.call('competitiveness.runs', {})).toEqual([]);
    expect((await project.call('project.audit', { offset: 0, limit: 1 })).intact).toBe(true);
    await project.engine.dispose();
    request = { jobId };
  }
  const project = await reopen(path);
  await project.call('jobs.resume', { jobId });
  expect((await project.settled(jobId)).state.type).toBe('succeeded');
  expect(await endOfRun(project, jobId)).toEqual(await unkilled());
});
