import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRng, shuffle } from '../../shared/rng.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { ColumnRole } from '../../shared/stages/demand/import/column-role.ts';
import type { NeedsResult } from '../../shared/stages/demand/results.ts';
import { importPlanted, MODEL, THEME_NAMES, themeTexts, writePlantedFiles } from './planted.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';

const PER_THEME = 60;
const COLUMNS: ColumnRole[] = [
  { id: 'c0', name: 'customer', role: 'respondentId' },
  { id: 'c1', name: 'message', role: 'text' },
  { id: 'c2', name: 'overall', role: 'outcome', scale: { min: 1, max: 10, direction: 'higher-better' } },
];
type Row = readonly [string, string, number];

/** As many messages of each theme; who writes of logging in is dissatisfied, the others are satisfied. */
const PLANTED: Row[] = (() => {
  const rng = createRng(3);
  return THEME_NAMES.flatMap((theme) =>
    themeTexts(theme, PER_THEME, 4).map(
      (text, i): Row => [`${theme}-${i}`, text, theme === 'login' ? 1 + rng.int(4) : 5 + rng.int(6)],
    ),
  );
})();

let folder: string;
let open: TestProject | null = null;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-f1-'));
});
afterEach(async () => {
  await open?.engine.dispose();
  open = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project with these rows, cleaned and with its four topics found. */
async function projectOf(name: string, rows: readonly Row[]): Promise<TestProject> {
  open = await openTestProject(join(folder, `${name}.csw`), CREATE);
  const file = join(folder, `${name}.csv`);
  writeFileSync(
    file,
    csv(
      COLUMNS.map((column) => column.name),
      rows,
    ),
  );
  await open.done('demand.importSource', {
    sourceId: `file:${file}`,
    name,
    kind: 'feedback',
    overrides: {},
    columns: COLUMNS,
  });
  await open.done('demand.clean', { datasetId: 'd1', recipe: defaultRecipe });
  await open.done('demand.discoverTopics', { topics: THEME_NAMES.length, modelId: MODEL, seed: 7 });
  return open;
}

async function f1Of(project: TestProject, resamples = 1000): Promise<NeedsResult> {
  await project.done('demand.computeNeeds', { resamples, seed: 7 });
  const view = await project.call('demand.needs', {});
  if (view === null) throw new Error('no f1');
  return view.result;
}

/** The need of which most texts are of the planted theme. */
async function plantedNeed(project: TestProject, f1: NeedsResult) {
  const counts = await Promise.all(
    f1.needs.map(async (need) => {
      const { rows } = await project.call('project.rows', {
        ref: { type: 'need', needId: need.id, segment: null },
        offset: 0,
        limit: 1000,
      });
      return rows.filter((row) => row.cells[0]?.value.startsWith('login')).length;
    }),
  );
  return f1.needs[counts.indexOf(Math.max(...counts))]!;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('f1 of messages in which one need was planted', () => {
  it('puts it first in nearly every resample, with all three parts and weights that sum to 1', async () => {
    const project = await projectOf('planted', PLANTED);
    const f1 = await f1Of(project);
    const planted = await plantedNeed(project, f1);
    expect([f1.missingParts, f1.sources[0]?.unit, f1.sources[0]?.drivers?.of]).toEqual([[], 'respondent', 'mentions']);
    expect(sum(f1.needs.map(({ weight }) => weight))).toBeCloseTo(1, 12);
    expect(planted).toMatchObject({ rank: 1, rankLow: 1, rankHigh: 1 });
    expect(planted.firstShare).toBeGreaterThanOrEqual(0.9);
    expect(planted.low).toBeGreaterThan(
      Math.max(...f1.needs.filter(({ id }) => id !== planted.id).map(({ high }) => high ?? 1)),
    );
    for (const { low, weight, high } of f1.needs) expect(low! <= weight && weight <= high!).toBe(true);
  });

  it('does not once the ratings are shuffled', async () => {
    const ratings = PLANTED.map(([, , rating]) => rating);
    shuffle(ratings, createRng(8));
    const project = await projectOf(
      'shuffled',
      PLANTED.map(([id, text], i): Row => [id, text, ratings[i]!]),
    );
    const f1 = await f1Of(project);
    expect((await plantedNeed(project, f1)).firstShare).toBeLessThan(0.9);
    expect(f1.sources[0]?.drivers?.rSquared).toBeLessThan(0.1);
  });

  it('has intervals narrower by about √2 when every row is there twice, of another respondent', async () => {
    const once = await f1Of(await projectOf('once', PLANTED), 2000);
    await open?.engine.dispose();
    const copies = PLANTED.map(([id, text, rating]): Row => [`${id}-copy`, text, rating]);
    const twice = await f1Of(await projectOf('twice', [...PLANTED, ...copies]), 2000);
    expect([once.sources[0]?.units, twice.sources[0]?.units]).toEqual([PLANTED.length, 2 * PLANTED.length]);
    expect(twice.needs.map(({ name }) => name).toSorted()).toEqual(once.needs.map(({ name }) => name).toSorted());
    const ratios = once.needs.map((need) => {
      const same = twice.needs.find(({ name }) => name === need.name)!;
      expect(same.weight).toBeCloseTo(need.weight, 10);
      return (need.high! - need.low!) / (same.high! - same.low!);
    });
    expect(sum(ratios) / ratios.length).toBeGreaterThan(Math.SQRT2 * 0.9);
    expect(sum(ratios) / ratios.length).toBeLessThan(Math.SQRT2 * 1.1);
  });

  it('has no narrower intervals when the copies are of the same respondents', async () => {
    const once = await f1Of(await projectOf('single', PLANTED), 500);
    await open?.engine.dispose();
    const repeated = PLANTED.map(([id, text, rating]): Row => [id, `${text} again and once more`, rating]);
    const twice = await f1Of(await projectOf('repeated', [...PLANTED, ...repeated]), 500);
    expect([once.sources[0]?.units, twice.sources[0]?.units, twice.sources[0]?.rows]).toEqual([
      PLANTED.length,
      PLANTED.length,
      2 * PLANTED.length,
    ]);
    const width = (f1: NeedsResult) => sum(f1.needs.map(({ low, high }) => high! - low!));
    expect(width(twice)).toBeGreaterThan(0.9 * width(once));
  });
});

describe('what an analyst changes in f1', () => {
  it('part weights change the weights, and a part that counts alone gives its own shares', async () => {
    const project = await projectOf('weights', PLANTED);
    const before = await f1Of(project, 100);
    const setup = await project.call('demand.needsSetup', {});
    await project.call('demand.setNeeds', { ...setup, partWeights: { driver: 0, mention: 1, gap: 0 } });
    expect((await project.call('project.overview', {})).staleSlots).toContain('demand.needs');
    const after = await f1Of(project, 100);
    expect(after.partWeights).toEqual({ driver: 0, mention: 1, gap: 0 });
    for (const [i, need] of after.needs.entries()) {
      expect(need.weight).toBeCloseTo(need.parts.mention!.value, 12);
      expect(need.weight).not.toBeCloseTo(before.needs[i]!.weight, 3);
    }
  });

  it('a merged need adds up: texts, mentions and relative weights of its items', async () => {
    open = await openTestProject(join(folder, 'merged.csw'), CREATE);
    writePlantedFiles(folder);
    await importPlanted(open, folder);
    await open.done('demand.discoverTopics', { topics: 4, modelId: MODEL, seed: 7 });
    const before = await f1Of(open, 100);
    const setup = await open.call('demand.needsSetup', {});
    const [topicA, topicB] = setup.needs.filter(({ topicIds }) => topicIds.length > 0);
    const [itemA, itemB] = setup.needs.filter(({ items }) => items.length > 0);
    const join2 = (id: string, a: typeof topicA, b: typeof topicB) => ({
      id,
      name: id,
      topicIds: [...a!.topicIds, ...b!.topicIds],
      items: [...a!.items, ...b!.items],
    });
    const merged = [join2('texts', topicA, topicB), join2('items', itemA, itemB)];
    const untouched = setup.needs.filter((need) => ![topicA, topicB, itemA, itemB].includes(need));
    await open.call('demand.setNeeds', { ...setup, needs: [...merged, ...untouched] });
    const after = await f1Of(open, 100);
    expect(after.needs).toHaveLength(before.needs.length - 2);
    const was = (id: string) => before.needs.find((need) => need.id === id)!;
    const is = (id: string) => after.needs.find((need) => need.id === id)!;
    const [a, b] = [was(topicA!.id), was(topicB!.id)];
    expect(is('texts').volume).toBe(a.volume + b.volume);
    expect(is('texts').mentionShare).toBeCloseTo(a.mentionShare! + b.mentionShare!, 12);
    const driver = (need: ReturnType<typeof was>) => need.parts.driver!.raw;
    expect(driver(is('items'))).toBeCloseTo(driver(was(itemA!.id)) + driver(was(itemB!.id)), 12);
    expect(sum(after.needs.map(({ weight }) => weight))).toBeCloseTo(1, 12);
    const { rows } = await open.call('project.rows', {
      ref: { type: 'need', needId: 'texts', segment: null },
      offset: 0,
      limit: 1000,
    });
    expect(rows).toHaveLength(is('texts').volume);
  });
});
