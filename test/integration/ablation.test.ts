import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AblationAmong } from '../../shared/stages/competitiveness/ablation.ts';
import type { RunConfig } from '../../shared/train/run-config.ts';
import { usualMethod } from '../../shared/train/usual-method.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { writeTinyModel } from './tiny-model.ts';
import { EVERY_ROW, plainScenario, prepareTinyProject, TINY, tinyTraining, writeTinyModels } from './tiny-project.ts';

const { config: BASE } = tinyTraining(2);
const CLASSES = { type: 'classes' } as const;
const OTHER = 'other';

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-ablation-'));
  const modelsFolder = await writeTinyModels(folder);
  await writeTinyModel(join(modelsFolder, OTHER));
  project = await openTestProject(join(folder, 'p.csw'), CREATE, { modelsFolder });
  await prepareTinyProject(project, folder);
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** What is missing, as `run option queued`. */
const missingOf = async (among: AblationAmong) =>
  (await project.call('competitiveness.ablation', { among })).missing.map(
    ({ runId, option, queued }) => `${runId} ${option} ${queued}`,
  );

async function cancelled(jobId: string): Promise<void> {
  await project.call('jobs.cancel', { jobId });
  expect((await project.settled(jobId)).state.type).toBe('cancelled');
}

const train = (changes: Partial<RunConfig>) =>
  project.done('competitiveness.train', { ...tinyTraining(2), config: { ...BASE, ...changes } });

it('of a run with two options it says what is missing; once that is trained, what each option brings', async () => {
  const config = { ...BASE, rDrop: 0.5, labelSmoothing: 0.1 };
  await train(config);
  const before = await project.call('competitiveness.ablation', { among: CLASSES });
  expect(before.pairs).toEqual([]);
  expect(await missingOf(CLASSES)).toEqual(['R1 labelSmoothing false', 'R1 rDrop false']);

  const [first, second] = before.missing;
  const onOther = { name: 'another base', modelId: OTHER, config: first!.config };
  const { jobId } = await project.call('competitiveness.train', onOther);
  expect(await missingOf(CLASSES)).toEqual(['R1 labelSmoothing false', 'R1 rDrop false']);
  await cancelled(jobId);
  await project.call('competitiveness.train', { ...onOther, name: 'one', modelId: TINY });
  expect(await missingOf(CLASSES)).toEqual(['R1 labelSmoothing true', 'R1 rDrop false']);
  await project.done('competitiveness.train', { name: 'other', modelId: TINY, config: second!.config });

  const after = await project.call('competitiveness.ablation', { among: CLASSES });
  expect(after.missing).toEqual([]);
  const compared = (referenceId: string) => project.call('competitiveness.compare', { runId: 'R1', referenceId });
  expect(after.pairs).toEqual([
    { option: 'labelSmoothing', runId: 'R1', referenceId: 'R3', compared: await compared('R3') },
    { option: 'rDrop', runId: 'R1', referenceId: 'R4', compared: await compared('R4') },
  ]);
});

it('trainings for several labels are held against each other by their own comparison, and never against classes', async () => {
  const task = 'multi-label' as const;
  await project.done('competitiveness.prepareTask', {
    task,
    columns: [{ datasetId: 'd1', columnId: 'c1' }],
    separator: ';',
    test: { type: 'share', share: 0.2 },
    devShare: 0.1,
    modelId: TINY,
    maxLength: 32,
    seed: 7,
  });
  const choice = { task, name: 'labels', modelId: TINY };
  await project.done('competitiveness.trainTask', { ...choice, config: BASE });
  await project.done('competitiveness.trainTask', { ...choice, config: { ...BASE, method: usualMethod('head', 2) } });
  const { pairs, missing } = await project.call('competitiveness.ablation', { among: { type: 'task', task } });
  const ids = { runId: 'H2', referenceId: 'H1' };
  // Both learn at one rate, though it is no usual one of training all: the method alone differs.
  expect(pairs).toEqual([
    { option: 'method', ...ids, compared: await project.call('competitiveness.compareTask', ids) },
  ]);
  expect(missing).toEqual([]);
});

