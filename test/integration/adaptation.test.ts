import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scenario, ScenarioTest, TestsResult } from '../../shared/stages/adaptation/results.ts';
import { comparisonForm } from '../../shared/stages/demand/clean/normalise-text.ts';
import type { RunConfig } from '../../shared/train/run-config.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';
import { EVERY_ROW, WORD_TRAINING } from './tiny-project.ts';

const CLASSES = ['card', 'lost', 'pin'];
const QUEUES = ['counter', 'counter', 'fraud desk'];
const SEED = 7;
const CONFIG: RunConfig = { ...WORD_TRAINING, epochs: 12 };

const SCENARIO: Scenario = {
  name: 'Counter',
  templateId: 'customer-service',
  users: '',
  inputs: '',
  data: { datasetId: 'd1', labelColumn: 'c1', filter: { columnId: 'c2', values: ['north', 'south'] } },
  labelMap: null,
  volumePerDay: null,
  errorCosts: [{ label: 'lost', miss: 5, falseAlarm: 1 }],
  humanLook: 0.4,
  limits: [],
  needIds: [],
  complianceTopics: [],
  complianceNotes: '',
};

let folder: string;
let project: TestProject;

async function importTable(
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  kind: 'feedback' | 'tickets',
) {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, csv(header, rows));
  await project.done('demand.importSource', {
    sourceId: `file:${path}`,
    name,
    kind,
    overrides: {},
    columns: [
      { id: 'c0', name: 'text', role: 'text' },
      { id: 'c1', name: 'label', role: 'label' },
      { id: 'c2', name: 'place', role: 'segment' },
    ],
  });
}

const suite = async (scenarioId: string, modelId: string): Promise<TestsResult> => {
  await project.done('adaptation.runTests', { scenarioId, modelId, seed: SEED });
  return (await project.call('adaptation.tests', { scenarioId, modelId }))!.result;
};
const test = ({ tests, machineTests }: TestsResult, id: string): ScenarioTest =>
  [...tests, ...machineTests].find((candidate) => candidate.id === id)!;
