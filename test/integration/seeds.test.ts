import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatNumber, formatShare } from '../../shared/i18n/number.ts';
import { reportTextsEn } from '../../shared/report/texts/report.en.ts';
import type { RunRecord } from '../../shared/stages/competitiveness/results.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';
import type { Told } from './train-and-tell.ts';

const EPOCHS = 2;
const TRAINING = tinyTraining(EPOCHS);
const SEEDS = 3;
const { competitiveness: trainingReport } = reportTextsEn.stages;
const [FIRST] = [TRAINING.config.seed];

let folder: string;
let models: string;
let prepared: string;
let project: TestProject;
let whole: RunRecord;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-seeds-'));
  models = await writeTinyModels(folder);
  prepared = join(folder, 'prepared.csw');
  const preparing = await openTestProject(prepared, CREATE, { modelsFolder: models, threads: () => 1 });
  await prepareTinyProject(preparing, folder);
  await preparing.engine.dispose();
  project = await reopen('whole.csw');
  await project.done('competitiveness.train', { ...TRAINING, seeds: SEEDS });
  whole = await runOf(project, 'R1');
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function reopen(name: string): Promise<TestProject> {
  const path = join(folder, name);
  copyFileSync(prepared, path);
  return openTestProject(path, { type: 'open' }, { modelsFolder: models, threads: () => 1 });
}

const runOf = async (from: TestProject, runId: string) => (await from.call('competitiveness.run', { runId }))!.result;

/** What no clock decides. */
function lasting({ seeds, test, dev, steps, bestStep }: RunRecord) {
  const runs = seeds?.runs.map(({ trainDurationMs: _took, ...run }) => run);
  return { seeds: { ...seeds, runs }, test, dev, steps, bestStep };
}

it('one job trains from each seed; its model and figures are those of the best on dev', async () => {
  const { seeds } = whole;
  expect(seeds!.runs.map(({ seed }) => seed)).toEqual([FIRST!, FIRST! + 1, FIRST! + 2]);
  const best = seeds!.runs.toSorted((a, b) => b.dev! - a.dev! || a.seed - b.seed)[0]!;
  expect([seeds!.kept, seeds!.keptBy]).toEqual([best.seed, 'dev']);
  expect([whole.test.accuracy.value, whole.test.macroF1.value]).toEqual([best.accuracy, best.macroF1]);
  expect(whole.dev!.macroF1).toBe(best.dev);
  const accuracies = seeds!.runs.map(({ accuracy }) => accuracy);
  expect(seeds!.accuracy.mean).toBeCloseTo(accuracies.reduce((sum, value) => sum + value, 0) / SEEDS, 12);
  // Seeds that ended alike would prove nothing.
  expect(new Set(seeds!.runs.map(({ dev, accuracy }) => `${dev} ${accuracy}`)).size).toBeGreaterThan(1);
});

it('each seed comes out as it does in a run of its own', async () => {
  const second = whole.seeds!.runs[1]!;
  await project.done('competitiveness.train', {
    ...TRAINING,
    config: { ...TRAINING.config, seed: second.seed },
  });
  const alone = await runOf(project, 'R2');
  expect(alone.seeds).toBeUndefined();
  expect([alone.test.accuracy.value, alone.test.macroF1.value, alone.dev!.macroF1]).toEqual([
    second.accuracy,
    second.macroF1,
    second.dev,
  ]);
  expect((await project.call('competitiveness.compare', { runId: 'R2', referenceId: 'R1' })).seeds).toBeUndefined();
});

it('two such runs are compared over their seeds', async () => {
  await project.done('competitiveness.train', {
    ...TRAINING,
    config: { ...TRAINING.config, learningRate: 1e-4 },
    seeds: 2,
  });
  const { seeds } = await project.call('competitiveness.compare', { runId: 'R3', referenceId: 'R1' });
  const slow = await runOf(project, 'R3');
  expect([seeds!.n, seeds!.referenceN]).toEqual([2, SEEDS]);
  expect(seeds!.accuracy.value).toBeCloseTo(slow.seeds!.accuracy.mean - whole.seeds!.accuracy.mean, 12);
  expect(seeds!.accuracy.low <= seeds!.accuracy.value && seeds!.accuracy.value <= seeds!.accuracy.high).toBe(true);
});

it('what was made smaller from such a run is one model: the seeds are not its own', async () => {
  await project.done('competitiveness.compress', { name: 'Half', runId: 'R1', technique: 'float16', tolerance: 0.2 });
  const { seeds, compression } = await runOf(project, 'C1');
  expect([compression!.parentId, seeds]).toEqual(['R1', undefined]);
  expect((await project.call('competitiveness.compare', { runId: 'C1', referenceId: 'R3' })).seeds).toBeUndefined();
});

it('the report lists each such run with its mean, interval and seeds', async () => {
  const blank = { sections: null, title: '', author: '', comments: [], pdf: false };
  await project.done('report.build', { language: 'en', ...blank });
  const [document] = await project.call('report.documents', {});
  const html = readFileSync(document!.result.html.path, 'utf8');
  const from = html.indexOf(trainingReport.seeds);
  expect(from).toBeGreaterThan(0);
  const { accuracy, kept } = whole.seeds!;
  const table = html.slice(from, html.indexOf('</table>', from));
  expect(table).toContain(formatShare(accuracy.mean, 1));
  expect(table).toContain(`[${formatNumber(100 * accuracy.low, 1)}, ${formatNumber(100 * accuracy.high, 1)}]`);
  expect(table).toContain(`${kept} `);
});

it('killed in its second seed, the job goes on there and ends as if nobody had', async () => {
  const name = 'killed.csw';
  await (await reopen(name)).engine.dispose();
  const path = join(folder, name);
  const request = JSON.stringify({ start: { ...TRAINING, seeds: SEEDS } });
  const child = fork(join(import.meta.dirname, 'train-and-tell.ts'), [path, models, request], { execArgv: [] });
  let trainings = 0;
  child.on('message', (message) => {
    const told = message as Told;
    if (told.type !== 'checkpointed') return;
    if (told.step === 1) trainings++;
    if (trainings === 2 && told.step >= 5) child.kill('SIGKILL');
  });
  await once(child, 'exit');

  const again = await openTestProject(path, { type: 'open' }, { modelsFolder: models, threads: () => 1 });
  const job = (await again.call('jobs.list', {})).find(({ kind }) => kind === 'competitiveness.run')!;
  expect(job.state).toEqual({ type: 'interrupted', checkpoint: join(`${path}-spool`, job.id) });
  const left = JSON.parse(readFileSync(join(`${path}-spool`, job.id, `seed-${FIRST}`, 'finished.json'), 'utf8'));
  await again.call('jobs.resume', { jobId: job.id });
  expect((await again.settled(job.id)).state.type).toBe('succeeded');
  const resumed = await runOf(again, 'R1');
  await again.engine.dispose();
  expect(lasting(resumed)).toEqual(lasting(whole));
  // The first seed was not trained again: it keeps the time that it took before.
  expect(resumed.seeds!.runs[0]!.trainDurationMs).toBe(left.record.trainDurationMs);
});
