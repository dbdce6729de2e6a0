import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Input } from '../../shared/contract/index.ts';
import { type CompressProject, MODEL, openCompressProject } from './compress-project.ts';
import { buildPackage, startPackage } from './package-project.ts';
import { csv, type TestProject } from './testkit.ts';
import { tinyTexts, WORDS } from './tiny-model.ts';
import { EVERY_ROW, plainScenario, WORD_TRAINING } from './tiny-project.ts';

const CLASSES = 4;
const SEED = 7;

let opened: CompressProject;
let project: TestProject;
beforeAll(async () => {
  opened = await openCompressProject();
  project = opened.project;
  const { texts, labels } = tinyTexts(300, CLASSES, 11);
  const path = join(opened.modelFolder, '..', 'tickets.csv');
  const rows = texts.map((text, at) => [`${text} ${WORDS[(at * 7) % WORDS.length]}`, WORDS[labels[at]!]!]);
  writeFileSync(path, csv(['text', 'queue'], rows));
  await project.done('demand.importSource', {
    sourceId: `file:${path}`,
    name: 'Tickets',
    kind: 'tickets',
    overrides: {},
    columns: [
      { id: 'c0', name: 'text', role: 'text' },
      { id: 'c1', name: 'queue', role: 'label' },
    ],
  });
  await project.done('demand.clean', { datasetId: 'd2', recipe: EVERY_ROW });
  await project.call('adaptation.saveScenario', {
    scenarioId: null,
    scenario: {
      ...plainScenario('Tickets', { datasetId: 'd2', labelColumn: 'c1', filter: null }),
      humanLook: 0.3,
    },
  });
  await buildData(SEED);
  await project.done('adaptation.adapt', {
    scenarioId: 'S1',
    sourceId: 'R1',
    recipe: 'continue',
    name: 'Tickets model',
    reject: true,
    config: { ...WORD_TRAINING, epochs: 2 },
    seed: SEED,
  });
}, 120_000);
afterAll(() => opened?.close());

const buildData = (seed: number) =>
  project.done('adaptation.buildData', { scenarioId: 'S1', testShare: 0.3, devShare: 0.2, seed });
const model = async (modelId: string) => (await project.call('adaptation.model', { modelId }))!;
const tests = (runId: string) =>
  project.call('competitiveness.testTexts', { runId, show: 'all', search: '', offset: 0, limit: 100 });
const compress = (input: Pick<Input<'competitiveness.compress'>, 'runId' | 'technique' | 'options'>) =>
  project.done('competitiveness.compress', { name: `${input.runId} ${input.technique}`, tolerance: 0.02, ...input });

it('its test texts are those of its scenario, with its own answers', async () => {
  const data = (await project.call('adaptation.data', { scenarioId: 'S1' }))!.result;
  const { total, rows } = await tests('A1');
  expect(total).toBe(data.test);
  expect(new Set(rows.map(({ datasetId }) => datasetId))).toEqual(new Set(['d2']));
  const right = rows.filter(({ actual, predicted }) => actual === predicted).length;
  expect(right / total).toBeCloseTo((await model('A1')).result.test.accuracy.value, 12);
});

