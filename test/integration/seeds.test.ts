import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatNumber, formatShare } from '../../shared/i18n/number.ts';
import { reportTextsEn } from '../../shared/report/texts/report.en.ts';
import type { AdaptedModel } from '../../shared/stages/adaptation/results.ts';
import type { RunRecord } from '../../shared/stages/competitiveness/results.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { plainScenario, prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';
import type { Told } from './train-and-tell.ts';

const EPOCHS = 2;
const TRAINING = tinyTraining(EPOCHS);
const SEEDS = 3;
/** 97.5 % of Student's distribution with one and with three degrees of freedom lie below these. */
const [STUDENT_1, STUDENT_3] = [12.706204736432095, 3.182446305284263];
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

describe('a model that is adapted to a scenario', () => {
  const adapt = { scenarioId: 'S1', sourceId: 'R1', recipe: 'new-head', reject: false, seed: 7 } as const;
  const modelOf = async (from: TestProject, modelId: string) =>
    (await from.call('adaptation.model', { modelId }))!.result;
  // A new head in steps small enough that the seeds end apart, and so many that a pause meets the second.
  const config = { ...TRAINING.config, epochs: 5, learningRate: 5e-5 };
  let adapted: AdaptedModel;

  it('is made from each seed in one job, with means, beside what one was expected to cost', async () => {
    const scenario = plainScenario('Tiny', { datasetId: 'd1', labelColumn: 'c1', filter: null });
    await project.call('adaptation.saveScenario', { scenarioId: null, scenario });
    await project.done('adaptation.buildData', { scenarioId: 'S1', testShare: 0.25, devShare: 0.15, seed: 7 });
    const { scenarioId, sourceId, recipe } = adapt;
    await project.done('adaptation.planTraining', { scenarioId, sourceId, recipe, configs: [config] });
    await project.done('adaptation.adapt', { ...adapt, name: 'Three', config, seeds: SEEDS });
    adapted = await modelOf(project, 'A1');
    const { runs, kept, keptBy, accuracy } = adapted.seeds!;
    expect(runs.map(({ seed }) => seed)).toEqual([0, 1, 2].map((more) => config.seed + more));
    const best = runs.toSorted((a, b) => b.dev! - a.dev! || a.seed - b.seed)[0]!;
    expect([kept, keptBy]).toEqual([best.seed, 'dev']);
    expect([adapted.test.accuracy.value, adapted.test.macroF1.value]).toEqual([best.accuracy, best.macroF1]);
    expect(adapted.dev!.macroF1).toBe(best.dev);
    expect(adapted.gain!.after.value).toBe(best.accuracy);
    expect(accuracy.mean).toBeCloseTo(runs.reduce((sum, run) => sum + run.accuracy, 0) / SEEDS, 12);
    expect(new Set(runs.map(({ dev, accuracy: found }) => `${dev} ${found}`)).size).toBeGreaterThan(1);
    const plan = (await project.call('adaptation.trainingPlan', { scenarioId }))!.result;
    const { updates, time, peakMemoryMb } = plan.recipes[0]!.measured!;
    expect(adapted.planned).toEqual({ updates, time, peakMemoryMb });
    expect([adapted.steps, adapted.trainWallMs! >= adapted.trainDurationMs]).toEqual([updates, true]);
  });

  it('comes out of each seed as it does alone', async () => {
    const second = adapted.seeds!.runs[1]!;
    const own = { ...config, seed: second.seed };
    await project.done('adaptation.adapt', { ...adapt, name: 'Alone', config: own });
    const alone = await modelOf(project, 'A2');
    expect(alone.seeds).toBeUndefined();
    expect([alone.test.accuracy.value, alone.test.macroF1.value, alone.dev!.macroF1]).toEqual([
      second.accuracy,
      second.macroF1,
      second.dev,
    ]);
  });

  it('has no seeds where nothing is trained', async () => {
    const asked = { ...adapt, recipe: 'reuse', name: 'As it is', config: null, seeds: 2 } as const;
    expect(await project.refusal('adaptation.adapt', asked)).toMatchObject({
      code: 'request.invalid',
      params: { path: 'seeds', problem: { reason: 'trains-nothing' } },
    });
  });

  it('stands in the report with its seeds', async () => {
    const blank = { sections: null, title: '', author: '', comments: [], pdf: false };
    await project.done('report.build', { language: 'en', ...blank });
    const [document] = await project.call('report.documents', {});
    const html = readFileSync(document!.result.html.path, 'utf8');
    const from = html.lastIndexOf(trainingReport.seeds);
    const table = html.slice(from, html.indexOf('</table>', from));
    expect(table).toContain('A1');
    expect(table).not.toContain('R1');
    const { low, high } = adapted.seeds!.accuracy;
    expect(table).toContain(`[${formatNumber(100 * low, 1)}, ${formatNumber(100 * high, 1)}]`);
  });

  it('is paused in its second seed and goes on there, as if nobody had', async () => {
    const { jobId } = await project.call('adaptation.adapt', { ...adapt, name: 'Paused', config, seeds: SEEDS });
    await project.jobReaches(
      jobId,
      ({ state }) => state.type === 'running' && state.progress.phase === 'training' && state.progress.fraction > 0.4,
    );
    await project.call('jobs.pause', { jobId });
    const paused = await project.settled(jobId);
    expect(paused.state.type).toBe('paused');
    const [first, second] = [0, 1].map((more) => join(folder, 'whole.csw-spool', jobId, `seed-${config.seed + more}`));
    expect([existsSync(join(first!, 'finished.json')), existsSync(join(second!, 'finished.json'))]).toEqual([
      true,
      false,
    ]);
    await project.call('jobs.resume', { jobId });
    expect((await project.settled(jobId)).state.type).toBe('succeeded');
    const resumed = await modelOf(project, 'A3');
    expect(lasting(resumed)).toEqual(lasting(adapted));
    expect([resumed.gain, resumed.forgetting]).toEqual([adapted.gain, adapted.forgetting]);
  });

  it('is compared with another over the seeds of both', async () => {
    const slow = { ...config, learningRate: 1e-5 };
    await project.done('adaptation.adapt', { ...adapt, name: 'Slow', config: slow, seeds: 2 });
    const other = (await project.call('adaptation.models', {})).at(-1)!.result;
    const { seeds } = await project.call('competitiveness.compare', { runId: other.id, referenceId: 'A1' });
    expect([seeds!.n, seeds!.referenceN]).toEqual([2, SEEDS]);
    for (const figure of ['accuracy', 'macroF1'] as const) {
      const [mean, reference] = [other.seeds![figure], adapted.seeds![figure]];
      expect(seeds![figure].value).toBeCloseTo(mean.mean - reference.mean, 12);
      // Welch's standard error; his degrees of freedom lie between 1, those of the smaller group, and 3, those of both.
      const error = Math.sqrt(mean.deviation ** 2 / 2 + reference.deviation ** 2 / SEEDS);
      expect(error).toBeGreaterThan(0);
      const half = (seeds![figure].high - seeds![figure].low) / 2;
      expect(half).toBeGreaterThanOrEqual(STUDENT_3 * error * (1 - 1e-9));
      expect(half).toBeLessThanOrEqual(STUDENT_1 * error * (1 + 1e-9));
    }
    expect((await project.call('competitiveness.compare', { runId: 'A2', referenceId: 'A1' })).seeds).toBeUndefined();
  });
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
