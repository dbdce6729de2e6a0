import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng, shuffle } from '../../shared/rng.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';

/** Public reviews of food deliveries beside the repository. */
const DATA = join(import.meta.dirname, '../../../shared/data');
const MODEL = 'bge-small-zh-v1.5';
const SEED = 7;
const BUSY_MACHINE_MS = 600_000;

describe.skipIf(!existsSync(DATA))('a scenario of real reviews', () => {
  let folder: string;
  let project: TestProject;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'workbench-reviews-'));
    project = await openTestProject(join(folder, 'reviews.csw'), CREATE);
    const subset = async (file: string, rows: number) => {
      const [header = '', ...lines] = readFileSync(join(DATA, file), 'utf8').trimEnd().split(/\r?\n/);
      const path = join(folder, file);
      writeFileSync(path, `${[header, ...shuffle(lines, createRng(SEED)).slice(0, rows)].join('\n')}\n`);
      await project.done('demand.importSource', {
        sourceId: `file:${path}`,
        name: file,
        kind: 'feedback',
        overrides: {},
        columns: [
          { id: 'c0', name: 'text', role: 'text' },
          { id: 'c1', name: 'label', role: 'label' },
        ],
      });
    };
    await subset('waimai_train.csv', 400);
    await subset('waimai_test.csv', 400);
    await project.done('competitiveness.chooseLabels', {
      type: 'columns',
      columns: [{ datasetId: 'd1', columnId: 'c1' }],
    });
    await project.done('competitiveness.prepareData', {
      test: { type: 'share', share: 0.2 },
      devShare: 0.15,
      modelId: MODEL,
      maxLength: 48,
      seed: SEED,
    });
    const { config } = await project.call('competitiveness.suggestConfig', { modelId: MODEL });
    await project.done('competitiveness.train', {
      name: 'Reviews',
      modelId: MODEL,
      config: { ...config, method: { type: 'head' }, epochs: 2, learningRate: 1e-3 },
    });
    const limits = await project.call('adaptation.suggestLimits', { templateId: 'e-commerce', needIds: [] });
    await project.call('adaptation.saveScenario', {
      scenarioId: null,
      scenario: {
        name: 'Delivery reviews',
        templateId: 'e-commerce',
        users: '',
        inputs: '',
        data: { datasetId: 'd2', labelColumn: 'c1', filter: null },
        labelMap: null,
        volumePerDay: 50_000,
        errorCosts: [{ label: '0', miss: 1.5, falseAlarm: 1 }],
        humanLook: 0.5,
        limits,
        needIds: [],
        complianceTopics: [],
        complianceNotes: '',
      },
    });
  }, BUSY_MACHINE_MS);
  afterAll(async () => {
    await project?.engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'is near the source, and the source answers it as well as its own reviews',
    async () => {
      await project.done('adaptation.recommendRecipe', { scenarioId: 'S1', sourceId: 'R1', seed: SEED });
      const recipe = (await project.call('adaptation.recipe', { scenarioId: 'S1' }))!.result;
      expect(recipe.labelOverlap).toBe(1);
      // Two samples of one source: a classifier can hardly tell them apart.
      expect(recipe.distance!.auc).toBeLessThan(0.65);
      expect(recipe.zeroShot!.value).toBeGreaterThan(0.7);
    },
    BUSY_MACHINE_MS,
  );

  it(
    'has a suite whose figures agree with each other and with the rows behind them',
    async () => {
      await project.done('adaptation.runTests', { scenarioId: 'S1', modelId: 'R1', seed: SEED });
      const suite = (await project.call('adaptation.tests', { scenarioId: 'S1', modelId: 'R1' }))!.result;
      const of = (id: string) => suite.tests.find((test) => test.id === id)!;
      expect(suite.language).toBe('zh');
      expect(suite.accuracy.value).toBeGreaterThan(0.75);
      expect(of('accuracy').rows!.passed / suite.rows).toBeCloseTo(suite.accuracy.value, 10);
      expect(of('perturbation:emoji').value).toBeGreaterThan(0.7);
      expect(of('perturbation:homophones').n).toBeGreaterThan(50);
      expect(suite.machineTests.find(({ id }) => id === 'latency')!.value).toBeGreaterThan(0);
      const third = ['short', 'middle', 'long'].map((value) => of(`slice:length:${value}`).n);
      expect(third.reduce((sum, n) => sum + n)).toBe(suite.rows);
      // Gaps of parts that make up the whole cancel out.
      const gaps = ['short', 'middle', 'long'].map((value) => of(`slice:length:${value}`));
      expect(gaps.reduce((sum, { value, n }) => sum + value! * n, 0)).toBeCloseTo(0, 8);
    },
    BUSY_MACHINE_MS,
  );
});
