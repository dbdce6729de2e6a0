import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRequests } from '../../shared/contract/index.ts';
import { isUndoable, UNDOABLE_REQUESTS } from '../../shared/contract/undoable.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { plainScenario } from './tiny-project.ts';

const TARGETS = { accuracy: 0.9, latencyMs: 200, explainability: 'every-decision', privacy: 'sensitive' } as const;
const LOWER = { ...TARGETS, accuracy: 0.8 };
const GOAL = {
  title: 'Answers at once',
  kpi: 'Share resolved at first contact',
  unit: 'share',
  direction: 'increase',
  baseline: 0.5,
  target: 0.6,
  dueDate: null,
  owner: '',
  needIds: [],
  value: null,
} as const;

const SCENARIO = plainScenario('Desk', { datasetId: 'd1', labelColumn: 'c1', filter: null });

let folder: string;
let file: string;
let project: TestProject;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'csw-undo-'));
  file = join(folder, 'project.csw');
  project = await openTestProject(file, CREATE);
});
afterEach(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const standing = async (slot: string) =>
  (await project.call('project.artifacts', {})).find((artifact) => artifact.slot === slot);
const targetsNow = async () => (await standing('demand.targets'))?.params;
const undo = async () => {
  const { undo: next } = await project.call('project.undoable', {});
  if (next === null) throw new Error('nothing to undo');
  await project.call('project.undo', { sequence: next.sequence });
  return next;
};
const redo = async () => {
  const { redo: next } = await project.call('project.undoable', {});
  if (next === null) throw new Error('nothing to redo');
  await project.call('project.redo', { sequence: next.sequence });
};
const saveGoal = async () =>
  (await project.call('landing.saveGoal', { goalId: null, settings: { ...GOAL, needIds: [] } })).goalId;

/** Commands that undo leaves alone, each with the reason. */
const NOT_UNDOABLE: Readonly<Record<string, string>> = {
  'demand.removeDataset': 'a person wants the rows gone: they are forgotten, after a question that says what is lost',
  'competitiveness.removeModel':
    'a person wants the folder gone from this machine, after a question; it is imported again from where it came',
  'project.rename': 'nothing is computed from it, and it is changed back in the same place',
  'project.undo': 'is taken back by redo',
  'project.redo': 'is taken back by undo',
  'jobs.pause': 'is taken back by resume',
  'jobs.resume': 'is taken back by pause',
  'jobs.cancel': 'what was there before stays; the step can be started again',
};

describe('undo', () => {
  it('covers every command that changes a project, or says why not', () => {
    const commands = Object.entries(projectRequests).flatMap(([name, { effect }]) =>
      effect === 'command' ? [name] : [],
    );
    expect(commands.filter((name) => !isUndoable(name) && NOT_UNDOABLE[name] === undefined)).toEqual([]);
    expect(UNDOABLE_REQUESTS.filter((name) => !commands.includes(name))).toEqual([]);
  });

  it('brings back what was overwritten, and redo the newer; the log has both', async () => {
    await project.call('demand.setTargets', TARGETS);
    await project.call('demand.setTargets', LOWER);
    expect(await undo()).toMatchObject({ request: 'demand.setTargets', slots: ['demand.targets'] });
    expect(await targetsNow()).toEqual(TARGETS);
    await redo();
    expect(await targetsNow()).toEqual(LOWER);
    await undo();
    await undo();
    expect(await standing('demand.targets')).toBeUndefined();
    const { entries, intact } = await project.call('project.audit', { offset: 0, limit: 50 });
    expect(intact).toBe(true);
    expect(
      entries.map(({ sequence, request, input, outcome }) => [sequence, request, input, outcome]).reverse(),
    ).toEqual([
      [1, 'demand.setTargets', JSON.stringify(TARGETS), 'ok'],
      [2, 'demand.setTargets', JSON.stringify(LOWER), 'ok'],
      [3, 'project.undo', '{"sequence":2}', 'ok'],
      [4, 'project.redo', '{"sequence":2}', 'ok'],
      [5, 'project.undo', '{"sequence":2}', 'ok'],
      [6, 'project.undo', '{"sequence":1}', 'ok'],
    ]);
  });

  it('brings back what was removed, as the very version that stood', async () => {
    const goalId = await saveGoal();
    const before = await standing(`landing.goal:${goalId}`);
    await project.call('landing.removeGoal', { goalId });
    expect(await project.call('landing.goals', {})).toEqual([]);
    await undo();
    expect(await standing(`landing.goal:${goalId}`)).toEqual(before);
  });

  it('brings a scenario back with everything that went with it, in one step', async () => {
    const limits = await project.call('adaptation.suggestLimits', { templateId: 'customer-service', needIds: [] });
    const { scenarioId } = await project.call('adaptation.saveScenario', {
      scenarioId: null,
      scenario: { ...SCENARIO, limits },
    });
    const before = (await project.call('project.artifacts', {})).map(({ id }) => id);
    expect(before.length).toBeGreaterThan(1);
    await project.call('adaptation.removeScenario', { scenarioId });
    expect(await project.call('project.artifacts', {})).toEqual([]);
    await undo();
    expect((await project.call('project.artifacts', {})).map(({ id }) => id)).toEqual(before);
  });

  it('tells whoever shows it that the slots changed', async () => {
    await project.call('demand.setTargets', TARGETS);
    const changed: string[] = [];
    const stop = project.engine.subscribe((event) => {
      if (event.type === 'projectChanged') changed.push(...event.slots);
    });
    await undo();
    stop();
    expect(changed).toContain('demand.targets');
  });

  it('refuses all but the latest command, and offers no redo after a new one', async () => {
    await project.call('demand.setTargets', TARGETS);
    await saveGoal();
    expect((await project.refusal('project.undo', { sequence: 1 })).code).toBe('undo.changed-since');
    await undo();
    expect((await project.refusal('project.undo', { sequence: 2 })).code).toBe('undo.changed-since');
    await project.call('demand.setTargets', LOWER);
    expect((await project.call('project.undoable', {})).redo).toBeNull();
  });

  it('does not offer a refused command', async () => {
    await project.refusal('landing.removeGoal', { goalId: 'G9' });
    expect(await project.call('project.undoable', {})).toEqual({ undo: null, redo: null });
  });
});

describe('earlier versions', () => {
  const importRows = async () => {
    const path = join(folder, 'rows.csv');
    writeFileSync(
      path,
      csv(
        ['text', 'score'],
        Array.from({ length: 12 }, (_, row) => [`Message number ${row % 9}`, 3]),
      ),
    );
    await project.done('demand.importSource', {
      sourceId: `file:${path}`,
      name: 'Rows',
      kind: 'feedback',
      overrides: {},
      columns: null,
    });
  };
  const recipeNow = async () => (await project.call('demand.cleaning', { datasetId: 'd1' })).recipe;

  it('keeps a cleaning recipe that was written over, restores it, and undo takes that back', async () => {
    await importRows();
    const other = { ...defaultRecipe, exactDuplicates: { ...defaultRecipe.exactDuplicates, enabled: false } };
    await project.done('demand.clean', { datasetId: 'd1', recipe: defaultRecipe });
    await project.done('demand.clean', { datasetId: 'd1', recipe: other });
    const versions = await project.call('project.versions', { slot: 'demand.clean:d1' });
    expect(versions.map(({ artifact, stands }) => [artifact.version, stands])).toEqual([
      [2, true],
      [1, false],
    ]);
    await project.call('project.restore', { artifactId: versions[1]!.artifact.id });
    expect(await recipeNow()).toEqual(defaultRecipe);
    await undo();
    expect(await recipeNow()).toEqual(other);
  });

  it('forgets the steps back to rows that a person wanted gone', async () => {
    await importRows();
    await project.call('demand.setTargets', TARGETS);
    const [dataset] = await project.call('demand.datasets', {});
    await project.call('demand.setRoles', { datasetId: 'd1', columns: [...dataset!.columns] });
    await project.call('demand.removeDataset', { datasetId: 'd1' });
    expect((await undo()).request).toBe('demand.setTargets');
    expect(await project.call('project.removed', {})).toMatchObject([{ slot: 'demand.targets' }]);
    expect(await project.call('project.versions', { slot: 'demand.roles:d1' })).toEqual([]);
  });

  it('restores what was removed before the project was closed', async () => {
    const goalId = await saveGoal();
    await project.call('landing.removeGoal', { goalId });
    await project.engine.dispose();
    project = await openTestProject(file, { type: 'open' });
    expect(await project.call('project.undoable', {})).toEqual({ undo: null, redo: null });
    const [removed] = await project.call('project.removed', {});
    await project.call('project.restore', { artifactId: removed!.id });
    expect((await project.call('landing.goals', {})).map(({ result }) => result.id)).toEqual([goalId]);
    expect(await project.call('project.removed', {})).toEqual([]);
  });
});
