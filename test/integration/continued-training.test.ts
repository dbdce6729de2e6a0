import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import { continuedRate } from '../../shared/stages/adaptation/adapt-config.ts';
import { comparisonForm } from '../../shared/stages/demand/clean/normalise-text.ts';
import { alternatives } from '../../shared/train/alternatives.ts';
import { runConfigSchema } from '../../shared/train/run-config.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { tinyTexts, WORDS, writeTinyModel } from './tiny-model.ts';
import { EVERY_ROW, WORD_TRAINING } from './tiny-project.ts';

const CLASSES = ['card', 'lost', 'pin'];
const SEED = 7;
/** 97.5 % of Student's distribution with two degrees of freedom lie below it. */
const STUDENT_2 = 4.302652729911275;
const CONTINUED = { datasetId: 'd2', labelColumn: 'c1', scenarioName: 'Tickets', seed: SEED, name: 'June' };

let folder: string;
let project: TestProject;

async function importTexts(name: string, kind: 'feedback' | 'tickets', rows: readonly (readonly string[])[]) {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, csv(['text', 'label'], rows));
  await project.done('demand.importSource', {
    sourceId: `file:${path}`,
    name,
    kind,
    overrides: {},
    columns: [
      { id: 'c0', name: 'text', role: 'text' },
      { id: 'c1', name: 'label', role: 'label' },
    ],
  });
  const datasetId = (await project.call('demand.datasets', {})).at(-1)!.id;
  await project.done('demand.clean', { datasetId, recipe: EVERY_ROW });
}

/** Tickets of two of the three classes, told by other words than in the messages: word 8 + class. Every tenth has no class in the file. */
function tickets(count: number) {
  const rng = createRng(31);
  return Array.from({ length: count }, (_, row) => {
    const label = rng.int(2);
    const words = [WORDS[3 + rng.int(5)], WORDS[8 + label], WORDS[12 + rng.int(4)], WORDS[8 + label], `n${row}`];
    return [words.join(' '), row % 10 === 0 ? '' : CLASSES[label]!];
  });
}

