import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Ask, findingsOf } from '../../electron/cli/demo-summary.ts';
import { playSteps, readSample, type SampleStep } from '../../electron/hosting/sample.ts';
import { createSources } from '../../electron/hosting/sources.ts';
import { runConfigSchema } from '../../shared/train/run-config.ts';
import { plantedTruth } from './planted-truth.ts';
import { writeShuffledSample } from './shuffled-sample.ts';
import { openTestProject } from './testkit.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'en');
const SEED = 11;
/** The steps on which the checks rest; the others would only take time. */
const NEEDED = new Set([
  'demand.importSource',
  'demand.clean',
  'demand.setNeeds',
  'demand.setTargets',
  'demand.analyseDrivers',
  'demand.computeNeeds',
  'competitiveness.chooseLabels',
  'competitiveness.prepareData',
  'competitiveness.train',
  'competitiveness.analyseExperiment',
  'adaptation.scoreTable',
  'landing.saveGoal',
  'landing.planPilot',
  'landing.evaluatePilot',
  'service.setRounds',
  'service.computeRounds',
  'service.monitorDrift',
]);

/** A head on the frozen encoder is all that the reference of drift and the comparison with chance need; of the models of a table the quickest. */
function cheaper(step: SampleStep): SampleStep {
  if (step.request === 'adaptation.scoreTable') {
    const input = step.input as { setup: object };
    return { ...step, input: { ...input, setup: { ...input.setup, models: ['logistic'], repeats: 1 } } };
  }
  if (step.request !== 'competitiveness.train') return step;
  const input = step.input as { config: unknown };
  const config = { ...runConfigSchema.parse(input.config), method: { type: 'head' }, epochs: 1 };
  return { ...step, input: { ...input, config } };
}

test('with labels, answers, arms and rounds dealt anew, no check of the planted truth holds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-shuffled-'));
  writeShuffledSample(SOURCE, join(folder, 'sample'), 'en', SEED);
  const { name, customer, period, steps, rest } = readSample(join(folder, 'sample'));
  const sources = createSources({ pathsAsIds: true });
  const project = await openTestProject(
    join(folder, 'shuffled.csw'),
    { type: 'create', name, customer, period, sample: true },
    { resolveSource: async (sourceId) => sources.resolve(sourceId) },
  );
  try {
    const trained = new Set<string>();
    const needed = [...steps, ...rest].filter(({ request }) => {
      if (request !== 'competitiveness.train') return NEEDED.has(request);
      const first = trained.size === 0;
      trained.add(request);
      return first;
    });
    await playSteps(needed.map(cheaper), {
      engine: project.engine,
      folder: join(folder, 'sample'),
      sources,
      actor: 'test',
      waitForAll: true,
    });
    const ask: Ask = (request, input) => project.call(request, input);
    const findings = await findingsOf(ask, 'en');
    const held = Object.entries(plantedTruth(findings)).flatMap(([check, holds]) => (holds ? [check] : []));
    expect(held).toEqual([]);
    // Ten kinds of request: chance is about one in six for the most frequent.
    expect(findings.runs[0]?.low).toBeLessThan(0.25);
  } finally {
    await project.engine.dispose();
    sources.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
