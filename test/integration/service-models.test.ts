import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';
import { EVERY_ROW, WORD_TRAINING } from './tiny-project.ts';

const CLASSES = ['card', 'lost', 'pin'];
const SEED = 7;
const PERMUTATIONS = 60;

let folder: string;
let project: TestProject;

async function importTexts(
  name: string,
  kind: 'feedback' | 'tickets' | 'round',
  rows: readonly (readonly string[])[],
): Promise<string> {
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, csv(['text', 'label', 'month'], rows));
  await project.done('demand.importSource', {
    sourceId: `file:${path}`,
    name,
    kind,
    overrides: {},
    columns: [
      { id: 'c0', name: 'text', role: 'text' },
      { id: 'c1', name: 'label', role: 'label' },
      { id: 'c2', name: 'month', role: 'date' },
    ],
  });
  const datasetId = (await project.call('demand.datasets', {})).at(-1)!.id;
  await project.done('demand.clean', { datasetId, recipe: EVERY_ROW });
  return datasetId;
}

const rowsOf = ({ texts, labels }: ReturnType<typeof tinyTexts>, dayOf: (row: number) => string) =>
  texts.map((text, i) => [text, CLASSES[labels[i]!]!, dayOf(i)]);
/** Texts of which every other word is one of three: nobody wrote so before. */
const shiftedTexts = (count: number) => {
  const rng = createRng(99);
  const { texts, labels } = tinyTexts(count, CLASSES.length, 5);
  const rare = ['transfer', 'balance', 'account'];
  return {
    labels,
    texts: texts.map((text) =>
      text
        .split(' ')
        .map((word, i) => (i % 2 === 1 ? rare[rng.int(3)]! : word))
        .join(' '),
    ),
  };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-service-'));
  const modelsFolder = join(folder, 'models');
  await writeTinyModel(join(modelsFolder, 'tiny'));
  project = await openTestProject(join(folder, 'p.csw'), CREATE, { modelsFolder });
  await importTexts(
    'messages',
    'feedback',
    rowsOf(tinyTexts(400, 3, 1), () => '2026-03-01'),
  );
  await project.done('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: 'c1' }],
  });
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.25 },
    devShare: 0.1,
    modelId: 'tiny',
    maxLength: 24,
    seed: SEED,
  });
  await project.done('competitiveness.train', { name: 'Base', modelId: 'tiny', config: WORD_TRAINING });
  await importTexts(
    'alike',
    'tickets',
    rowsOf(tinyTexts(200, 3, 2), (row) => (row < 100 ? '2026-04-01' : '2026-05-01')),
  );
  // From May on another kind of text comes in.
  const before = tinyTexts(100, 3, 3);
  const after = shiftedTexts(100);
  await importTexts('shifting', 'round', [...rowsOf(before, () => '2026-04-01'), ...rowsOf(after, () => '2026-05-01')]);
  for (const datasetId of ['d2', 'd3']) {
    await project.done('service.monitorDrift', {
      datasetId,
      modelId: 'R1',
      slices: { type: 'month' },
      permutations: PERMUTATIONS,
      seed: SEED,
    });
  }
}, 120_000);
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('triage', () => {
  it('labels every text, counts what it counts, and agrees with the labels that people gave', async () => {
    await project.done('service.triage', { datasetId: 'd2', modelId: 'R1', confidenceBelow: 0.8, truthColumn: 'c1' });
    const { view, effective, corrections } = (await project.call('service.triaged', { datasetId: 'd2' }))!;
    const { n, lowConfidence, predicted, truth } = view.result;
    expect(n).toBe(200);
    expect(predicted.reduce((sum, { rows }) => sum + rows, 0)).toBe(n);
    expect(effective.reduce((sum, { rows }) => sum + rows, 0)).toBe(n);
    expect(corrections).toEqual({ rows: 0, notApplied: 0 });
    expect(truth!.accuracy.value!).toBeGreaterThan(0.9);
    expect(truth!.kappa.low!).toBeGreaterThan(0.8);
    const rowsBehind = async (show: 'predicted' | 'low-confidence' | 'disagreeing', label: string | null) =>
      (
        await project.call('project.rows', {
          ref: { type: 'triage', datasetId: 'd2', label, show },
          offset: 0,
          limit: 1,
        })
      ).total;
    for (const { label, rows } of predicted) expect(await rowsBehind('predicted', label)).toBe(rows);
    expect(await rowsBehind('low-confidence', null)).toBe(lowConfidence);
    expect(await rowsBehind('disagreeing', null)).toBe(truth!.n - truth!.correct);
  });

  it('keeps what people set right over a recompute, and takes it back', async () => {
    const page = { datasetId: 'd2', label: null, order: 'row' as const, offset: 0, limit: 5 };
    const first = (await project.call('service.triagedTickets', { ...page, show: 'all' })).rows[0]!;
    const other = CLASSES.find((label) => label !== first.label)!;
    await project.call('service.correctTriage', { datasetId: 'd2', row: first.row, label: other });
    const shown = async () => (await project.call('service.triagedTickets', { ...page, show: 'corrected' })).rows;
    expect((await shown()).map(({ row, effective, label }) => ({ row, effective, label }))).toContainEqual({
      row: first.row,
      effective: other,
      label: first.label,
    });
    // Another bound makes another triage of the same texts.
    await project.done('service.triage', { datasetId: 'd2', modelId: 'R1', confidenceBelow: 0.9, truthColumn: null });
    expect((await shown()).map(({ row }) => row)).toContain(first.row);
    expect(await project.call('service.correctedLabels', { datasetId: 'd2' })).toContainEqual({
      row: first.row,
      text: first.text,
      label: other,
      predicted: first.label,
    });
    await project.call('service.correctTriage', { datasetId: 'd2', row: first.row, label: null });
    expect(await shown()).toEqual([]);
  });

  it('is refused for a dataset or a model that is not there', async () => {
    const choice = { datasetId: 'd2', modelId: 'R9', confidenceBelow: 0.5, truthColumn: null };
    expect((await project.refusal('service.triage', choice)).code).toBe('artifact.not-found');
    const stranger = await project.refusal('service.correctTriage', { datasetId: 'd2', row: 9999, label: 'card' });
    expect(stranger.code).toBe('artifact.not-found');
  });
});