it('its answer is explained word by word, and how far that is to be trusted is measured on its own rows', async () => {
  const { rows } = await tests('A1');
  const { datasetId, row, text, actual, predicted } = rows.at(-1)!;
  const source = { type: 'testRow', datasetId, row } as const;
  await project.done('competitiveness.explain', { runId: 'A1', source, label: null });
  const view = (await project.call('competitiveness.explanation', { runId: 'A1' }))!;
  expect(view.artifact).toMatchObject({ slot: 'adaptation.explanation:A1', stage: 'adaptation', stale: [] });
  const { result } = view;
  expect(result).toMatchObject({ runId: 'A1', ofOriginal: false, text, actual, predicted, label: predicted });
  const change = result.score - result.baselineScore;
  const sum = result.words.reduce((total, { attribution }) => total + attribution, 0);
  expect(Math.abs(sum - change)).toBeLessThan(0.05 * Math.abs(change));
  await project.done('competitiveness.measureFaithfulness', { runId: 'A1', texts: 20, seed: SEED });
  const measured = (await project.call('competitiveness.faithfulness', { runId: 'A1' }))!.result;
  expect(measured).toMatchObject({ runId: 'A1', sampled: 20, texts: 20 - measured.tooShort });
  expect(measured.aboveRandom.occlusion.comprehensiveness.low).toBeGreaterThan(0);
  // A row of stage 2 is none of its own.
  const foreign = { runId: 'A1', source: { type: 'testRow', datasetId: 'd1', row: 0 }, label: null } as const;
  expect((await project.refusal('competitiveness.explain', foreign)).code).toBe('artifact.not-found');
});

it('made smaller it is held against itself on the locked test rows of its scenario', async () => {
  await compress({ runId: 'A1', technique: 'int8' });
  const [before, after] = [await model('A1'), await model('A2')];
  const small = after.result;
  expect(small).toMatchObject({
    id: 'A2',
    kind: 'compressed',
    scenarioId: 'S1',
    labels: before.result.labels,
    precision: 'int8',
    testLock: before.result.testLock,
    forgetting: null,
    forgettingReason: 'compressed',
    gain: null,
    history: null,
  });
  expect(small.compression).toMatchObject({ parentId: 'A1', technique: 'int8' });
  expect(small.sizeMb!).toBeLessThan(small.original!.sizeMb);
  const { comparison } = small.gate!;
  expect(comparison).toEqual(await project.call('competitiveness.compare', { runId: 'A2', referenceId: 'A1' }));
  const answers = new Map((await tests('A1')).rows.map(({ row, ...answer }) => [row, answer]));
  let [fixed, broken] = [0, 0];
  for (const { row, actual, predicted } of (await tests('A2')).rows) {
    const [was, is] = [answers.get(row)!.predicted === actual, predicted === actual];
    fixed += Number(is && !was);
    broken += Number(was && !is);
  }
  expect(comparison).toMatchObject({ rows: small.test.rows, fixed, broken });
  // Confidence and hand-over are its own: its scores are not those of the original.
  expect(small.temperature!.before.nll).not.toEqual(before.result.temperature!.before.nll);
  expect(small.reject!.dev.rows).toBe(before.result.reject!.dev.rows);
  await project.done('competitiveness.explain', {
    runId: 'A2',
    source: { type: 'text', text: 'lost refund please' },
    label: null,
  });
  expect((await project.call('competitiveness.explanation', { runId: 'A2' }))!.result.ofOriginal).toBe(true);
});

it('what was cut from it learns from it, and is made smaller still; what is stored otherwise already is refused', async () => {
  await compress({ runId: 'A1', technique: 'ffn-pruning', options: { share: 0.5, epochs: 1 } });
  await compress({ runId: 'A3', technique: 'int8-static' });
  const [cut, both] = [(await model('A3')).result, (await model('A4')).result];
  const { before, after } = cut.compression!.change!;
  expect(after.columns).toBe(before.columns / 2);
  expect(cut.steps).toBeGreaterThan(0);
  expect(both.compression).toMatchObject({ parentId: 'A1', sourceId: 'A3', technique: 'int8-static' });
  expect(Object.keys(both.ranges).length).toBeGreaterThan(0);
  const again = { name: 'x', runId: 'A2', technique: 'int4', tolerance: 0.02 } as const;
  expect(await project.refusal('competitiveness.compress', again)).toMatchObject({
    code: 'request.invalid',
    params: { path: 'runId' },
  });
});