const adaptation = (scenarioId: string, changes: Partial<RunConfig>) =>
  ({
    scenarioId,
    sourceId: 'R1',
    recipe: 'continue',
    name: 'further',
    reject: false,
    config: { ...BASE, ...changes },
    seed: 7,
  }) as const;
const adapt = (scenarioId: string, changes: Partial<RunConfig>) =>
  project.done('adaptation.adapt', adaptation(scenarioId, changes));

it('adapted models are held against each other within their scenario', async () => {
  const data = { datasetId: 'd1', labelColumn: 'c1', filter: null };
  await project.done('demand.clean', { datasetId: 'd1', recipe: EVERY_ROW });
  for (const name of ['one', 'two']) {
    await project.call('adaptation.saveScenario', { scenarioId: null, scenario: plainScenario(name, data) });
  }
  for (const scenarioId of ['S1', 'S2']) {
    await project.done('adaptation.buildData', { scenarioId, testShare: 0.2, devShare: 0.1, seed: 7 });
  }
  await adapt('S1', {});
  await adapt('S2', { layerDecay: 0.9 });
  await adapt('S1', { layerDecay: 0.9 });
  const among = { type: 'scenario', scenarioId: 'S1' } as const;
  const { pairs } = await project.call('competitiveness.ablation', { among });
  const ids = { runId: 'A3', referenceId: 'A1' };
  const compared = await project.call('competitiveness.compare', ids);
  expect(pairs).toEqual([{ option: 'layerDecay', ...ids, compared }]);
  const accuracyOf = async (modelId: string) =>
    (await project.call('adaptation.model', { modelId }))!.result.test.accuracy.value;
  expect(compared.accuracyDifference.value).toBeCloseTo((await accuracyOf('A3')) - (await accuracyOf('A1')), 10);
});

it('what waits in one scenario is still missing in another', async () => {
  const among = (scenarioId: string) => ({ type: 'scenario', scenarioId }) as const;
  await adapt('S1', { rDrop: 0.5, labelSmoothing: 0.1 });
  expect(await missingOf(among('S1'))).toEqual(['A4 labelSmoothing false', 'A4 rDrop false']);
  const inScenario = (scenarioId: string) => project.call('adaptation.adapt', adaptation(scenarioId, { rDrop: 0.5 }));
  const { jobId } = await inScenario('S2');
  expect(await missingOf(among('S1'))).toEqual(['A4 labelSmoothing false', 'A4 rDrop false']);
  await cancelled(jobId);
  const ours = await inScenario('S1');
  expect(await missingOf(among('S1'))).toEqual(['A4 labelSmoothing true', 'A4 rDrop false']);
  await cancelled(ours.jobId);
  expect(await missingOf(among('S1'))).toEqual(['A4 labelSmoothing false', 'A4 rDrop false']);
});

it('of a run of an older split nothing is missing: what is trained now stands beside runs of the split of now alone', async () => {
  const config = { rDrop: 0.5, layerDecay: 0.9 };
  const { slot } = await train(config);
  const run = slot.split(':')[1];
  // R1 was made anew for the adapted models once the rows were cleaned; those without one of its options are from before.
  expect(await missingOf(CLASSES)).toEqual(['R1 labelSmoothing false', 'R1 rDrop false', `${run} rDrop false`]);
  const { pairs } = await project.call('competitiveness.ablation', { among: CLASSES });
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.1 },
    devShare: 0.1,
    modelId: TINY,
    maxLength: 32,
    seed: 8,
  });
  const after = await project.call('competitiveness.ablation', { among: CLASSES });
  expect(after).toEqual({ pairs, missing: [] });
  const again = (await train(config)).slot.split(':')[1];
  expect(await missingOf(CLASSES)).toEqual([`${again} rDrop false`, `${again} layerDecay false`]);
});