const TICKETS = tickets(160);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-continued-'));
  const modelsFolder = join(folder, 'models');
  await writeTinyModel(join(modelsFolder, 'tiny'));
  project = await openTestProject(join(folder, 'p.csw'), CREATE, { modelsFolder });
  const { texts, labels } = tinyTexts(300, 3, 1);
  await importTexts(
    'messages',
    'feedback',
    texts.map((text, i) => [text, CLASSES[labels[i]!]!]),
  );
  await project.done('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: 'c1' }],
  });
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.25 },
    devShare: 0.1,
    modelId: 'tiny',
    maxLength: 24,
    seed: SEED,
  });
  await project.done('competitiveness.train', { name: 'Base', modelId: 'tiny', config: WORD_TRAINING });
  await importTexts('tickets', 'tickets', TICKETS);
  await project.done('service.triage', { datasetId: 'd2', modelId: 'R1', confidenceBelow: 0.6, truthColumn: null });
}, 120_000);
afterAll(async () => {
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const partOf = async (part: 'train' | 'dev' | 'test') =>
  (
    await project.call('project.rows', {
      ref: { type: 'scenarioData', scenarioId: 'S1', label: null, part },
      offset: 0,
      limit: 1000,
    })
  ).rows.map(({ text }) => comparisonForm(text ?? ''));

describe('a model that learns on from tickets', () => {
  it('says what there is to learn from, and refuses what is too little', async () => {
    const setup = (labelColumn: string | null) =>
      project.call('service.continuedSetup', { datasetId: 'd2', sourceId: 'R1', labelColumn });
    const without = TICKETS.filter(([, label]) => label === '').length;
    expect(await setup('c1')).toMatchObject({
      corrected: 0,
      fromColumn: TICKETS.length - without,
      classes: 2,
      unknownClasses: [],
      scenarioId: null,
      config: { method: { type: 'full' }, continual: { replay: { memory: 'balanced' } } },
      machine: { because: null, minutes: null, fullMinutes: null },
    });
    await project.call('service.correctTriage', { datasetId: 'd2', row: 0, label: 'pin' });
    expect(await setup(null)).toMatchObject({ corrected: 1, fromColumn: 0, config: null, machine: null, trainRows: 0 });
    const refused = { ...CONTINUED, sourceId: 'R1', labelColumn: null, config: null };
    expect(await project.refusal('service.continueTraining', refused)).toMatchObject({
      code: 'service.too-few-labels',
      params: { n: 1, needed: 20 },
    });
    const stranger = { ...CONTINUED, sourceId: 'R9', config: null };
    expect((await project.refusal('service.continueTraining', stranger)).code).toBe('artifact.not-found');
    expect(await project.call('adaptation.scenarios', {})).toEqual([]);
    await project.call('service.correctTriage', { datasetId: 'd2', row: 0, label: null });
  });

  it('refuses tickets of one class, of which nothing can be told apart', async () => {
    const open = TICKETS.flatMap((_, row) => (row < 25 ? [row] : []));
    const correct = async (label: string | null) => {
      for (const row of open) await project.call('service.correctTriage', { datasetId: 'd2', row, label });
    };
    await correct('lost');
    const choice = { datasetId: 'd2', sourceId: 'R1', labelColumn: null };
    expect(await project.call('service.continuedSetup', choice)).toMatchObject({
      corrected: open.length,
      classes: 1,
      config: null,
    });
    expect(await project.refusal('service.continueTraining', { ...CONTINUED, ...choice, config: null })).toMatchObject({
      code: 'stats.too-few',
      params: { what: 'classes', n: 1, needed: 2 },
    });
    await correct(null);
  });

  it('tells what it would take before there is a scenario to hold the tickets, beside cheaper recipes', async () => {
    const tickets = { datasetId: 'd2', labelColumn: 'c1' };
    const choice = { ...tickets, sourceId: 'R1' };
    const setup = await project.call('service.continuedSetup', choice);
    const configs = [setup.config!, ...alternatives(setup.config!, setup.layers, continuedRate)];
    expect(await project.call('service.trainingPlan', tickets)).toBeNull();
    const { jobId } = await project.call('service.planTraining', { ...choice, configs });
    expect((await project.settled(jobId)).state.type).toBe('succeeded');
    const planned = async () => (await project.call('service.trainingPlan', tickets))!;
    const { result } = await planned();
    expect(result.modelId).toBe('R1');
    expect(result.trainRows).toBe(setup.trainRows);
    expect(result.recipes.map(({ config }) => config.method.type)).toEqual(['full', 'lora', 'frozen-prefix', 'head']);
    const [full, ...cheaper] = result.recipes.map(({ measured }) => measured!);
    const { epochs, batchSize, continual } = setup.config!;
    const fresh = batchSize - Math.round(continual!.replay!.share * batchSize);
    expect(full!.updates).toBe(epochs * Math.ceil(setup.trainRows / fresh));
    for (const { time, trainableParameters } of cheaper) {
      expect(time.value).toBeGreaterThan(0);
      expect(trainableParameters).toBeLessThan(full!.trainableParameters);
    }
    expect((await project.call('service.continuedSetup', choice)).machine).toEqual({
      because: null,
      minutes: full!.time.value / 60,
      fullMinutes: full!.time.value / 60,
    });
    // It is of these tickets as they stand, and made no scenario of them.
    expect(await project.call('adaptation.scenarios', {})).toEqual([]);
    expect(await project.call('service.trainingPlan', { ...tickets, labelColumn: null })).toBeNull();
    await project.call('service.correctTriage', { datasetId: 'd2', row: 1, label: 'pin' });
    expect((await planned()).artifact.stale).not.toEqual([]);
    await project.call('service.correctTriage', { datasetId: 'd2', row: 1, label: null });
    expect(await project.refusal('service.planTraining', { ...choice, labelColumn: null, configs })).toMatchObject({
      code: 'service.too-few-labels',
      params: { n: 0, needed: 20 },
    });
  }, 120_000);

  it('learns the new words, keeps what it knew and all its classes', async () => {
    const replay = { share: 0.3, rows: 200, memory: 'balanced' as const };
    const config = runConfigSchema.parse({ ...WORD_TRAINING, epochs: 6, learningRate: 2e-3, continual: { replay } });
    const tickets = { datasetId: 'd2', labelColumn: 'c1' };
    await project.done('service.planTraining', { ...tickets, sourceId: 'R1', configs: [config] });
    const [expected] = (await project.call('service.trainingPlan', tickets))!.result.recipes;
    const { trainRows, smallestClass } = await project.call('service.continuedSetup', {
      datasetId: 'd2',
      sourceId: 'R1',
      labelColumn: 'c1',
    });
    await project.done('service.continueTraining', {
      ...CONTINUED,
      sourceId: 'R1',
      config,
    });
    // What the suggestion counted are the rows that the training then took.
    const taken = (await project.call('adaptation.data', { scenarioId: 'S1' }))!.result;
    const learnt = taken.classes.map(({ train }) => train).filter((count) => count > 0);
    expect([trainRows, smallestClass]).toEqual([taken.train, Math.min(...learnt)]);
    expect(trainRows).toBeLessThan(taken.rows);
    const { result } = (await project.call('adaptation.model', { modelId: 'A1' }))!;
    expect(new Set(result.labels)).toEqual(new Set(CLASSES));
    expect(result).toMatchObject({ recipe: 'continue', sourceId: 'R1', scenarioId: 'S1' });
    const { time, peakMemoryMb, updates } = expected!.measured!;
    expect(result.planned).toEqual({ time, peakMemoryMb, updates });
    expect(result.steps).toBe(updates);
    // The scenario that holds the tickets since makes nothing of the plan outdated.
    expect((await project.call('service.trainingPlan', tickets))!.artifact.stale).toEqual([]);
    // Nobody said these words before: the source guesses, and the new model knows.
    expect(result.gain!.rows).toBe(result.test.rows);
    expect(result.gain!.after.value).toBe(result.test.accuracy.value);
    expect(result.gain!.difference.value).toBeCloseTo(result.gain!.after.value - result.gain!.before.value, 10);
    expect(result.gain!.difference.low).toBeGreaterThan(0.1);
    expect(result.forgetting!.commonClasses).toBe(CLASSES.length);
    expect(result.forgetting!.after.value).toBeGreaterThan(0.9);
    // The class that no ticket has is still answered where it belongs.
    await project.done('service.triage', { datasetId: 'd1', modelId: 'A1', confidenceBelow: 0.5, truthColumn: 'c1' });
    const { truth } = (await project.call('service.triaged', { datasetId: 'd1' }))!.view.result;
    expect(truth!.accuracy.value!).toBeGreaterThan(0.9);
  }, 60_000);

  it('is never tested on what it or its source has learnt, however many tickets are set right meanwhile', async () => {
    const [train, dev, test] = [await partOf('train'), await partOf('dev'), await partOf('test')];
    const open = TICKETS.flatMap(([, label], row) => (label === '' ? [row] : []));
    for (const row of open) await project.call('service.correctTriage', { datasetId: 'd2', row, label: 'lost' });
    // A person knows better than the file, too.
    await project.call('service.correctTriage', { datasetId: 'd2', row: 1, label: 'pin' });
    // What is set right waits for the next training: nothing is outdated by a ticket.
    const staleOf = async (modelId: string) => (await project.call('adaptation.model', { modelId }))!.artifact.stale;
    expect((await project.call('adaptation.data', { scenarioId: 'S1' }))!.artifact.stale).toEqual([]);
    expect(await staleOf('A1')).toEqual([]);
    const before = (await project.call('adaptation.model', { modelId: 'A1' }))!.artifact.hash;
    expect(
      await project.call('service.continuedSetup', { datasetId: 'd2', sourceId: 'A1', labelColumn: 'c1' }),
    ).toMatchObject({ corrected: open.length + 1, scenarioId: 'S1' });
    await project.done('service.continueTraining', {
      ...CONTINUED,
      sourceId: 'A1',
      name: 'July',
      config: { ...WORD_TRAINING, epochs: 1, continual: { replay: { share: 0.3, rows: 200, memory: 'balanced' } } },
    });
    const { result } = (await project.call('adaptation.data', { scenarioId: 'S1' }))!;
    expect(result.rows).toBe(TICKETS.length);
    expect(result.classes.find(({ label }) => label === 'pin')?.rows).toBe(1);
    expect(await partOf('train')).toEqual(expect.arrayContaining(train));
    expect(await partOf('dev')).toEqual(expect.arrayContaining(dev));
    expect(await partOf('test')).toEqual(expect.arrayContaining(test));
    expect((await project.call('adaptation.scenarios', {})).map((view) => view.result.scenario.name)).toEqual([
      'Tickets',
    ]);
    const model = (await project.call('adaptation.model', { modelId: 'A2' }))!.result;
    expect(model.sourceId).toBe('A1');
    expect(model.history!.trainings.map(({ id }) => id)).toEqual(['R1', 'A1', 'A2']);
    // The first model is gone on from as it was, not made anew on rows that are there now; they make it outdated, and not the new one.
    const first = (await project.call('adaptation.model', { modelId: 'A1' }))!.artifact;
    expect([first.hash, first.version]).toEqual([before, 1]);
    expect(first.stale.length).toBeGreaterThan(0);
    expect(await staleOf('A2')).toEqual([]);
  }, 60_000);

  const newest = async () => (await project.call('adaptation.models', {})).at(-1)!.result;

  it('is trained as suggested, from the seed that was asked for', async () => {
    const choice = { datasetId: 'd2', sourceId: 'R1', labelColumn: 'c1' };
    const { config } = await project.call('service.continuedSetup', choice);
    await project.done('service.continueTraining', { ...CONTINUED, ...choice, config: null, seed: 3 });
    const { config: trained, seeds } = await newest();
    expect(trained).toEqual({ ...config, seed: 3 });
    expect(seeds).toBeUndefined();
  }, 60_000);

  it('is made from several seeds in one job: mean and interval over them, each as it comes out alone', async () => {
    // Steps small enough that the seeds end apart.
    const config = { ...WORD_TRAINING, epochs: 2, learningRate: 3e-4, seed: 11 };
    const asked = { ...CONTINUED, sourceId: 'R1', name: 'Three', config };
    await project.done('service.continueTraining', { ...asked, seeds: 3 });
    const several = await newest();
    const { runs, kept, accuracy } = several.seeds!;
    expect(runs.map(({ seed }) => seed)).toEqual([11, 12, 13]);
    const accuracies = runs.map((run) => run.accuracy);
    expect(new Set(accuracies).size).toBeGreaterThan(1);
    const mean = accuracies.reduce((sum, value) => sum + value, 0) / 3;
    const deviation = Math.sqrt(accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
    const half = (STUDENT_2 * deviation) / Math.sqrt(3);
    expect(accuracy.mean).toBeCloseTo(mean, 12);
    expect(accuracy.low).toBeCloseTo(mean - half, 6);
    expect(accuracy.high).toBeCloseTo(mean + half, 6);
    expect(several.test.accuracy.value).toBe(runs.find(({ seed }) => seed === kept)!.accuracy);
    await project.done('service.continueTraining', { ...asked, name: 'Alone', config: { ...config, seed: 12 } });
    const alone = await newest();
    expect([alone.test.accuracy.value, alone.dev!.macroF1]).toEqual([runs[1]!.accuracy, runs[1]!.dev]);
  }, 60_000);

  it('leaves nothing of what was planned on tickets that are removed', async () => {
    const tickets = { datasetId: 'd2', labelColumn: 'c1' };
    expect(await project.call('service.trainingPlan', tickets)).not.toBeNull();
    await project.call('demand.removeDataset', { datasetId: 'd2' });
    expect(await project.call('service.trainingPlan', tickets)).toBeNull();
  });
});