it('it is tested in its scenario, chosen and packed, and the package answers as it was measured', async () => {
  for (const [id, precision] of [
    ['A2', 'int8'],
    ['A3', 'float32'],
  ] as const) {
    await project.done('adaptation.runTests', { scenarioId: 'S1', modelId: id, seed: SEED });
    const suite = (await project.call('adaptation.tests', { scenarioId: 'S1', modelId: id }))!.result;
    expect(suite.accuracy.value).toBeCloseTo((await model(id)).result.test.accuracy.value, 12);
    await project.call('adaptation.chooseModel', { scenarioId: 'S1', modelId: id });
    const { path, built } = await buildPackage(project, id, { modelId: id, precision });
    expect(built.result.selfTest.passed).toBe(true);
    const server = await startPackage(path);
    try {
      for (const { text, predicted } of (await tests(id)).rows) {
        const { status, body } = await server.send({ body: JSON.stringify({ text }) });
        expect([status, (JSON.parse(body) as { label: string }).label]).toEqual([200, predicted]);
      }
    } finally {
      await server.stop('SIGTERM');
    }
  }
});

it('a model that is adapted further from a smaller one knows what that was trained on', async () => {
  const config = { ...WORD_TRAINING, epochs: 1 };
  const further = { scenarioId: 'S1', recipe: 'continue', reject: false, config, seed: SEED } as const;
  await project.done('adaptation.adapt', { ...further, sourceId: 'A3', name: 'Further' });
  const { history } = (await model('A5')).result;
  expect(history!.trainings.map(({ id }) => id)).toEqual(['R1', 'A3', 'A5']);
  await project.call('adaptation.removeModel', { modelId: 'A5' });
});

it('what rests on a cut counts the layers that are left, and takes no speed of the whole encoder', async () => {
  await project.done('competitiveness.measureFloors', { modelId: MODEL, seed: SEED });
  await compress({ runId: 'R1', technique: 'layer-drop', options: { layers: 1, epochs: 0 } });
  const config = { ...WORD_TRAINING, epochs: 1 };
  const choice = { scenarioId: 'S1', recipe: 'continue' } as const;
  await project.done('adaptation.adapt', { ...choice, sourceId: 'C1', name: 'Low', reject: false, config, seed: SEED });
  const modelId = (await project.call('adaptation.models', {})).at(-1)!.result.id;
  const suggested = async (sourceId: string) => {
    const { layers, machine } = await project.call('adaptation.suggestConfig', { ...choice, sourceId });
    const tickets = { datasetId: 'd2', sourceId, labelColumn: 'c1' };
    return [layers, (await project.call('service.continuedSetup', tickets)).layers, machine!.minutes !== null];
  };
  for (const whole of ['R1', 'A1']) expect(await suggested(whole)).toEqual([2, 2, true]);
  for (const cut of ['C1', modelId]) expect(await suggested(cut)).toEqual([1, 1, false]);
  // Columns went, no layer did.
  expect(await suggested('A3')).toEqual([2, 2, false]);
  await project.call('adaptation.removeModel', { modelId });
  await project.call('competitiveness.removeRun', { runId: 'C1' });
});

it('with other test rows it is outdated with its original, and made anew after it', async () => {
  await buildData(SEED + 1);
  const stale = async () => (await project.call('project.overview', {})).staleSlots;
  expect(await stale()).toEqual(expect.arrayContaining(['adaptation.model:A1', 'adaptation.model:A2']));
  const lock = (await project.call('adaptation.data', { scenarioId: 'S1' }))!.result.testLock;
  await project.done('project.recompute', { includeTraining: true });
  expect(await stale()).not.toContain('adaptation.model:A2');
  const [again, small] = [(await model('A1')).result, (await model('A2')).result];
  expect([again.testLock, small.testLock, small.gate!.comparison.testLock]).toEqual([lock, lock, lock]);
});

it('explanations go with the model that is taken out', async () => {
  await project.call('adaptation.removeModel', { modelId: 'A2' });
  expect(await project.call('competitiveness.explanation', { runId: 'A2' })).toBeNull();
  expect(await project.call('competitiveness.explanation', { runId: 'A1' })).not.toBeNull();
});
