import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlannedRecipe } from '../../shared/stages/competitiveness/training-plan.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { EVERY_ROW, plainScenario, prepareTinyProject, TINY, tinyTraining, writeTinyModels } from './tiny-project.ts';

const UNKNOWN = { because: null, minutes: null, fullMinutes: null };

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-suggestions-'));
  project = await openTestProject(join(folder, 'p.csw'), CREATE, { modelsFolder: await writeTinyModels(folder) });
  await prepareTinyProject(project, folder);
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const minutesOf = ({ measured }: PlannedRecipe) => measured!.time.value / 60;

it('the recipe of a task comes with its reason, and once it is measured with what it takes here', async () => {
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
  const suggest = () => project.call('competitiveness.suggestTaskConfig', { task, modelId: TINY });
  const { config, ...before } = await suggest();
  const { result } = (await project.call('competitiveness.taskData', { task }))!;
  const trainRows = result.parts.find(({ part }) => part === 'train')!.rows;
  const counts = result.labels.map(({ train }) => train).sort((a, b) => a - b);
  const medianRows = counts[Math.floor(counts.length / 2)];
  expect(before).toEqual({ because: 'some-per-class', medianRows, trainRows, machine: UNKNOWN });
  await project.done('competitiveness.planTaskTraining', { task, modelId: TINY, configs: [config] });
  const [recipe] = (await project.call('competitiveness.taskTrainingPlan', { task }))!.result.recipes;
  const minutes = minutesOf(recipe!);
  expect((await suggest()).machine).toEqual({ because: null, minutes, fullMinutes: minutes });
});

it('an adaptation does too, and without a config of its own is trained as suggested', async () => {
  await project.done('competitiveness.train', tinyTraining(1));
  await project.done('demand.clean', { datasetId: 'd1', recipe: EVERY_ROW });
  const data = { datasetId: 'd1', labelColumn: 'c1', filter: null };
  await project.call('adaptation.saveScenario', { scenarioId: null, scenario: plainScenario('one', data) });
  await project.done('adaptation.buildData', { scenarioId: 'S1', testShare: 0.2, devShare: 0.1, seed: 7 });
  const choice = { scenarioId: 'S1', sourceId: 'R1', recipe: 'continue' } as const;
  const { config, machine, trainRows, smallestClass } = await project.call('adaptation.suggestConfig', choice);
  const { classes } = (await project.call('adaptation.data', { scenarioId: 'S1' }))!.result;
  const rows = classes.map(({ train }) => train);
  expect([trainRows, smallestClass]).toEqual([rows.reduce((sum, count) => sum + count, 0), Math.min(...rows)]);
  expect(machine).toEqual(UNKNOWN);
  await project.done('adaptation.planTraining', { ...choice, configs: [config!] });
  const [recipe] = (await project.call('adaptation.trainingPlan', { scenarioId: 'S1' }))!.result.recipes;
  const minutes = minutesOf(recipe!);
  const measured = await project.call('adaptation.suggestConfig', choice);
  expect(measured.machine).toEqual({ because: null, minutes, fullMinutes: minutes });
  await project.done('adaptation.adapt', { ...choice, name: 'as suggested', reject: false, config: null, seed: 3 });
  const { result } = (await project.call('adaptation.model', { modelId: 'A1' }))!;
  expect(result.config).toEqual({ ...config, seed: 3 });
  const nothing = await project.call('adaptation.suggestConfig', { ...choice, recipe: 'reuse' });
  expect([nothing.config, nothing.machine]).toEqual([null, null]);
});
