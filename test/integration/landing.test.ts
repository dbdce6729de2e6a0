import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PILOT_WORDS } from '../../scripts/samples/pilot.ts';
import { pilotSteps } from '../../scripts/samples/steps-landing.ts';
import type { Input } from '../../shared/contract/index.ts';
import { createRng, shuffle } from '../../shared/rng.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { GoalSettings } from '../../shared/stages/landing/goals/results.ts';
import type { PilotColumns, PilotPlanSettings } from '../../shared/stages/landing/pilot/results.ts';
import type { SolutionSettings } from '../../shared/stages/landing/solution/results.ts';
import { copyPlantedProject } from './planted-project.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';

const SAMPLE = resolve(import.meta.dirname, '../../resources/samples/en');
const HEADER = PILOT_WORDS.en.headers;
const [ARM, OUTCOME, COMPLAINT] = [2, 4, 5];
const COLUMNS: PilotColumns = {
  unit: 'c0',
  arm: { columnId: 'c2', control: PILOT_WORDS.en.control, treatment: PILOT_WORDS.en.treatment },
  period: null,
  outcome: 'c4',
  guardrails: [
    { guardrailId: 'g1', columnId: 'c5' },
    { guardrailId: 'g2', columnId: 'c6' },
  ],
  segment: 'c3',
};