const staleSlots = async () => (await project.call('project.overview', {})).staleSlots;
const hashOf = async (slot: string) =>
  (await project.call('project.artifacts', {})).find((artifact) => artifact.slot === slot)?.hash;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-adaptation-'));
  const modelsFolder = join(folder, 'models');
  await writeTinyModel(join(modelsFolder, 'tiny'));
  project = await openTestProject(join(folder, 'p.csw'), CREATE, { modelsFolder });
  const first = tinyTexts(360, CLASSES.length, 1);
  const places = ['north', 'south', 'west'];
  await importTable(
    'messages',
    ['text', 'label', 'place'],
    first.texts.map((text, i) => [text, CLASSES[first.labels[i]!]!, places[i % 3]!]),
    'feedback',
  );
  // Every third ticket repeats a message word for word.
  const second = tinyTexts(240, CLASSES.length, 2);
  await importTable(
    'tickets',
    ['text', 'label', 'place'],
    second.texts.map((text, i) => {
      const copied = i % 3 === 0;
      const label = copied ? first.labels[i]! : second.labels[i]!;
      return [copied ? first.texts[i]! : text, QUEUES[label]!, places[i % 2]!];
    }),
    'tickets',
  );
  for (const datasetId of ['d1', 'd2']) await project.done('demand.clean', { datasetId, recipe: EVERY_ROW });
  await project.call('demand.setTargets', { accuracy: 0.6, latencyMs: 400, explainability: null, privacy: 'personal' });
  await project.done('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: 'c1' }],
  });
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.3 },
    devShare: 0.15,
    modelId: 'tiny',
    maxLength: 24,
    seed: SEED,
  });
  await project.done('competitiveness.train', { name: 'Base', modelId: 'tiny', config: CONFIG });
  const limits = await project.call('adaptation.suggestLimits', { templateId: 'customer-service', needIds: [] });
  await project.call('adaptation.saveScenario', { scenarioId: null, scenario: { ...SCENARIO, limits } });
  await project.call('adaptation.saveScenario', {
    scenarioId: null,
    scenario: {
      ...SCENARIO,
      name: 'Tickets',
      templateId: 'financial-risk',
      data: { datasetId: 'd2', labelColumn: 'c1', filter: null },
      errorCosts: [],
    },
  });
}, 120_000);
afterAll(async () => {
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('data of a scenario', () => {
  it('takes the filtered rows and tests on none that a model has learnt from, by row or by text', async () => {
    await project.done('adaptation.buildData', { scenarioId: 'S1', testShare: 0.3, devShare: 0.1, seed: SEED });
    await project.done('adaptation.buildData', { scenarioId: 'S2', testShare: 0.3, devShare: 0.1, seed: SEED });
    const learnt = new Set<string>();
    for (const part of ['train', 'dev'] as const) {
      for (const label of CLASSES) {
        const { rows } = await project.call('project.rows', {
          ref: { type: 'label', label, part },
          offset: 0,
          limit: 1000,
        });
        for (const { text } of rows) learnt.add(comparisonForm(text ?? ''));
      }
    }
    expect(learnt.size).toBeGreaterThan(100);
    for (const scenarioId of ['S1', 'S2']) {
      const data = (await project.call('adaptation.data', { scenarioId }))!.result;
      const ref = { type: 'scenarioData', scenarioId, label: null, part: 'test' } as const;
      const { total, rows } = await project.call('project.rows', { ref, offset: 0, limit: 1000 });
      expect(total).toBe(data.test);
      expect(rows.filter(({ text }) => learnt.has(comparisonForm(text ?? '')))).toEqual([]);
      expect(data.keptFromTest).toBeGreaterThan(0);
      expect(data.notices.map(({ code }) => code)).toContain('kept-from-test');
      for (const { label, train, dev, test: tested } of data.classes) {
        const counted = await Promise.all(
          (['train', 'dev', 'test'] as const).map(
            async (part) =>
              (
                await project.call('project.rows', {
                  ref: { type: 'scenarioData', scenarioId, label, part },
                  offset: 0,
                  limit: 1,
                })
              ).total,
          ),
        );
        expect(counted).toEqual([train, dev, tested]);
      }
    }
    expect((await project.call('adaptation.data', { scenarioId: 'S1' }))!.result.filteredOut).toBe(120);
  });

  it('refuses a filter that leaves nothing', async () => {
    const data = { ...SCENARIO.data, filter: { columnId: 'c2', values: ['nowhere'] } };
    const { scenarioId } = await project.call('adaptation.saveScenario', {
      scenarioId: null,
      scenario: { ...SCENARIO, data },
    });
    const job = await project.settle('adaptation.buildData', { scenarioId, testShare: 0.3, devShare: 0.1, seed: SEED });
    expect(job.state).toMatchObject({ type: 'failed', error: { code: 'adaptation.no-rows' } });
    await project.call('adaptation.removeScenario', { scenarioId });
    const next = await project.call('adaptation.saveScenario', { scenarioId: null, scenario: SCENARIO });
    expect(next.scenarioId).not.toBe(scenarioId);
    await project.call('adaptation.removeScenario', next);
  });
});

describe('recipe', () => {
  it('reuses a source that meets the limit, and says how near the domains are', async () => {
    await project.done('adaptation.recommendRecipe', { scenarioId: 'S1', sourceId: 'R1', seed: SEED });
    const recipe = (await project.call('adaptation.recipe', { scenarioId: 'S1' }))!.result;
    expect(['reuse', 'threshold']).toContain(recipe.recommended);
    expect(recipe.reasons).toContain('meets-limit');
    expect(recipe.labelOverlap).toBe(1);
    expect(recipe.zeroShot!.value).toBeGreaterThanOrEqual(0.6);
    expect(recipe.distance!.auc).toBeLessThan(0.7);
  });

  it('cannot reuse a source that knows none of the classes', async () => {
    await project.done('adaptation.recommendRecipe', { scenarioId: 'S2', sourceId: 'R1', seed: SEED });
    const recipe = (await project.call('adaptation.recipe', { scenarioId: 'S2' }))!.result;
    expect(['new-head', 'continue', 'lora']).toContain(recipe.recommended);
    expect(recipe.reasons[0]).toBe('other-classes');
    expect(recipe.zeroShot).toBeNull();
    expect(recipe.options.find(({ recipe: id }) => id === 'reuse')).toMatchObject({
      applicable: false,
      codes: ['no-common-classes'],
    });
  });
});

describe('adapted models', () => {
  const adapt = (scenarioId: string, recipe: 'reuse' | 'threshold' | 'new-head' | 'lora' | 'continue') =>
    ({ scenarioId, sourceId: 'R1', recipe, name: recipe, reject: false, config: null, seed: SEED }) as const;
  const modelOf = async (modelId: string) => (await project.call('adaptation.model', { modelId }))!.result;

  it('reuse answers as the source does', async () => {
    await project.done('adaptation.adapt', adapt('S1', 'reuse'));
    const reused = await modelOf('A1');
    expect(reused).toMatchObject({ recipe: 'reuse', sourceId: 'R1', labels: CLASSES, reject: null, steps: 0 });
    expect(reused.forgettingReason).toBe('source-unchanged');
    expect((await suite('S1', 'R1')).accuracy).toEqual((await suite('S1', 'A1')).accuracy);
    expect((await suite('S1', 'A1')).accuracy.value).toBe(reused.test.accuracy.value);
  });

  it('threshold hands over what is cheaper to look at, as chosen on dev', async () => {
    await project.done('adaptation.adapt', adapt('S1', 'threshold'));
    const { reject } = await modelOf('A2');
    expect(reject!.dev.cost).toBeLessThanOrEqual(reject!.dev.costWithout);
    const tests = await suite('S1', 'A2');
    expect(test(tests, 'coverage').value).toBe(reject!.test.coverage.value);
    expect(tests.costPerThousand).toBeCloseTo(1000 * reject!.test.cost, 6);
    const { texts } = tinyTexts(40, CLASSES.length, 9);
    await project.done('competitiveness.classify', { modelId: 'A2', texts });
    const { temperature, answers } = (await project.call('competitiveness.classified', { modelId: 'A2' }))!.result;
    const sureness = answers.map(({ likeliest }) => {
      const plain = likeliest.map(({ probability }) => probability ** (temperature?.value ?? 1));
      return plain[0]! / plain.reduce((sum, value) => sum + value, 0);
    });
    expect(answers.map(({ toPerson }) => toPerson)).toEqual(sureness.map((value) => value < reject!.confidence));
  });

  it('continue trains on and measures what was forgotten on the source’s own test rows', async () => {
    const config = { ...CONFIG, epochs: 2, learningRate: 1e-3 };
    const { scenarioId, sourceId, recipe } = adapt('S1', 'continue');
    await project.done('adaptation.planTraining', { scenarioId, sourceId, recipe, configs: [config] });
    const plan = (await project.call('adaptation.trainingPlan', { scenarioId }))!.result;
    await project.done('adaptation.adapt', { ...adapt('S1', 'continue'), config });
    const continued = await modelOf('A3');
    const { updates, time, peakMemoryMb } = plan.recipes[0]!.measured!;
    expect(continued.planned).toEqual({ updates, time, peakMemoryMb });
    expect([continued.steps, continued.trainWallMs! > 0]).toEqual([updates, true]);
    const run = (await project.call('competitiveness.run', { runId: 'R1' }))!.result;
    expect(continued.steps).toBeGreaterThan(0);
    expect(continued.forgetting).toMatchObject({ rows: run.test.rows, commonClasses: CLASSES.length });
    expect(continued.forgetting!.before.value).toBeCloseTo(run.test.accuracy.value, 10);
    const { before, after, difference } = continued.forgetting!;
    expect(difference.value).toBeCloseTo(after.value - before.value, 10);
  });

  it('a new head answers the scenario’s classes on the source’s encoder', async () => {
    await project.done('adaptation.adapt', adapt('S2', 'new-head'));
    const adapted = await modelOf('A4');
    expect(adapted.labels).toEqual(['counter', 'fraud desk']);
    expect(adapted.forgettingReason).toBe('no-common-classes');
    expect(adapted.trainableParameters).toBe(2 * 32 + 2);
    expect(adapted.test.accuracy.value).toBeGreaterThan(0.75);
  });

  it('an int8 source is reused as it is, and cannot be trained on', async () => {
    await project.done('competitiveness.compress', {
      name: 'Small',
      runId: 'R1',
      technique: 'int8',
      tolerance: 0.1,
    });
    await project.done('adaptation.adapt', { ...adapt('S1', 'threshold'), sourceId: 'C1' });
    const reused = await modelOf('A5');
    expect(reused).toMatchObject({ precision: 'int8', labels: CLASSES, forgettingReason: 'source-unchanged' });
    const compressed = await suite('S1', 'C1');
    expect((await suite('S1', 'A5')).accuracy).toEqual(compressed.accuracy);
    const refused = await project.refusal('adaptation.adapt', { ...adapt('S1', 'continue'), sourceId: 'C1' });
    expect(refused.code).toBe('adaptation.recipe-not-applicable');
    await project.call('adaptation.removeModel', { modelId: 'A5' });
  });

  it('refuses what cannot be done before it is queued', async () => {
    const unlooked = { ...SCENARIO, humanLook: null };
    const { scenarioId } = await project.call('adaptation.saveScenario', { scenarioId: null, scenario: unlooked });
    expect((await project.refusal('adaptation.adapt', adapt(scenarioId, 'threshold'))).code).toBe(
      'adaptation.recipe-not-applicable',
    );
    await project.call('adaptation.removeScenario', { scenarioId });
    const job = await project.settle('adaptation.adapt', adapt('S2', 'reuse'));
    expect(job.state).toMatchObject({ type: 'failed', error: { code: 'adaptation.no-common-labels' } });
  });

  it('continues with replay and EWC on the rows that the source was trained on', async () => {
    const continual = {
      replay: { share: 0.25, rows: 100, memory: 'balanced' },
      ewc: { strength: 1000, rows: 20 },
    } as const;
    const method = { type: 'full', freezeEmbeddings: true } as const;
    const changed = { ...CONFIG, method, epochs: 1, continual };
    const job = await project.settle('adaptation.adapt', { ...adapt('S1', 'continue'), config: changed });
    expect(job.state.type).toBe('succeeded');
    const id = job.slot.split(':')[1]!;
    const plain = await modelOf('A3');
    const { config, steps, forgetting } = await modelOf(id);
    expect(config?.continual).toEqual(continual);
    // A quarter of a batch is not new: an epoch has more updates.
    expect(steps).toBeGreaterThan(plain.steps / 2);
    expect(forgetting!.rows).toBe(plain.forgetting!.rows);
    const refused = await project.settle('adaptation.adapt', { ...adapt('S2', 'new-head'), config: changed });
    expect(refused.state).toMatchObject({ type: 'failed', error: { code: 'train.continual' } });

    // Trained on once more, from the model that was trained on: three trainings, three tasks.
    const again = { ...adapt('S1', 'continue'), sourceId: id, config: { ...changed, learningRate: 1e-4 } };
    const third = await project.settle('adaptation.adapt', again);
    expect(third.state.type).toBe('succeeded');
    const { history, test: own } = await modelOf(third.slot.split(':')[1]!);
    expect(history!.trainings.map((training) => training.id)).toEqual(['R1', id, third.slot.split(':')[1]]);
    const value = (of: { readonly value: number } | null) => of?.value ?? null;
    const accuracy = history!.accuracy.map((row) => row.map(value));
    const second = await modelOf(id);
    expect(accuracy[0]).toEqual([expect.any(Number), null, null]);
    expect(accuracy[1]).toEqual([value(second.history!.accuracy[1]![0]!), expect.any(Number), null]);
    expect(accuracy[2]![2]).toBeCloseTo(own.accuracy.value, 10);
    // The second and third task are the same scenario, of which the third training has seen the training rows but not the test rows.
    expect(history!.trainings[1]!.rows).toBe(history!.trainings[2]!.rows);
    expect(accuracy[2]![1]).toBe(accuracy[2]![2]);
    const [first, mid, last] = [accuracy[2]![0]! - accuracy[0]![0]!, accuracy[2]![1]! - accuracy[1]![1]!, 2];
    expect(history!.backwardTransfer!.value).toBeCloseTo((first + mid) / last, 10);
    await project.call('adaptation.removeModel', { modelId: third.slot.split(':')[1]! });
    await project.call('adaptation.removeModel', { modelId: id });
  });
});

describe('test suite', () => {
  it('counts exactly the rows that its evidence shows', async () => {
    const { tests } = await suite('S1', 'A1');
    expect(tests.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'accuracy',
        'macroF1',
        'recall:lost',
        'slice:c2:north',
        'slice:length:short',
        'perturbation:typos',
        'perturbation:personalData',
        'calibration',
      ]),
    );
    for (const { id, rows } of tests) {
      for (const [outcome, wanted] of [
        ['all', rows!.all],
        ['failed', rows!.failed],
        ['passed', rows!.passed],
      ] as const) {
        const ref = { type: 'scenarioTest', scenarioId: 'S1', modelId: 'A1', testId: id, outcome } as const;
        expect((await project.call('project.rows', { ref, offset: 0, limit: 1 })).total).toBe(wanted);
      }
    }
    const moved = tests.filter(({ type }) => type === 'perturbation').find(({ rows }) => rows!.failed > 0);
    const ref = {
      type: 'scenarioTest',
      scenarioId: 'S1',
      modelId: 'A1',
      testId: moved!.id,
      outcome: 'failed',
    } as const;
    const row = (await project.call('project.rows', { ref, offset: 0, limit: 1 })).rows[0]!;
    const note = Object.fromEntries(row.notes.map(({ id, value }) => [id, value]));
    expect(note.changedText).not.toBe(row.text);
    expect(note.predictedAfter).not.toBe(note.predicted);
  });

  it('gives the same result for the same seed, but for what a clock decides', async () => {
    await suite('S1', 'A1');
    const once = await hashOf('adaptation.tests:S1.A1');
    await suite('S1', 'A1');
    expect(await hashOf('adaptation.tests:S1.A1')).toBe(once);
  });

  it('holds two models against each other on the same changed texts, as their perturbation tests count them', async () => {
    const [mine, theirs] = [await suite('S1', 'A1'), await suite('S1', 'A3')];
    const found = (await project.call('adaptation.robustness', { modelId: 'A1', referenceId: 'A3' }))!;
    const changed = ({ tests }: TestsResult) =>
      tests.filter(({ type }) => type === 'perturbation' || type === 'personalData');
    const sum = (of: TestsResult, part: 'all' | 'failed') =>
      changed(of).reduce((total, { rows }) => total + rows![part], 0);
    expect(found).toMatchObject({ scenarioId: 'S1', changes: sum(mine, 'all') });
    expect(found.moved).toBeCloseTo(sum(mine, 'failed') / sum(mine, 'all'), 12);
    expect(found.referenceMoved).toBeCloseTo(sum(theirs, 'failed') / sum(theirs, 'all'), 12);
    expect(found.difference.value).toBeCloseTo(found.moved - found.referenceMoved, 12);
    expect(await project.call('adaptation.robustness', { modelId: 'A1', referenceId: 'A4' })).toBeNull();
  });

  it('leaves out test rows that the model learnt in another scenario', async () => {
    const data = { datasetId: 'd2', labelColumn: 'c1', filter: null };
    const scenario = { ...SCENARIO, name: 'Tickets, split otherwise', data };
    const { scenarioId } = await project.call('adaptation.saveScenario', { scenarioId: null, scenario });
    await project.done('adaptation.buildData', { scenarioId, testShare: 0.3, devShare: 0.1, seed: 99 });
    const locked = (await project.call('adaptation.data', { scenarioId }))!.result.test;
    const tests = await suite(scenarioId, 'A4');
    const rows = locked - tests.rows;
    expect(rows).toBeGreaterThan(10);
    expect(tests.notices).toContainEqual({ code: 'seen-in-training', severity: 'warning', params: { rows } });
    await project.call('adaptation.removeScenario', { scenarioId });
  });

  it('asks a model by the names of the label map, and says which classes share an answer', async () => {
    const labelMap = CLASSES.map((label, k) => ({ label, modelLabel: QUEUES[k]! }));
    const scenario = { ...SCENARIO, name: 'Messages by queue', labelMap };
    const { scenarioId } = await project.call('adaptation.saveScenario', { scenarioId: null, scenario });
    const tests = await suite(scenarioId, 'A4');
    expect(tests.notices.map(({ code }) => code)).toContain('labels-share-answer');
    expect(test(tests, 'accuracy').value).toBeGreaterThan(0.5);
    await project.call('adaptation.removeScenario', { scenarioId });
  });

  it('is stale when a target changes that a limit came from, and takes the new limit; models stay', async () => {
    const before = await suite('S1', 'A1');
    expect(test(before, 'accuracy')).toMatchObject({ limit: 0.6, limitOrigin: { type: 'target', target: 'accuracy' } });
    expect(test(before, 'latency').limit).toBe(400);
    await project.call('demand.setTargets', {
      accuracy: 0.99,
      latencyMs: 400,
      explainability: null,
      privacy: 'personal',
    });
    const stale = await staleSlots();
    expect(stale).toEqual(expect.arrayContaining(['adaptation.limits:S1', 'adaptation.tests:S1.A1']));
    expect(stale).not.toContain('adaptation.model:A1');
    expect(stale).not.toContain('adaptation.data:S1');
    const { jobId } = await project.call('project.recompute', { includeTraining: false });
    await project.settled(jobId);
    const after = (await project.call('adaptation.tests', { scenarioId: 'S1', modelId: 'A1' }))!;
    expect(after.artifact.stale).toEqual([]);
    expect(test(after.result, 'accuracy').limit).toBe(0.99);
    const limits = (await project.call('adaptation.scenarios', {})).find(({ result }) => result.id === 'S1')!.result;
    expect(limits.scenario.limits.find(({ test: of }) => of === 'accuracy')?.value).toBe(0.99);
  });

  it('does not become stale when the card is reworded', async () => {
    const { scenario } = (await project.call('adaptation.scenarios', {})).find(
      ({ result }) => result.id === 'S1',
    )!.result;
    await project.call('adaptation.saveScenario', { scenarioId: 'S1', scenario: { ...scenario, users: 'Clerks' } });
    expect((await staleSlots()).filter((slot) => slot.includes('S1'))).toEqual([]);
  });
});

