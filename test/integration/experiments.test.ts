import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import type { ExperimentChoice } from '../../shared/stages/competitiveness/experiment/results.ts';
import { NO_STRATEGY_CHOICE } from '../../shared/stages/competitiveness/strategy/choice.ts';
import { copyPlantedProject } from './planted-project.ts';
import { csv, openTestProject, type TestProject } from './testkit.ts';

const TRUE_EFFECT = 0.1;

let folder: string;
let finished: string;
let open: TestProject | null = null;

/** Users of two arms: `share` of them in arm A; B succeeds more often by the true effect. One stands in both arms. */
function experimentCsv(users: number, share: number, seed: number, effect = TRUE_EFFECT): string {
  const rng = createRng(seed);
  const rows = Array.from({ length: users }, (_, i): (string | number)[] => {
    const arm = rng.float() < share ? 'A' : 'B';
    const success = rng.float() < 0.5 + (arm === 'B' ? effect : 0);
    return [`u${i}`, arm, success ? 1 : 0, 1 + rng.int(5), rng.float() < 0.2 ? 1 : 0];
  });
  rows.push(['u0', rows[0]![1] === 'A' ? 'B' : 'A', 1, 3, 0], ['', 'A', 1, 3, 0]);
  return csv(['user_id', 'arm', 'understood', 'satisfaction', 'asked_again'], rows);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-experiments-'));
  finished = join(folder, 'finished.csw');
  writeFileSync(join(folder, 'good.csv'), experimentCsv(4000, 0.5, 5));
  writeFileSync(join(folder, 'broken.csv'), experimentCsv(10_000, 0.46, 6));
  writeFileSync(join(folder, 'later.csv'), experimentCsv(4000, 0.5, 9, 0));
  await copyPlantedProject('decided', finished);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await open?.engine.dispose();
  open = null;
});

async function copy(name: string): Promise<TestProject> {
  const path = join(folder, `${name}.csw`);
  copyFileSync(finished, path);
  open = await openTestProject(path, { type: 'open' });
  return open;
}

async function importFile(project: TestProject, file: string, kind: 'experiment' | 'usability'): Promise<string> {
  const source = `file:${join(folder, file)}`;
  await project.done('demand.importSource', { sourceId: source, name: file, kind, overrides: {}, columns: null });
  return (await project.call('demand.datasets', {})).at(-1)!.id;
}

function choiceOf(datasetId: string, needId: string | null = null): ExperimentChoice {
  const metric = { direction: 'up' as const, scale: null, needId: null };
  return {
    name: datasetId,
    source: {
      type: 'rows',
      datasetId,
      unitColumn: 'c0',
      armColumn: 'c1',
      metrics: [
        { ...metric, columnId: 'c2', name: 'understood', type: 'proportion', role: 'primary', needId },
        {
          ...metric,
          columnId: 'c3',
          name: 'satisfaction',
          type: 'mean',
          role: 'secondary',
          scale: { low: 1, high: 5 },
        },
        { ...metric, columnId: 'c4', name: 'asked again', type: 'proportion', direction: 'down', role: 'guardrail' },
      ],
    },
    controlArm: 'A',
    expectedShares: null,
    level: 0.95,
  };
}

async function analyse(project: TestProject, file: string, experimentId: string | null = null): Promise<string> {
  const datasetId = await importFile(project, file, 'experiment');
  const job = await project.done('competitiveness.analyseExperiment', { ...choiceOf(datasetId), experimentId });
  return job.slot.split(':')[1]!;
}

const totalOf = async (project: TestProject, rows: 'all' | 'success' | 'two-arms' | 'no-unit', arms: string[] = []) =>
  (
    await project.call('project.rows', {
      ref: { type: 'experiment', experimentId: 'E1', arms, metricId: rows === 'success' ? 'c2' : null, rows },
      offset: 0,
      limit: 3,
    })
  ).total;

