import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng, shuffle } from '../../shared/rng.ts';
import type { ColumnRole } from '../../shared/stages/demand/import/column-role.ts';
import { startPackage } from './package-project.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';

/** Public data beside the repository: Chinese reviews of food deliveries, good or bad. */
const DATA = join(import.meta.dirname, '../../../shared/data');
const hasData = existsSync(DATA);
const MODEL = 'bge-small-zh-v1.5';
const SEED = 7;
const BUSY_MACHINE_MS = 900_000;
const COLUMNS: ColumnRole[] = [
  { id: 'c0', name: 'text', role: 'text' },
  { id: 'c1', name: 'label', role: 'label' },
];

describe.skipIf(!hasData)('from real reviews to a package (skipped without the folder of public data)', () => {
  let folder: string;
  let project: TestProject;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'workbench-walk-'));
    project = await openTestProject(join(folder, 'reviews.csw'), CREATE);
    // The third part is what a customer brings later: neither trained nor tested on before.
    for (const [name, file, from, to] of [
      ['train.csv', 'waimai_train.csv', 0, 400],
      ['test.csv', 'waimai_test.csv', 0, 200],
      ['later.csv', 'waimai_test.csv', 200, 450],
    ] as const) {
      const [header = '', ...lines] = readFileSync(join(DATA, file), 'utf8').trimEnd().split(/\r?\n/);
      const path = join(folder, name);
      writeFileSync(path, `${[header, ...shuffle(lines, createRng(77)).slice(from, to)].join('\n')}\n`);
      const columns = COLUMNS;
      const source = { sourceId: `file:${path}`, name, kind: 'feedback', overrides: {}, columns } as const;
      await project.done('demand.importSource', source);
    }
    const columns = ['d1', 'd2'].map((datasetId) => ({ datasetId, columnId: 'c1' }));
    await project.done('competitiveness.chooseLabels', { type: 'columns', columns });
    await project.done('competitiveness.prepareData', {
      test: { type: 'dataset', datasetId: 'd2' },
      devShare: 0.15,
      modelId: MODEL,
      maxLength: 48,
      seed: SEED,
    });
    const { config } = await project.call('competitiveness.suggestConfig', { modelId: MODEL });
    await project.done('competitiveness.train', {
      name: '评价分类',
      modelId: MODEL,
      config: { ...config, method: { type: 'head' }, epochs: 1, maxLength: 48 },
    });
  }, BUSY_MACHINE_MS);
  afterAll(async () => {
    await project?.engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'eight bits cost next to nothing, and the compressed model is packed with the verdict on that',
    async () => {
      const input = { name: '评价分类 int8', runId: 'R1', technique: 'int8', tolerance: 0.01 } as const;
      await project.done('competitiveness.compress', input);
      await project.done('landing.buildPackage', {
        modelId: 'C1',
        precision: 'int8',
        name: '外卖评价',
        language: 'zh-CN',
        platform: null,
      });
      const { candidates } = await project.call('landing.packageOptions', {});
      const [run, compressed] = ['R1', 'C1'].map((id) => candidates.find(({ modelId }) => modelId === id)!);
      expect(run!.accuracy.value).toBeGreaterThan(0.7);
      expect(run!.accuracy.value - compressed!.accuracy.value).toBeLessThan(0.02);
      expect(compressed).toMatchObject({ precision: 'int8', kind: 'compressed', language: 'zh-CN' });
      const [built] = await project.call('landing.packages', {});
      const { selfTest, notices, modelBytes, totalBytes, samples, folder: name } = built!.built.result;
      expect([selfTest.passed, name, samples.rows]).toEqual([true, '外卖评价', 24]);
      expect(notices.some(({ code }) => code === 'package-gate-refused')).toBe(compressed!.gate === 'refused');
      console.log(
        `accuracy ${run!.accuracy.value} → ${compressed!.accuracy.value} (${compressed!.gate}), package ${totalBytes} bytes, model ${modelBytes}`,
      );
    },
    BUSY_MACHINE_MS,
  );

  it(
    'a scenario that hands unsure texts to people is tested, and its package says which answers are accepted',
    async () => {
      const { scenarioId } = await project.call('adaptation.saveScenario', {
        scenarioId: null,
        scenario: {
          name: '外卖评价',
          templateId: 'e-commerce',
          users: '',
          inputs: '',
          data: { datasetId: 'd3', labelColumn: 'c1', filter: null },
          labelMap: null,
          volumePerDay: null,
          errorCosts: [],
          humanLook: 0.1,
          limits: [{ test: 'accuracy', needId: null, value: 0.6, origin: { type: 'analyst' } }],
          needIds: [],
          complianceTopics: [],
          complianceNotes: '',
        },
      });
      await project.done('adaptation.buildData', { scenarioId, testShare: 0.5, devShare: 0.3, seed: SEED });
      await project.done('adaptation.adapt', {
        scenarioId,
        sourceId: 'R1',
        recipe: 'threshold',
        name: '评价 + 人工',
        reject: true,
        config: null,
        seed: SEED,
      });
      await project.done('adaptation.runTests', { scenarioId, modelId: 'A1', seed: SEED });
      const input = {
        modelId: 'A1',
        precision: 'float32',
        name: 'with people',
        language: 'en',
        platform: null,
      } as const;
      await project.done('landing.buildPackage', input);
      const found = (await project.call('landing.packages', {})).find(({ built }) => built.result.modelId === 'A1')!;
      const { result, artifact } = found.built;
      expect(result.selfTest.passed).toBe(true);
      expect(artifact.inputs.map(({ slot }) => slot)).toEqual(
        expect.arrayContaining(['adaptation.model:A1', 'adaptation.data:S1', 'adaptation.tests:S1.A1']),
      );
      expect(result.notices.map(({ code }) => code)).not.toContain('package-tests-missing');
      expect(result.card).toContain('外卖评价');
      const { rejectBelow, calibration } = result;
      expect(rejectBelow).toBeGreaterThan(0);
      // p ∝ exp(z / T), so that pᵀ ∝ exp(z): the threshold is held against the probability without the temperature.
      const { temperature } = calibration!;
      const samples = JSON.parse(readFileSync(join(found.path, 'samples.json'), 'utf8')).samples as { text: string }[];
      const server = await startPackage(found.path);
      try {
        for (const { text } of samples) {
          const { body } = await server.send({ body: JSON.stringify({ text }) });
          const answer = JSON.parse(body) as { probabilities: Record<string, number>; accepted: boolean };
          const powers = Object.values(answer.probabilities).map((p) => p ** temperature);
          const uncalibrated = Math.max(...powers) / powers.reduce((sum, power) => sum + power, 0);
          expect(answer.accepted).toBe(uncalibrated >= rejectBelow!);
        }
        expect(await server.stop('SIGTERM')).toBe(0);
      } finally {
        await server.stop('SIGKILL');
      }
    },
    BUSY_MACHINE_MS,
  );
});
