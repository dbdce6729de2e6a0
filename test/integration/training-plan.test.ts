import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { learningRateFor, type RunConfig, runConfigSchema } from '../../shared/train/run-config.ts';
import { usualMethod } from '../../shared/train/usual-method.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { prepareTinyProject, TINY, tinyTraining, writeTinyModels } from './tiny-project.ts';

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-plan-'));
  project = await openTestProject(join(folder, 'p.csw'), CREATE, { modelsFolder: await writeTinyModels(folder) });
  await prepareTinyProject(project, folder);
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const EPOCHS = 4;
const { name, ...asked } = tinyTraining(EPOCHS);
const config = runConfigSchema.parse(asked.config);
const planned = async () => (await project.call('competitiveness.trainingPlan', {}))!.result;

it('tells of recipes beside each other how many updates, how long and how much memory', async () => {
  const configs: RunConfig[] = [
    config,
    { ...config, method: usualMethod('lora', 2) },
    { ...config, method: usualMethod('frozen-prefix', 2) },
    { ...config, unfreezing: 'gradual' },
    { ...config, headStart: 'logistic', contrastive: { loss: 'supcon', rounds: 20, learningRate: 1e-4 } },
  ];
  await project.done('competitiveness.planTraining', { modelId: TINY, configs });
  const plan = await planned();
  expect(plan.recipes.map((recipe) => recipe.config)).toEqual(configs);
  const measured = plan.recipes.map((recipe) => recipe.measured!);
  for (const { updates, time, peakMemoryMb, fit } of measured) {
    expect(updates).toBe(EPOCHS * Math.ceil(plan.trainRows / config.batchSize));
    expect(time.low <= time.value && time.value <= time.high && time.low > 0).toBe(true);
    expect(Object.values(time.parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(time.value, 9);
    // A process with ONNX Runtime and next to no model.
    expect(peakMemoryMb).toBeGreaterThan(50);
    expect(peakMemoryMb).toBeLessThan(plan.totalMemoryMb);
    expect(fit).toBe('fits');
  }
  const [full, lora, frozen, gradual, contrastive] = measured;
  expect(lora!.trainableParameters).toBeLessThan(full!.trainableParameters);
  expect(frozen!.trainableParameters).toBeLessThan(full!.trainableParameters);
  expect([full!.time.parts.contrast, gradual!.time.parts.contrast]).toEqual([0, 0]);
  expect(contrastive!.time.parts.contrast).toBeGreaterThan(0);
  // Three stages of growing depth, each with updates of its own.
  expect(gradual!.time.measured).toBeGreaterThan(full!.time.measured);
});

it('stands beside what the run then took, and only beside runs of that recipe', async () => {
  await project.done('competitiveness.planTraining', { modelId: TINY, configs: [config] });
  const expected = (await planned()).recipes[0]!.measured!;
  await project.done('competitiveness.train', { name, modelId: TINY, config: { ...config, seed: 11 } });
  await project.done('competitiveness.train', { name, modelId: TINY, config: { ...config, epochs: 1 } });
  const [run, other] = (await project.call('competitiveness.runs', {})).map(({ result }) => result);
  expect(run!.planned).toEqual({
    time: expected.time,
    peakMemoryMb: expected.peakMemoryMb,
    updates: expected.updates,
  });
  expect(run!.steps).toBe(expected.updates);
  // The order of size, on whatever machine: milliseconds an update are at the mercy of what else runs.
  const took = run!.trainWallMs! / 1000;
  expect(took / expected.time.value).toBeGreaterThan(1 / 5);
  expect(took / expected.time.value).toBeLessThan(5);
  expect(other!.planned).toBeUndefined();
});

it('can be cancelled, and leaves the plan that stood', async () => {
  const before = await planned();
  const { jobId } = await project.call('competitiveness.planTraining', {
    modelId: TINY,
    configs: Array.from({ length: 8 }, (_, seed) => ({ ...config, seed })),
  });
  await project.call('jobs.cancel', { jobId });
  expect((await project.settled(jobId)).state.type).toBe('cancelled');
  expect(await planned()).toEqual(before);
});

it('trains what is suggested where only a part is set, and the run says all of it', async () => {
  const { config: suggested } = await project.call('competitiveness.suggestConfig', { modelId: TINY });
  await project.done('competitiveness.train', { name: 'Part', modelId: TINY, config: { epochs: 1 } });
  await project.done('competitiveness.train', {
    name: 'Named',
    modelId: TINY,
    config: { epochs: 1, method: { type: 'lora', rank: 2 } },
  });
  const [part, named] = (await project.call('competitiveness.runs', {})).slice(-2).map(({ result }) => result.config);
  expect(part).toEqual({ ...suggested, epochs: 1 });
  expect(named).toEqual({
    ...suggested,
    epochs: 1,
    method: { ...usualMethod('lora', 2), rank: 2 },
    learningRate: learningRateFor('lora'),
  });
  await expect(
    project.call('competitiveness.train', { name: 'None', modelId: TINY, config: { rDrop: 1, dropout: 0 } }),
  ).rejects.toMatchObject({ code: 'request.invalid', params: { path: 'config.rDrop' } });
});