describe('an experiment in a project', () => {
  it('finds the planted effect, and its counts open the rows that they count', async () => {
    const project = await copy('good');
    await analyse(project, 'good.csv');
    const { result } = (await project.call('competitiveness.experiment', { experimentId: 'E1' }))!;
    const [understood] = result.metrics;
    const effect = understood!.effects[0]!;
    expect(effect.verdict).toBe('better');
    expect(effect.difference!.low).toBeGreaterThan(0);
    expect(effect.difference!.low).toBeLessThanOrEqual(TRUE_EFFECT);
    expect(effect.difference!.high).toBeGreaterThanOrEqual(TRUE_EFFECT);
    expect(result.sampleRatio.blocked).toBe(false);
    expect(result.excluded).toEqual({ rowsWithoutArm: 0, rowsWithoutUnit: 1, unitsInTwoArms: 1, rowsOfTwoArms: 2 });
    expect(result.units).toBe(3999);
    for (const { arm, units } of result.arms) {
      expect(await totalOf(project, 'all', [arm])).toBe(units);
      expect(await totalOf(project, 'success', [arm])).toBe(understood!.arms.find((one) => one.arm === arm)?.successes);
    }
    expect([await totalOf(project, 'two-arms'), await totalOf(project, 'no-unit')]).toEqual([2, 1]);
    expect(await project.refusal('competitiveness.removeExperiment', { experimentId: 'E9' })).toMatchObject({
      code: 'artifact.input-missing',
    });
  });

  it('gives no verdict and no gain where 46 of 100 came instead of 50', async () => {
    const project = await copy('broken');
    expect(await analyse(project, 'broken.csv')).toBe('E1');
    const { result } = (await project.call('competitiveness.experiment', { experimentId: 'E1' }))!;
    expect(result.sampleRatio.blocked).toBe(true);
    expect(result.metrics.flatMap(({ effects }) => effects.map(({ verdict, gain }) => [verdict, gain]))).toEqual(
      Array(3).fill(['blocked', null]),
    );
    const needId = (await project.call('demand.needs', {}))!.result.needs[0]!.id;
    await link(project, needId);
    await project.done('competitiveness.decide', { draws: 200, seed: 7 });
    const decision = (await project.call('competitiveness.decision', {}))!.result;
    expect(decision).toMatchObject({ withoutU: true, links: [{ status: 'blocked', experimentId: 'E1', needId }] });
    expect(decision.strategies.find(({ id }) => id === 'O1')?.score.value).toBe(0);
    expect(decision.plans.product.map(({ templateId }) => templateId)).toContain('repeat-blocked');
  });

  it('changes g once it is linked to a need, by weight times effect, and goes stale when it is read anew', async () => {
    const project = await copy('linked');
    await analyse(project, 'good.csv');
    const need = (await project.call('demand.needs', {}))!.result.needs[0]!;
    await project.done('competitiveness.decide', { draws: 200, seed: 7 });
    const before = (await project.call('competitiveness.decision', {}))!.result;
    expect(before).toMatchObject({ withoutU: true, links: [] });
    await link(project, need.id);
    await project.done('competitiveness.decide', { draws: 200, seed: 7 });
    const after = (await project.call('competitiveness.decision', {}))!.result;
    const effect = (await project.call('competitiveness.experiment', { experimentId: 'E1' }))!.result.metrics[0]!
      .effects[0]!;
    const linked = after.strategies.find(({ id }) => id === 'O1')!;
    const weight = after.needs.find(({ needId }) => needId === need.id)!.weight.value;
    expect(after.withoutU).toBe(false);
    expect(linked).toMatchObject({ type: 'product', basis: 'experiment' });
    expect(linked.score.value).toBeCloseTo(weight * effect.gain!.value, 12);
    expect(linked.score.low).toBeGreaterThan(0);
    const ship = after.plans.product.find(({ templateId }) => templateId === 'ship-arm')!;
    expect(ship).toMatchObject({
      needId: need.id,
      estimate: effect.difference,
      slots: ['competitiveness.experiment:E1'],
    });
    const rows = await project.call('project.rows', { ref: ship.evidence!, offset: 0, limit: 1 });
    expect(rows.total).toBe(ship.n);

    // The same experiment on a later file: what rested on it no longer stands, and after a new ranking it follows the new data.
    await analyse(project, 'later.csv', 'E1');
    expect((await project.call('project.overview', {})).staleSlots).toEqual(['competitiveness.decision']);
    await project.done('competitiveness.decide', { draws: 200, seed: 7 });
    const later = (await project.call('competitiveness.decision', {}))!.result;
    expect(later.strategies.find(({ id }) => id === 'O1')!.score.low).toBeLessThan(0);
    expect(later.plans.product.map(({ templateId }) => templateId)).toContain('more-users');
  });

  it('scores a usability questionnaire, whose groups open their answers', async () => {
    const project = await copy('usability');
    const rng = createRng(3);
    const answers = (good: number) =>
      Array.from({ length: 10 }, (_, item) => {
        const points = Math.min(4, Math.max(0, Math.round(good + rng.normal())));
        return item % 2 === 0 ? points + 1 : 5 - points;
      });
    const rows = Array.from({ length: 60 }, (_, i) => [
      i % 2 === 0 ? 'before' : 'after',
      ...answers(i % 2 === 0 ? 2 : 3),
    ]);
    rows[7]![4] = '';
    writeFileSync(
      join(folder, 'sus.csv'),
      csv(['screen', ...Array.from({ length: 10 }, (_, i) => `item ${i + 1}`)], rows),
    );
    const datasetId = await importFile(project, 'sus.csv', 'usability');
    const guess = await project.call('competitiveness.guessColumns', { datasetId });
    expect([guess.itemColumns.length, guess.groupColumn, guess.referenceGroup]).toEqual([10, 'c0', 'before']);
    const { itemColumns, groupColumn, referenceGroup } = guess;
    await project.done('competitiveness.analyseUsability', {
      usabilityId: null,
      name: 'sus',
      datasetId,
      itemColumns,
      groupColumn,
      referenceGroup,
      level: 0.95,
    });
    const { result } = (await project.call('competitiveness.usability', { usabilityId: 'U1' }))!;
    expect(result).toMatchObject({ excluded: 1, differences: [{ group: 'after', verdict: 'better' }] });
    for (const { group, summary } of result.groups) {
      const ref = { type: 'usability' as const, usabilityId: 'U1', groups: [group], rows: 'scored' as const };
      expect((await project.call('project.rows', { ref, offset: 0, limit: 1 })).total).toBe(summary.n);
    }
  });
});