let folder: string;
let rows: string[][];
let plan: PilotPlanSettings;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-landing-'));
  const text = readFileSync(join(SAMPLE, 'pilot.csv'), 'utf8');
  rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const step = pilotSteps('en').find(({ request }) => request === 'landing.planPilot');
  plan = {
    ...(step?.input as PilotPlanSettings),
    goalId: null,
    baselineOrigin: { type: 'person', note: '' },
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let project: TestProject;
let count = 0;
/** One project for the tests of a group. */
function useProject(): void {
  beforeAll(async () => {
    project = await openTestProject(join(folder, `p${++count}.csw`), CREATE);
  });
  afterAll(() => project.engine.dispose());
}

async function importRows(table: readonly (readonly (string | number)[])[], header: readonly string[] = HEADER) {
  const path = join(folder, `rows-${count}-${Math.abs(table.length)}-${header.length}.csv`);
  writeFileSync(path, csv(header, table));
  await project.done('demand.importSource', {
    sourceId: `file:${path}`,
    name: 'Pilot',
    kind: 'pilot',
    overrides: {},
    columns: null,
  });
  return (await project.call('demand.datasets', {})).at(-1)!.id;
}

async function evaluate(table: readonly (readonly string[])[], settings = plan) {
  await project.call('landing.planPilot', settings);
  const datasetId = await importRows(table);
  await project.done('landing.evaluatePilot', { datasetId, columns: COLUMNS });
  return (await project.call('landing.pilot', {}))!;
}

const changed = (row: readonly string[], column: number, value: string) => row.with(column, value);

describe('the pilot of the sample', () => {
  useProject();

  it('finds the planted effect in an interval that excludes 0, and says go', async () => {
    const { result, artifact } = await evaluate(rows);
    const { outcome, arms } = JSON.parse(readFileSync(join(SAMPLE, 'planted.json'), 'utf8')).pilot as {
      outcome: { effect: number };
      arms: Record<string, number>;
    };
    expect(result.effect!.low).toBeGreaterThan(0);
    expect(result.effect!.low).toBeLessThan(outcome.effect);
    expect(result.effect!.high).toBeGreaterThan(outcome.effect);
    expect(result.effect!.high - result.effect!.low).toBeLessThan(0.1);
    expect(result.verdict).toBe('go');
    expect(result.reasons.map(({ code }) => code)).toEqual(['effect-shown', 'goal-reachable', 'guardrails-hold']);
    expect(result.cells.map(({ units }) => units)).toEqual(Object.values(arms));
    expect(result.sampleRatio).toMatchObject({ mismatch: false });
    expect(artifact.inputs.map(({ slot }) => slot).toSorted()).toEqual([
      `demand.dataset:${result.datasetId}`,
      'landing.pilotPlan',
    ]);
    expect(result.planHash).toBe(artifact.inputs.find(({ slot }) => slot === 'landing.pilotPlan')!.hash);
  });

  it('opens exactly the rows that each count counts', async () => {
    const { result } = await evaluate(rows);
    for (const cell of result.cells) {
      const counts = {
        all: cell.units,
        measured: cell.measured,
        missing: cell.units - cell.measured,
        success: cell.successes!,
        failure: cell.measured - cell.successes!,
      };
      for (const [which, total] of Object.entries(counts)) {
        const found = await project.call('project.rows', {
          ref: {
            type: 'pilot',
            arm: cell.arm,
            period: null,
            segment: null,
            measure: 'outcome',
            rows: which as keyof typeof counts,
          },
          offset: 0,
          limit: 1000,
        });
        expect(found.total).toBe(total);
        const wanted = { all: null, measured: null, missing: '', success: '1', failure: '0' }[which];
        for (const row of found.rows) {
          expect(row.cells[ARM]!.value).toBe(PILOT_WORDS.en[cell.arm]);
          if (wanted !== null) expect(row.cells[OUTCOME]!.value).toBe(wanted);
        }
      }
    }
  });

  it('is not a go when the arms are shuffled', async () => {
    const arms = shuffle(
      rows.map((row) => row[ARM]!),
      createRng(3),
    );
    const { result } = await evaluate(rows.map((row, index) => changed(row, ARM, arms[index]!)));
    expect(result.verdict).toBe('adjust');
    expect(result.reasons.map(({ code }) => code)).toContain('effect-not-shown');
  });

  it('is blocked when the arms are out of ratio, whatever the effect', async () => {
    const { control } = PILOT_WORDS.en;
    const lost = rows.filter((row, index) => row[ARM] !== control || index % 4 !== 0);
    const { result } = await evaluate(lost);
    expect(result.verdict).toBe('blocked');
    expect(result.reasons).toEqual([{ code: 'sample-ratio-mismatch', p: result.sampleRatio!.p }]);
    expect(result.sampleRatio!.p).toBeLessThan(0.001);
  });

  it('stops when a guardrail is breached', async () => {
    const { treatment } = PILOT_WORDS.en;
    const worse = rows.map((row, index) =>
      row[ARM] === treatment && index % 12 === 0 ? changed(row, COMPLAINT, '1') : row,
    );
    const { result } = await evaluate(worse);
    expect(result.guardrails[0]!.verdict).toBe('breached');
    expect(result.verdict).toBe('stop');
    expect(result.reasons.map(({ code }) => code)).toEqual(['guardrail-breached']);
  });

  it('adjusts while units are missing, and stops early only at the boundary of harm', async () => {
    const early = rows.slice(0, 700);
    const { result } = await evaluate(early);
    expect(result.verdict).toBe('adjust');
    expect(result.reasons.map(({ code }) => code)).toContain('too-few-units');
    const { treatment } = PILOT_WORDS.en;
    const harmed = early.map((row, index) =>
      row[ARM] === treatment && index % 3 === 0 ? changed(row, OUTCOME, '0') : row,
    );
    const fixed = (await evaluate(harmed, { ...plan, stopRule: { type: 'fixed' } })).result;
    expect(fixed.effect!.value / fixed.effect!.standardError).toBeLessThan(-2.963);
    expect(fixed.verdict).toBe('adjust');
    const looked = (await evaluate(harmed)).result;
    expect(looked).toMatchObject({ verdict: 'stop', reasons: [{ code: 'harm-shown' }] });
    const swapped = early.map((row) => changed(row, OUTCOME, { 1: '0', 0: '1' }[row[OUTCOME]!] ?? ''));
    const mild = (await evaluate(swapped)).result;
    expect(mild.effect!.value / mild.effect!.standardError).toBeGreaterThan(-2.963);
    expect(mild.verdict).toBe('adjust');
  });

  it('becomes stale when its plan is signed anew, and refuses a plan of arms without arms', async () => {
    await evaluate(rows);
    await project.call('landing.planPilot', { ...plan, smallestEffect: 0.06 });
    const view = (await project.call('landing.pilot', {}))!;
    expect(view.artifact.stale).toEqual([{ type: 'input-changed', slot: 'landing.pilotPlan' }]);
    const job = await project.settle('landing.evaluatePilot', {
      datasetId: 'd1',
      columns: { ...COLUMNS, arm: null },
    });
    expect(job.state).toMatchObject({ type: 'failed', error: { code: 'landing.pilot-arms' } });
  });

  it('tells which columns are what by their names and values', async () => {
    await project.call('landing.planPilot', plan);
    const datasetId = await importRows(rows);
    expect((await project.call('landing.pilotColumns', { datasetId })).suggested).toEqual(COLUMNS);
  });
});

describe('before and after', () => {
  useProject();

  it('says that a trend is not separated, and takes changes of the same units', async () => {
    const table = Array.from({ length: 200 }, (_, unit) => [
      [`u${unit}`, 'before', 50 + (unit % 7)],
      [`u${unit}`, 'after', 52 + (unit % 7) + (unit % 3)],
    ]).flat();
    await project.call('landing.planPilot', {
      ...plan,
      design: 'before-after',
      metric: { name: 'score', type: 'mean', direction: 'increase', baseline: 53, standardDeviation: 4 },
      smallestEffect: 1,
      targetEffect: null,
      guardrails: [],
      stopRule: { type: 'fixed' },
    });
    const datasetId = await importRows(table, ['unit', 'period', 'score']);
    await project.done('landing.evaluatePilot', {
      datasetId,
      columns: {
        unit: 'c0',
        arm: null,
        period: { columnId: 'c1', before: 'before', after: 'after' },
        outcome: 'c2',
        guardrails: [],
        segment: null,
      },
    });
    const { result } = (await project.call('landing.pilot', {}))!;
    expect(result.method).toBe('paired-t');
    expect(result.effect!.value).toBeCloseTo(2 + 199 / 200, 6);
    expect(result.notices.map(({ code }) => code)).toContain('trend-not-separated');
    expect(result.sampleRatio).toBeNull();
  });

  it('takes the trend of the other arm away where both arms have both periods', async () => {
    const table = Array.from({ length: 400 }, (_, index) => {
      const arm = index % 2 === 0 ? 'control' : 'treatment';
      const period = index % 4 < 2 ? 'before' : 'after';
      const value =
        10 + ((index * 7) % 5) + (period === 'after' ? 3 : 0) + (period === 'after' && arm === 'treatment' ? 2 : 0);
      return [`u${index}`, arm, period, value];
    });
    await project.call('landing.planPilot', {
      ...plan,
      design: 'difference-in-differences',
      metric: { name: 'score', type: 'mean', direction: 'increase', baseline: 12, standardDeviation: 1.5 },
      smallestEffect: 1,
      targetEffect: null,
      guardrails: [],
      stopRule: { type: 'fixed' },
    });
    const datasetId = await importRows(table, ['unit', 'arm', 'period', 'score']);
    await project.done('landing.evaluatePilot', {
      datasetId,
      columns: {
        unit: 'c0',
        arm: { columnId: 'c1', control: 'control', treatment: 'treatment' },
        period: { columnId: 'c2', before: 'before', after: 'after' },
        outcome: 'c3',
        guardrails: [],
        segment: null,
      },
    });
    const { result } = (await project.call('landing.pilot', {}))!;
    expect(result.method).toBe('did-independent');
    expect(result.effect!.low).toBeLessThan(2);
    expect(result.effect!.high).toBeGreaterThan(2);
    expect(result.effect!.low).toBeGreaterThan(0);
    expect(result.notices.map(({ code }) => code)).toContain('parallel-trends-assumed');
  });
});

const GOAL: GoalSettings = {
  title: 'Answer at the first contact',
  kpi: 'resolved at first contact',
  unit: 'share',
  direction: 'increase',
  baseline: 0.58,
  target: 0.66,
  dueDate: '2027-03-31',
  owner: 'Somebody',
  needIds: [],
  value: {
    unitName: 'contacts',
    currency: 'CNY',
    unitsPerYear: { low: 1000, likely: 1000, high: 1000 },
    change: { low: 0.02, likely: 0.05, high: 0.08 },
    valuePerUnit: { low: 10, likely: 10, high: 10 },
  },
};

describe('goals', () => {
  useProject();
  beforeAll(importSurvey);

  it('become stale when the f1 that they are linked to changes, and say when a need is lost', async () => {
    await project.done('demand.computeNeeds', { resamples: 100, seed: 1 });
    const needId = (await project.call('demand.needs', {}))!.result.needs[0]!.id;
    await project.call('landing.saveGoal', { goalId: null, settings: { ...GOAL, needIds: [needId] } });
    const free = await project.call('landing.saveGoal', { goalId: null, settings: GOAL });
    const goals = () => project.call('landing.goals', {});
    expect((await goals()).map(({ artifact }) => artifact.stale)).toEqual([[], []]);
    expect((await goals())[0]!.result.needs[0]!.found).toMatchObject({ rank: expect.any(Number) });
    const setup = await project.call('demand.needsSetup', {});
    const others = setup.needs.filter(({ id }) => id !== needId);
    const { grouping, partWeights } = setup;
    await project.call('demand.setNeeds', {
      grouping,
      partWeights,
      needs: [
        ...others.slice(1),
        {
          ...others[0]!,
          id: 'joined',
          items: [...others[0]!.items, ...setup.needs.find(({ id }) => id === needId)!.items],
        },
      ],
    } as Input<'demand.setNeeds'>);
    await project.done('demand.computeNeeds', { resamples: 100, seed: 1 });
    expect((await goals()).map(({ artifact }) => artifact.stale.map(({ slot }) => slot))).toEqual([
      ['demand.needs'],
      [],
    ]);
    await project.done('project.recompute', { includeTraining: false });
    const [linked] = await goals();
    expect(linked!.artifact.stale).toEqual([]);
    expect(linked!.result.notices).toEqual([{ code: 'need-lost', severity: 'warning', params: { needId } }]);
    await project.call('landing.removeGoal', free);
    expect((await goals()).map(({ result }) => result.id)).toEqual(['G1']);
  });

  it('are suggested from the heaviest needs with counted baselines and no target', async () => {
    await project.done('demand.computeNeeds', { resamples: 100, seed: 1 });
    const suggestions = await project.call('landing.goalSuggestions', {});
    expect(suggestions.length).toBeGreaterThan(0);
    const needs = (await project.call('demand.needs', {}))!.result.needs;
    const first = suggestions.find(({ template }) => template === 'need-satisfaction')!;
    expect(first.baseline!.value).toBe(needs.find(({ id }) => id === first.needId)!.satisfaction);
    expect(suggestions.every((suggestion) => !('target' in suggestion))).toBe(true);
  });
});

async function importSurvey(): Promise<void> {
  const path = join(folder, `survey-${count}.csv`);
  const rng = createRng(11);
  const answer = () => 1 + rng.int(5);
  const table = Array.from({ length: 120 }, (_, index) => {
    const items = [answer(), answer(), answer()];
    const overall = Math.round((2 * items[0]! + items[1]! + 2 * items[2]!) / 5);
    return [`r${index}`, ...items, overall];
  });
  writeFileSync(path, csv(['id', 'speed', 'price', 'clarity', 'overall'], table));
  const scale = { min: 1, max: 5, direction: 'higher-better' as const };
  await project.done('demand.importSource', {
    sourceId: `file:${path}`,
    name: 'Survey',
    kind: 'questionnaire',
    overrides: {},
    columns: [
      { id: 'c0', name: 'id', role: 'respondentId' },
      { id: 'c1', name: 'speed', role: 'item', scale },
      { id: 'c2', name: 'price', role: 'item', scale },
      { id: 'c3', name: 'clarity', role: 'item', scale },
      { id: 'c4', name: 'overall', role: 'outcome', scale },
    ],
  });
  await project.done('demand.clean', { datasetId: 'd1', recipe: defaultRecipe });
}

describe('a solution', () => {
  useProject();

  it('needs a model that stands', async () => {
    const refusal = await project.refusal('landing.suggestSolution', {
      modelId: 'R1',
      scenarioId: null,
      currency: 'CNY',
    });
    expect(refusal).toMatchObject({ code: 'artifact.input-missing', params: { slot: 'competitiveness.run:R1' } });
    const settings = { modelId: 'R9' } as SolutionSettings;
    expect(await project.refusal('landing.setSolution', settings)).toMatchObject({ code: 'request.invalid' });
  });

  it('is sized from the measured speed of its model, and stale when a goal or the settings change', async () => {
    await project.engine.dispose();
    const path = join(folder, 'decided.csw');
    await copyPlantedProject('decided', path);
    project = await openTestProject(path, { type: 'open' });
    await project.call('landing.saveGoal', { goalId: null, settings: GOAL });
    const suggested = await project.call('landing.suggestSolution', {
      modelId: 'R1',
      scenarioId: null,
      currency: 'CNY',
    });
    const settings: SolutionSettings = {
      ...suggested,
      load: {
        ...suggested.load,
        textsPerDay: { low: 100_000, likely: 100_000, high: 100_000 },
        hoursPerDay: 10,
        peakFactor: { low: 60, likely: 60, high: 60 },
      },
      costs: [{ id: 'k1', name: 'server', basis: 'per-instance', amount: { low: 10, likely: 10, high: 10 } }],
    };
    await project.call('landing.setSolution', settings);
    await project.done('landing.computeSolution', { seed: 7 });
    const { result, artifact } = (await project.call('landing.solution', {}))!;
    const { textsPerSecond } = (await project.call('competitiveness.run', { runId: 'R1' }))!.result.latency!;
    // 100 000 texts in 10 hours, sixty times as many in the busiest second, at 60 % utilisation.
    const needed = Math.max(1, Math.ceil((100_000 / 36_000) * (60 / (0.6 * textsPerSecond))));
    expect(result.sizing).toMatchObject({ perInstancePerSecond: textsPerSecond, recommended: needed });
    expect(result.business.costPerYear.median).toBe(10 * needed);
    expect(result.business.netPerYear!.median).toBeLessThan(result.business.valuePerYear!.median);
    expect(artifact.inputs.map(({ slot }) => slot)).toEqual(
      expect.arrayContaining([
        'landing.solutionSettings',
        'competitiveness.run:R1',
        'demand.targets',
        'landing.goal:G1',
      ]),
    );
    const staleSlots = async () => (await project.call('landing.solution', {}))!.artifact.stale.map(({ slot }) => slot);
    expect(await staleSlots()).toEqual([]);
    await project.call('landing.saveGoal', { goalId: 'G1', settings: { ...GOAL, value: null } });
    expect(await staleSlots()).toEqual(['landing.goal:G1']);
    await project.done('landing.computeSolution', { seed: 7 });
    expect((await project.call('landing.solution', {}))!.result.business.netPerYear).toBeNull();
    await project.call('landing.setSolution', { ...settings, currency: 'EUR' });
    expect(await staleSlots()).toEqual(['landing.solutionSettings']);
    const { stages } = await project.call('project.overview', {});
    const landing = stages.find(({ id }) => id === 'landing')!;
    expect(landing.figures.map(({ id, value }) => [id, value])).toEqual([
      ['goals', 1],
      ['packages', null],
      ['pilots', null],
    ]);
    expect(landing.steps.slice(0, 2).map(({ id, status }) => [id, status])).toEqual([
      ['goals', 'done'],
      ['solution', 'stale'],
    ]);
  });
});
