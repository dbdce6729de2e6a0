import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import { DEFAULT_PART_WEIGHTS } from '../../shared/stages/demand/results.ts';
import { CREATE, csv, openTestProject } from './testkit.ts';

const TEXTS = [
  ['Why was my loan declined without a reason', 'explain', '1'],
  ['Nobody tells me why I was refused', 'explain', '2'],
  ['The decision letter has no explanation at all', 'explain', '1'],
  ['Please raise the limit of my card', 'limit', '4'],
  ['I would like a higher limit for the trip', 'limit', '5'],
  ['What are your opening hours on Saturday', '', '5'],
] as const;

test('needs can be made of the classes that a file gives: no topics are computed, a text without a class counts in no need', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-classes-'));
  const file = join(folder, 'texts.csv');
  writeFileSync(file, csv(['text', 'category', 'satisfaction'], TEXTS));
  const project = await openTestProject(join(folder, 'classes.csw'), CREATE);
  try {
    const columns = [
      { id: 'c0', name: 'text', role: 'text' as const },
      { id: 'c1', name: 'category', role: 'label' as const },
      {
        id: 'c2',
        name: 'satisfaction',
        role: 'rating' as const,
        scale: { min: 1, max: 5, direction: 'higher-better' as const },
      },
    ];
    await project.done('demand.importSource', {
      sourceId: `file:${file}`,
      name: 'texts',
      kind: 'feedback',
      overrides: {},
      columns,
    });
    await project.done('demand.clean', { datasetId: 'd1', recipe: defaultRecipe });
    await project.call('demand.setNeeds', { grouping: 'labels', needs: [], partWeights: DEFAULT_PART_WEIGHTS });
    await project.done('demand.computeNeeds', { resamples: 200, seed: 3 });

    const view = await project.call('demand.needs', {});
    const needs = view?.result.needs.map(({ id, name, volume, mentionShare }) => ({ id, name, volume, mentionShare }));
    expect(needs).toEqual([
      { id: 'n-l-explain', name: 'explain', volume: 3, mentionShare: 3 / 6 },
      { id: 'n-l-limit', name: 'limit', volume: 2, mentionShare: 2 / 6 },
    ]);
    expect(view?.artifact.inputs.map(({ slot }) => slot)).not.toContain('demand.topics');
    const rows = await project.call('project.rows', {
      ref: { type: 'need', needId: 'n-l-explain', segment: null },
      offset: 0,
      limit: 10,
    });
    expect(rows.rows.map(({ row }) => row)).toEqual([0, 1, 2]);
  } finally {
    await project.engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});
