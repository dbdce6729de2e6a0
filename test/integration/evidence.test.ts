import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvidenceRef, EvidenceRow } from '../../shared/contract/evidence.ts';
import { defaultRecipe, type Recipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { ColumnRole } from '../../shared/stages/demand/import/column-role.ts';
import {
  feedbackRows,
  HEAD_CONFIG,
  importPlanted,
  MODEL,
  prepareModels,
  surveyRows,
  themeTexts,
  writePlantedFiles,
} from './planted.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';

const NOTE_COLUMNS: ColumnRole[] = [
  { id: 'c0', name: 'note', role: 'text' },
  { id: 'c1', name: 'segment', role: 'segment' },
];
/** Notes without a rating, so that near repeats are looked for: row 10 nearly repeats row 0, row 11 repeats row 1, row 12 is Chinese. */
const NOTES: string[][] = [
  ...themeTexts('queue', 10, 9).map((text, i) => [text, i % 2 === 0 ? 'private' : 'business']),
  [`${themeTexts('queue', 10, 9)[0]} now`, 'private'],
  [themeTexts('queue', 10, 9)[1]!, 'private'],
  ['密码错误，无法登录手机银行', 'private'],
];
const NOTE_RECIPE: Recipe = {
  ...defaultRecipe,
  nearDuplicates: { enabled: true, acrossRespondents: false, threshold: 0.8 },
  languageFilter: { enabled: true, keep: ['en'] },
};

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-evidence-'));
  project = await openTestProject(join(folder, 'evidence.csw'), CREATE);
  writePlantedFiles(folder);
  await importPlanted(project, folder);
  writeFileSync(
    join(folder, 'notes.csv'),
    csv(
      NOTE_COLUMNS.map(({ name }) => name),
      NOTES,
    ),
  );
  await project.done('demand.importSource', {
    sourceId: `file:${join(folder, 'notes.csv')}`,
    name: 'Notes',
    kind: 'feedback',
    overrides: {},
    columns: NOTE_COLUMNS,
  });
  await project.done('demand.clean', { datasetId: 'd3', recipe: NOTE_RECIPE });
  await project.done('demand.discoverTopics', { topics: 5, modelId: MODEL, seed: 7 });
  const found = (await project.call('demand.topics', {}))?.result.topics ?? [];
  await project.call('demand.mergeTopics', { topicIds: found.slice(3).map(({ id }) => id), name: 'Merged' });
  await project.done('demand.computeNeeds', { resamples: 100, seed: 7 });
  await prepareModels(project);
  await project.done('competitiveness.train', { name: 'Head', modelId: MODEL, config: HEAD_CONFIG });
});
afterAll(async () => {
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const keyOf = (row: EvidenceRow) => `${row.datasetId}/${row.row}`;
const cell = (row: EvidenceRow, columnId: string) =>
  row.cells.find((candidate) => candidate.columnId === columnId)?.value;
const note = (row: EvidenceRow, id: string) => row.notes.find((candidate) => candidate.id === id)?.value;

/** All rows behind a number, read page by page; no row comes twice and every page tells the same total. */
async function allRows(ref: EvidenceRef, limit = 7): Promise<EvidenceRow[]> {
  const rows: EvidenceRow[] = [];
  for (;;) {
    const page = await project.call('project.rows', { ref, offset: rows.length, limit });
    rows.push(...page.rows);
    if (page.rows.length < limit) {
      expect([rows.length, new Set(rows.map(keyOf)).size]).toEqual([page.total, page.total]);
      return rows;
    }
  }
}

describe('the rows behind a count', () => {
  it('of a dataset are those of the file, cell by cell, and a page does not depend on those before it', async () => {
    const ref = { type: 'dataset', datasetId: 'd1' } as const;
    const rows = await allRows(ref, 50);
    expect(rows.map((row) => row.cells.map(({ value }) => value))).toEqual(
      feedbackRows().map((row) => row.map(String)),
    );
    const { total, rows: middle } = await project.call('project.rows', { ref, offset: 60, limit: 3 });
    expect([total, middle]).toEqual([rows.length, rows.slice(60, 63)]);
    expect((await project.call('project.rows', { ref, offset: 10_000, limit: 5 })).rows).toEqual([]);
  });

  it('of each cleaning step are those that it took out, duplicates with the row that they repeat', async () => {
    for (const { id, dataset, clean } of await project.call('demand.datasets', {})) {
      if (clean === null) throw new Error(`${id} was not cleaned`);
      const removed = new Map<number, string>();
      for (const step of clean.steps) {
        const rows = await allRows({ type: 'clean', datasetId: id, step: step.id });
        expect([id, step.id, rows.length]).toEqual([id, step.id, step.rowsIn - step.rowsOut]);
        for (const row of rows) {
          removed.set(row.row, step.id);
          const first = note(row, 'duplicateOf');
          expect(first !== undefined).toBe(step.id.endsWith('Duplicates'));
          if (first !== undefined) {
            const { rows: repeated } = await project.call('project.rows', {
              ref: { type: 'dataset', datasetId: id },
              offset: Number(first) - 1,
              limit: 1,
            });
            expect(cell(row, id === 'd1' ? 'c3' : 'c0')?.slice(0, 20)).toBe(
              cell(repeated[0]!, id === 'd1' ? 'c3' : 'c0')?.slice(0, 20),
            );
          }
        }
      }
      const kept = await allRows({ type: 'clean', datasetId: id, step: 'kept' }, 100);
      expect(kept).toHaveLength(clean.rowsOut);
      expect(kept.length + removed.size).toBe(dataset.rowCount);
      if (id === 'd1')
        expect([...removed]).toEqual([
          [122, 'emptyRows'],
          [123, 'emptyRows'],
          [120, 'exactDuplicates'],
          [121, 'exactDuplicates'],
        ]);
      if (id === 'd2') expect([removed.size, dataset.rowCount]).toEqual([0, surveyRows().length]);
      if (id === 'd3')
        expect([...removed]).toEqual([
          [11, 'exactDuplicates'],
          [10, 'nearDuplicates'],
          [12, 'languageFilter'],
        ]);
    }
  });

  it('of each topic, merged ones too, and of the outliers make up all texts', async () => {
    const edited = await project.call('demand.editedTopics', {});
    if (edited === null) throw new Error('no topics');
    const merged = edited.topics.find(({ name }) => name === 'Merged');
    expect([edited.topics.length, merged?.mergedFrom.length]).toEqual([4, 2]);
    const seen = new Set<string>();
    for (const { id, size } of [...edited.topics, { id: 'outliers', size: edited.outliers }]) {
      const rows = await allRows({ type: 'topic', topicId: id });
      expect([id, rows.length]).toEqual([id, size]);
      for (const row of rows) {
        expect(row.text).not.toBeNull();
        seen.add(keyOf(row));
      }
    }
    const found = (await project.call('demand.topics', {}))?.result;
    expect(seen.size).toBe(found?.texts);
    const first = found?.topics[0];
    const ofFirst = new Set((await allRows({ type: 'topic', topicId: first?.id ?? '' })).map(keyOf));
    for (const { datasetId, row } of first?.representatives ?? []) expect(ofFirst).toContain(`${datasetId}/${row}`);
  });

  it('of each need are its texts or answers, in all and in each segment', async () => {
    const f1 = (await project.call('demand.needs', {}))?.result;
    if (f1 === undefined) throw new Error('no needs');
    for (const need of f1.needs) {
      const rows = await allRows({ type: 'need', needId: need.id, segment: null }, 50);
      expect([need.id, rows.length]).toEqual([need.id, need.volume]);
      for (const topicId of need.topicIds) {
        const ofTopic = await allRows({ type: 'topic', topicId }, 50);
        expect(rows.map(keyOf).toSorted()).toEqual(ofTopic.map(keyOf).toSorted());
      }
      for (const { columnId } of need.items)
        for (const row of rows)
          expect([row.datasetId, cell(row, columnId)]).toEqual(['d2', expect.stringMatching(/^\d+$/)]);
    }
    expect(f1.segments.map(({ segment }) => segment)).toEqual(['business', 'private']);
    for (const { segment, needs } of f1.segments) {
      for (const { needId, volume } of needs) {
        const rows = await allRows({ type: 'need', needId, segment }, 50);
        expect([needId, segment, rows.length]).toEqual([needId, segment, volume]);
        for (const row of rows) expect(row.cells.find(({ name }) => name === 'segment')?.value).toBe(segment);
      }
    }
  });

  it('of each label are those that carry it, by part of the split', async () => {
    const labels = (await project.call('competitiveness.labels', {}))?.result;
    const check = (await project.call('competitiveness.preparedData', {}))?.result.check;
    const parts = new Map<string, string>();
    for (const { label, rows: count } of labels?.classes ?? []) {
      const rows = await allRows({ type: 'label', label, part: 'all' });
      expect([label, rows.length]).toEqual([label, count]);
      for (const row of rows) expect(cell(row, 'c5')).toBe(label);
      const ofClass = check?.classes.find((candidate) => candidate.label === label);
      for (const part of ['train', 'dev', 'test'] as const) {
        const here = await allRows({ type: 'label', label, part });
        expect([label, part, here.length]).toEqual([label, part, ofClass?.[part]]);
        for (const row of here) {
          expect(cell(row, 'c5')).toBe(label);
          expect(parts.has(keyOf(row))).toBe(false);
          parts.set(keyOf(row), part);
        }
      }
    }
    expect(parts.size).toBe(labels?.labelled);
  });

  it('of each cell of the confusion matrices are test rows with that label', async () => {
    const run = (await project.call('competitiveness.run', { runId: 'R1' }))?.result;
    const floors = (await project.call('competitiveness.floors', {}))?.result.floors ?? [];
    const measured = [
      { id: 'R1', confusion: run?.test.confusion },
      ...floors.map(({ id, evaluation }) => ({ id, confusion: evaluation.confusion })),
    ];
    expect(measured.map(({ id }) => id)).toEqual(['R1', 'majority', 'tfidf', 'frozen']);
    for (const { id, confusion } of measured) {
      for (const [a, actual] of (confusion?.labels ?? []).entries()) {
        for (const [p, predicted] of (confusion?.labels ?? []).entries()) {
          const rows = await allRows({ type: 'confusion', runId: id, actual, predicted });
          expect([id, actual, predicted, rows.length]).toEqual([id, actual, predicted, confusion?.counts[a]?.[p]]);
          for (const row of rows)
            expect([cell(row, 'c5'), note(row, 'actual'), note(row, 'predicted')]).toEqual([actual, actual, predicted]);
        }
      }
    }
  });

  it('of what a run fixed and broke say what run and reference predicted', async () => {
    const compared = await project.call('competitiveness.compare', { runId: 'R1', referenceId: 'majority' });
    const counts = {
      fixed: compared.fixed,
      broken: compared.broken,
      'both-right': compared.bothRight,
      'both-wrong': compared.bothWrong,
    };
    expect(compared.fixed).toBeGreaterThan(0);
    let seen = 0;
    for (const [change, count] of Object.entries(counts) as [keyof typeof counts, number][]) {
      const rows = await allRows({ type: 'difference', runId: 'R1', referenceId: 'majority', change });
      expect([change, rows.length]).toEqual([change, count]);
      seen += rows.length;
      for (const row of rows) {
        const actual = cell(row, 'c5');
        const right = note(row, 'predicted') === actual;
        const rightBefore = note(row, 'reference') === actual;
        expect(right ? (rightBefore ? 'both-right' : 'fixed') : rightBefore ? 'broken' : 'both-wrong').toBe(change);
      }
    }
    expect(seen).toBe(compared.rows);
  });

  it('of a run stay those that it was measured on when labels and split are made anew', async () => {
    const ref = { type: 'difference', runId: 'R1', referenceId: 'majority', change: 'fixed' } as const;
    const before = await allRows(ref);
    const inTrain = await allRows({ type: 'label', label: 'loan', part: 'train' });
    await project.done('competitiveness.chooseLabels', { type: 'topics' });
    expect(await allRows(ref)).toEqual(before);
    expect(await allRows({ type: 'label', label: 'loan', part: 'train' })).toEqual(inTrain);
    await project.done('competitiveness.prepareData', {
      test: { type: 'share', share: 0.3 },
      devShare: 0.1,
      modelId: MODEL,
      maxLength: 32,
      seed: 8,
    });
    expect(await allRows(ref)).toEqual(before);
    expect(await project.call('competitiveness.compare', { runId: 'R1', referenceId: 'majority' })).toMatchObject({
      fixed: before.length,
    });
    await project.done('competitiveness.measureFloors', { modelId: MODEL, seed: 7 });
    expect((await project.refusal('competitiveness.compare', { runId: 'R1', referenceId: 'majority' })).code).toBe(
      'competitiveness.other-test-rows',
    );
    expect((await project.refusal('project.rows', { ref, offset: 0, limit: 1 })).code).toBe(
      'competitiveness.other-test-rows',
    );
  });
});

it('a number that is not there is refused by name', async () => {
  const refused = (ref: EvidenceRef) => project.refusal('project.rows', { ref, offset: 0, limit: 1 });
  expect((await refused({ type: 'dataset', datasetId: 'd9' })).code).toBe('artifact.not-found');
  expect((await refused({ type: 'topic', topicId: 'none' })).code).toBe('artifact.not-found');
  expect((await refused({ type: 'need', needId: 'none', segment: null })).code).toBe('artifact.not-found');
  expect((await refused({ type: 'confusion', runId: 'R9', actual: 'a', predicted: 'b' })).code).toBe(
    'artifact.not-found',
  );
  expect((await refused({ type: 'clean', datasetId: 'd1', step: 'no-such-step' })).code).toBe('artifact.not-found');
});