describe('drift', () => {
  const drift = async (datasetId: string) => (await project.call('service.drift', { datasetId }))!.result;

  it('is not flagged on texts of the same kind, nor between halves of them', async () => {
    const { overall, slices, labelShift } = await drift('d2');
    expect([overall.flagged, ...slices.map(({ flagged }) => flagged)]).toEqual([false, false, false]);
    expect(overall.auc!).toBeLessThanOrEqual(overall.band!);
    expect(labelShift!.flagged).toBe(false);
  });

  it('is flagged where another kind of text comes in, in that month alone, with its words', async () => {
    const { overall, slices, words, unlike } = await drift('d3');
    expect(overall.flagged).toBe(true);
    expect(slices.map(({ slice, flagged }) => [slice, flagged])).toEqual([
      ['2026-04', false],
      ['2026-05', true],
    ]);
    expect(words.some(({ direction }) => direction === 'more')).toBe(true);
    const { total } = await project.call('project.rows', {
      ref: { type: 'drift', datasetId: 'd3', side: 'unlike', slice: null, word: null, label: null },
      offset: 0,
      limit: 1,
    });
    expect(total).toBe(Math.round(unlike!.value! * unlike!.n));
    const word = words[0]!;
    for (const side of ['new', 'reference'] as const) {
      const behind = await project.call('project.rows', {
        ref: { type: 'drift', datasetId: 'd3', side, slice: null, word: word.word, label: null },
        offset: 0,
        limit: 1,
      });
      expect(behind.total).toBe(side === 'new' ? word.newTexts : word.referenceTexts);
    }
  });

  it('gives the same result for the same seed', async () => {
    const before = (await project.call('service.drift', { datasetId: 'd2' }))!.artifact.hash;
    const choice = { modelId: 'R1', slices: { type: 'month' as const }, permutations: PERMUTATIONS, seed: SEED };
    await project.done('service.monitorDrift', { datasetId: 'd2', ...choice });
    expect((await project.call('service.drift', { datasetId: 'd2' }))!.artifact.hash).toBe(before);
  });

  it('is refused on a model without training texts, and fails in words on too few texts', async () => {
    const choice = { slices: null, permutations: 19, seed: 1 };
    const missing = await project.refusal('service.monitorDrift', { datasetId: 'd2', modelId: 'R9', ...choice });
    expect(missing.code).toBe('artifact.not-found');
    const few = await importTexts(
      'few',
      'tickets',
      rowsOf(tinyTexts(5, 3, 8), () => '2026-06-01'),
    );
    const job = await project.settle('service.monitorDrift', { datasetId: few, modelId: 'R1', ...choice });
    expect(job.state).toMatchObject({ type: 'failed', error: { code: 'service.too-few-texts' } });
  });
});
