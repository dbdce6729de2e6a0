import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNodeWorkbench } from '../../electron/hosting/node-workbench.ts';
import { anywhere } from '../../electron/hosting/project-paths.ts';
import { terminalProtection } from '../../electron/hosting/protection.ts';
import type { Workbench } from '../../electron/hosting/workbench.ts';
import type { Input, Output, RequestName } from '../../shared/contract/index.ts';
import { fromAppErrorJson } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';

const POLL_MS = 200;
const folder = mkdtempSync(path.join(tmpdir(), 'sample-project-'));
const planted = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '..', '..', 'resources', 'samples', 'zh-CN', 'planted.json'), 'utf8'),
) as {
  messages: { exactDuplicates: unknown[]; personalData: unknown[] };
  questionnaire: { straightLiners: unknown[]; driverOrder: { column: string }[] };
};

let workbench: Workbench;
let projectId: string | null = null;

async function call<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  const reply = await workbench.call(name, input, name.startsWith('app.') ? null : projectId);
  if (!reply.ok) throw fromAppErrorJson(reply.error);
  return reply.value as Output<N>;
}

beforeAll(async () => {
  process.env.SUCCESS_WORKBENCH_HOME = path.join(folder, 'user');
  workbench = createNodeWorkbench({ host: 'cli', paths: anywhere(folder), protection: terminalProtection() });
  projectId = (await call('app.openSample', { language: 'zh-CN' })).projectId;
  while (!(await call('jobs.list', {})).every(({ state }) => isSettled(state))) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
});
afterAll(async () => {
  await workbench.close();
  delete process.env.SUCCESS_WORKBENCH_HOME;
  rmSync(folder, { recursive: true, force: true });
});

test('every job of the sample succeeds, and none is done twice', async () => {
  const jobs = await call('jobs.list', {});
  expect(jobs.filter(({ state }) => state.type !== 'succeeded')).toEqual([]);
  expect(new Set(jobs.map(({ slot }) => slot)).size).toBe(jobs.length);
  expect((await call('project.overview', {})).staleSlots).toEqual([]);
});

test('cleaning finds the double submissions, the personal data and the straight-liners that were planted', async () => {
  const messages = (await call('demand.cleaning', { datasetId: 'd1' })).view?.result.steps ?? [];
  const survey = (await call('demand.cleaning', { datasetId: 'd2' })).view?.result.steps ?? [];
  const step = (steps: typeof messages, id: string) => steps.find((candidate) => candidate.id === id);
  const duplicates = step(messages, 'exactDuplicates');
  expect((duplicates?.rowsIn ?? 0) - (duplicates?.rowsOut ?? 0)).toBe(planted.messages.exactDuplicates.length);
  expect(step(messages, 'personalData')?.cellsChanged).toBe(planted.messages.personalData.length);
  const straight = step(survey, 'straightLiners');
  expect((straight?.rowsIn ?? 0) - (straight?.rowsOut ?? 0)).toBe(planted.questionnaire.straightLiners.length);
});

test('driver analysis ranks the planted drivers first, and f1 puts explainability before every other need', async () => {
  const drivers = await call('demand.drivers', { datasetId: 'd2' });
  const ranked = [...(drivers?.result.items ?? [])]
    .sort((a, b) => (a.rank ?? Number.MAX_VALUE) - (b.rank ?? Number.MAX_VALUE))
    .map(({ name }) => name);
  const order = planted.questionnaire.driverOrder.map(({ column }) => column);
  expect(ranked.slice(0, 3)).toEqual(order.slice(0, 3));
  const needs = await call('demand.needs', {});
  const first = needs?.result.needs.find(({ rank }) => rank === 1);
  expect({ name: first?.name, rankHigh: first?.rankHigh }).toEqual({ name: order[0], rankHigh: 1 });
});
