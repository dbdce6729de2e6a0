import { afterAll, beforeAll, expect, it } from 'vitest';
import type {
  CompressionOptions,
  CompressionTechnique,
} from '../../shared/stages/competitiveness/compression/technique.ts';
import { type CompressProject, openCompressProject, UNUSED_WORDS } from './compress-project.ts';
import type { TestProject } from './testkit.ts';

/** Cuts of a run whose encoder has 2 layers of 4 heads and 64 feed-forward columns. */
let opened: CompressProject;
let project: TestProject;
beforeAll(async () => {
  opened = await openCompressProject();
  project = opened.project;
});
afterAll(() => opened?.close());

async function compress(technique: CompressionTechnique, options: CompressionOptions = {}, runId = 'R1') {
  await project.done('competitiveness.compress', { name: technique, runId, technique, options, tolerance: 0.02 });
  const runs = await project.call('competitiveness.runs', {});
  return runs.at(-1)!.result;
}

it('a vocabulary without unseen words answers every test row as before, and int8 of it is smaller still', async () => {
  const words = await compress('vocabulary');
  expect(words.compression).toMatchObject({ parentId: 'R1', technique: 'vocabulary' });
  const { before, after } = words.compression!.change!;
  expect(after).toEqual({ ...before, words: before.words - UNUSED_WORDS.length });
  expect(words.gate).toMatchObject({ verdict: 'accepted', comparison: { fixed: 0, broken: 0 } });
  expect(words.gate!.sensitivity!.groups).toEqual([
    { group: 'vocabulary', logitChange: 0, changedRows: 0, accuracyChange: 0 },
  ]);
  const both = await compress('int8', {}, words.id);
  expect(both.compression).toMatchObject({ parentId: 'R1', sourceId: words.id, technique: 'int8' });
  expect(both.gate!.comparison.referenceId).toBe('R1');
  expect(both.sizeMb!).toBeLessThan(words.sizeMb!);
  expect(both.sizeMb!).toBeLessThan(both.original!.sizeMb);
});

it('heads, columns and layers are cut out, measured as a file, and each part tried alone is named', async () => {
  const heads = await compress('head-pruning', { share: 0.5, epochs: 0 });
  expect(heads.compression!.change).toMatchObject({
    before: { heads: 8 },
    after: { heads: 4, columns: 128, layers: 2 },
  });
  expect(heads.gate!.sensitivity!.groups.every(({ group }) => /^layer\.[01]\.attention$/.test(group))).toBe(true);
  const columns = await compress('ffn-pruning', { share: 0.5, epochs: 0 });
  expect(columns.compression!.change).toMatchObject({ after: { heads: 8, columns: 64, layers: 2 } });
  const layer = await compress('layer-drop', { epochs: 0 });
  expect(layer.compression).toMatchObject({
    options: { layers: 1, epochs: 0 },
    change: { before: { layers: 2 }, after: { layers: 1 } },
  });
  expect(layer.gate!.sensitivity!.groups).toHaveLength(1);
  for (const cut of [heads, columns, layer]) {
    expect(cut.sizeMb!).toBeLessThan(cut.original!.sizeMb);
    expect(cut.parameters).toBeLessThan(
      (await project.call('competitiveness.run', { runId: 'R1' }))!.result.parameters,
    );
    expect(cut.test.rows).toBe(cut.gate!.comparison.rows);
  }
});

it('what loses too much is refused, with the parts that hurt in order', async () => {
  const spoiled = await compress('ffn-pruning', { share: 0.95, epochs: 0 });
  const { verdict, sensitivity } = spoiled.gate!;
  const changes = sensitivity!.groups.map(({ logitChange }) => logitChange);
  expect(changes).toEqual(changes.toSorted((a, b) => b - a));
  const gone = await compress('layer-drop', { layers: 1, epochs: 0 }, spoiled.id);
  expect([verdict, gone.gate!.verdict]).toContain('refused');
});

it('what is left learns the original’s answers, and then answers more of the test rows as before', async () => {
  const bare = await compress('distillation', { layers: 1, epochs: 0 });
  const taught = await compress('distillation', { layers: 1, epochs: 4, learningRate: 3e-3 });
  expect([bare.steps, bare.trainDurationMs]).toEqual([0, 0]);
  expect(taught.steps).toBeGreaterThan(100);
  expect(taught.dev!.rows).toBeGreaterThan(0);
  expect(taught.compression!.options).toMatchObject({ layers: 1, temperature: 2, alpha: 0.7 });
  expect(taught.test.accuracy.value).toBeGreaterThan(bare.test.accuracy.value);
  expect(taught.sizeMb!).toBeCloseTo(bare.sizeMb!, 2);
});

it('refuses options that a technique has not, and a model whose weights are stored otherwise already', async () => {
  const asked = { name: 'x', tolerance: 0.005 } as const;
  const foreign = { ...asked, runId: 'R1', technique: 'int8', options: { share: 0.5 } } as const;
  expect(await project.refusal('competitiveness.compress', foreign)).toMatchObject({
    code: 'request.invalid',
    params: { path: 'options.share' },
  });
  const runs = await project.call('competitiveness.runs', {});
  const stored = runs.find(({ result }) => result.compression?.technique === 'int8')!.result.id;
  const again = { ...asked, runId: stored, technique: 'head-pruning' } as const;
  expect((await project.refusal('competitiveness.compress', again)).code).toBe('request.invalid');
});