describe('matrix', () => {
  it('shows each pair that can be tested and the model chosen', async () => {
    await project.call('adaptation.chooseModel', { scenarioId: 'S1', modelId: 'A2' });
    const { cells, scenarios, models } = await project.call('adaptation.matrix', {});
    expect(models.map(({ id }) => id)).toEqual(['R1', 'C1', 'A1', 'A2', 'A3', 'A4']);
    expect(scenarios.map(({ id, chosen }) => [id, chosen])).toEqual([
      ['S1', 'A2'],
      ['S2', null],
    ]);
    expect(cells.filter(({ scenarioId }) => scenarioId === 'S2').map(({ modelId }) => modelId)).toEqual(['A4']);
    const cell = cells.find(({ scenarioId, modelId }) => scenarioId === 'S1' && modelId === 'A1')!.tests!;
    const { tests, machineTests } = (await project.call('adaptation.tests', { scenarioId: 'S1', modelId: 'A1' }))!
      .result;
    expect(cell.passed + cell.failed + cell.unclear + cell.noVerdict).toBe(tests.length + machineTests.length);
    await project.call('adaptation.chooseModel', { scenarioId: 'S1', modelId: null });
    expect((await project.call('adaptation.matrix', {})).scenarios[0]!.chosen).toBeNull();
  });

  it('agrees with the project map on how many tests passed', async () => {
    await suite('S1', 'A1');
    await project.call('adaptation.chooseModel', { scenarioId: 'S1', modelId: 'A1' });
    const { cells } = await project.call('adaptation.matrix', {});
    const shown = cells.flatMap(({ scenarioId, modelId, tests }) =>
      tests !== null && (scenarioId !== 'S1' || modelId === 'A1') ? [tests] : [],
    );
    const sum = (of: (tests: (typeof shown)[number]) => number) => shown.reduce((all, tests) => all + of(tests), 0);
    const { stages } = await project.call('project.overview', {});
    const figure = stages.find(({ id }) => id === 'adaptation')!.figures.find(({ id }) => id === 'testsPassed')!;
    expect(figure.value).toBe(sum(({ passed }) => passed));
    expect(figure.text).toBe(String(sum(({ passed, failed, unclear }) => passed + failed + unclear)));
    // The tests hold an unclear one, so that counting values against limits would differ.
    expect(sum(({ unclear }) => unclear)).toBeGreaterThan(0);
    await project.call('adaptation.chooseModel', { scenarioId: 'S1', modelId: null });
  });
});

describe('a scenario by its name', () => {
  it('is found by search and offered to a solution, which knows that it stands', async () => {
    const { name } = (await project.call('adaptation.scenarios', {})).find(({ result }) => result.id === 'S1')!.result
      .scenario;
    expect(await project.call('project.search', { text: name, limit: 5 })).toContainEqual({
      type: 'scenario',
      id: 'S1',
      title: name,
    });
    expect((await project.call('landing.solutionModels', {})).scenarios).toContainEqual({ id: 'S1', name });
    const suggested = await project.call('landing.suggestSolution', {
      modelId: 'R1',
      scenarioId: 'S1',
      currency: 'CNY',
    });
    await project.call('landing.setSolution', suggested);
    await project.done('landing.computeSolution', { seed: SEED });
    const { scenario, notices } = (await project.call('landing.solution', {}))!.result;
    expect(scenario).toMatchObject({ id: 'S1', name });
    expect(notices.map(({ code }) => code)).not.toContain('scenario-lost');
  });
});