async function link(project: TestProject, needId: string): Promise<void> {
  await project.call('competitiveness.setStrategies', {
    ...NO_STRATEGY_CHOICE,
    others: [
      {
        id: 'O1',
        name: 'reasons shown',
        type: 'product',
        gains: [{ needId, source: { type: 'experiment', experimentId: 'E1', metric: 'c2', arm: 'B' } }],
        latencyP95Ms: null,
        sizeMb: null,
      },
    ],
  });
}

describe('a project of before experiments', () => {
  it('opens with its assumptions and its ranking', async () => {
    const path = join(folder, 'old.csw');
    copyFileSync(finished, path);
    const first = await openTestProject(path, { type: 'open' });
    const needId = (await first.call('demand.needs', {}))!.result.needs[0]!.id;
    await first.call('competitiveness.setStrategies', NO_STRATEGY_CHOICE);
    await first.engine.dispose();

    const old = JSON.stringify({
      referenceId: null,
      limits: NO_STRATEGY_CHOICE.limits,
      assumed: [
        { id: 'A1', name: 'larger', gains: [{ needId, low: 0.1, high: 0.2 }], latencyP95Ms: null, sizeMb: 300 },
      ],
      decisionShare: 0.8,
    });
    const db = new Database(path);
    db.prepare("UPDATE artifact SET params = ?, result = ? WHERE slot = 'competitiveness.strategies'").run(old, old);
    const { result } = db.prepare("SELECT result FROM artifact WHERE slot = 'competitiveness.decision'").get() as {
      result: string;
    };
    const decision = JSON.parse(result);
    for (const added of ['withoutU', 'links', 'plans']) delete decision[added];
    for (const strategy of decision.strategies) {
      delete strategy.type;
      delete strategy.exclusions;
      for (const contribution of strategy.contributions) delete contribution.source;
    }
    db.prepare("UPDATE artifact SET result = ? WHERE slot = 'competitiveness.decision'").run(JSON.stringify(decision));
    db.close();

    open = await openTestProject(path, { type: 'open' });
    expect(await open.call('competitiveness.strategies', {})).toEqual({
      ...NO_STRATEGY_CHOICE,
      others: [
        {
          id: 'A1',
          name: 'larger',
          type: 'model',
          gains: [{ needId, source: { type: 'assumed', low: 0.1, high: 0.2 } }],
          latencyP95Ms: null,
          sizeMb: 300,
        },
      ],
    });
    const view = await open.call('competitiveness.decision', {});
    expect(view?.result).toMatchObject({
      withoutU: true,
      links: [],
      plans: { model: [], product: [], experience: [] },
    });
    await open.done('competitiveness.decide', { draws: 200, seed: 7 });
    const strategies = (await open.call('competitiveness.decision', {}))!.result.strategies;
    expect(strategies.find(({ id }) => id === 'A1')).toMatchObject({ basis: 'assumption', type: 'model' });
  });
});
