import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MeasuredHost, startMeasuredHost } from '../../bench/measured-host.ts';
import { MOST_UNFINISHED_JOBS } from '../../electron/engine/engine.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import { CREATE, openTestProject } from './testkit.ts';
import { prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';

/** T23, a flood: as many requests as a script that went wrong sends, over as many lines as the host takes. SOAK=1: ten times as many. */
const REQUESTS = process.env.SOAK === '1' ? 100_000 : 10_000;
const LINES = 120;
const MOST_GROWTH_MB = 300;
/** Ten times what is promised of a request. */
const LONGEST_ANSWER_MS = 1_000;

let host: MeasuredHost;
let projectId: string;
beforeAll(async () => {
  host = await startMeasuredHost();
  const path = join(host.folder, 'flood.csw');
  ({ projectId } = await host.call('app.createProject', { path, name: 'Flood', customer: '', period: '' }));
});
afterAll(() => host?.close());

/** Sends that many requests, each line its next when its last was answered; gives how often which code came back. */
async function flood(count: number, send: (index: number) => ReturnType<MeasuredHost['reply']>) {
  const codes = new Map<string, number>();
  let next = 0;
  const line = async () => {
    while (next < count) {
      const reply = await send(next++);
      const code = reply.ok ? 'ok' : reply.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: LINES }, line));
  return Object.fromEntries(codes);
}

async function answersAPerson(): Promise<void> {
  const askedAt = performance.now();
  await host.call('project.overview', {}, projectId);
  expect(performance.now() - askedAt).toBeLessThan(LONGEST_ANSWER_MS);
}

it(`${REQUESTS} requests at once are all answered, in bounded memory, and the host is as quick as before`, async () => {
  await flood(LINES, () => host.reply('project.overview', {}, projectId));
  const before = await host.measure();
  const codes = await flood(REQUESTS, (index) =>
    index % 2 === 0 ? host.reply('project.overview', {}, projectId) : host.reply('jobs.list', {}, projectId),
  );
  const after = await host.measure();
  console.log(JSON.stringify({ codes, before, after }));
  expect(codes).toEqual({ ok: REQUESTS });
  expect(after.residentMb - before.residentMb).toBeLessThan(MOST_GROWTH_MB);
  await answersAPerson();
});

it('requests that wait for a process are taken up to a bound and refused by name beyond it', async () => {
  const sourceId = await host.upload('one.csv', 'id,text\n1,slow answers\n');
  const codes = await flood(1_000, () => host.reply('demand.inspectSource', { sourceId, overrides: {} }, projectId));
  expect(Object.keys(codes).sort()).toEqual(['ok', 'request.too-many']);
  await answersAPerson();
  expect(
    (await host.call('demand.inspectSource', { sourceId, overrides: {} }, projectId)).inspection.columns,
  ).toHaveLength(2);
});

it('jobs are taken up to a bound and refused by name beyond it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'job-flood-'));
  const project = await openTestProject(join(folder, 'jobs.csw'), CREATE, {
    modelsFolder: await writeTinyModels(folder),
  });
  try {
    await prepareTinyProject(project, folder);
    const training = tinyTraining(1_000);
    const codes = new Set<string>();
    for (let i = 0; i < MOST_UNFINISHED_JOBS + 10; i++) {
      const reply = await project.engine.call('competitiveness.train', training, 'test');
      if (!reply.ok) codes.add(reply.error.code);
    }
    expect([...codes]).toEqual(['job.queue-full']);
    const unfinished = (await project.call('jobs.list', {})).filter(({ state }) => !isSettled(state));
    expect(unfinished).toHaveLength(MOST_UNFINISHED_JOBS);
  } finally {
    await project.engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});
