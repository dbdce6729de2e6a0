import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactInfo } from '../../shared/contract/artifact.ts';
import { defaultRecipe, type Recipe } from '../../shared/stages/demand/clean/recipe.ts';
import { FEEDBACK_COLUMNS, HEAD_CONFIG, importPlanted, runFlow, writePlantedFiles } from './planted.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';

const MASKED: Recipe = { ...defaultRecipe, personalData: { enabled: true, kinds: ['email'] } };

let folder: string;
let finished: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-stale-'));
  finished = join(folder, 'finished.csw');
  writePlantedFiles(folder);
  await fromScratch(finished, defaultRecipe);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let open: TestProject | null = null;
afterEach(async () => {
  await open?.engine.dispose();
  open = null;
});

async function fromScratch(path: string, recipe: Recipe): Promise<void> {
  const project = await openTestProject(path, CREATE);
  try {
    await importPlanted(project, folder);
    await runFlow(project, { recipe, config: HEAD_CONFIG });
    expect((await project.call('project.overview', {})).staleSlots).toEqual([]);
  } finally {
    await project.engine.dispose();
  }
}

/** A copy of the finished project, opened. */
async function copy(name: string): Promise<TestProject> {
  const path = join(folder, `${name}.csw`);
  copyFileSync(finished, path);
  open = await openTestProject(path, { type: 'open' });
  return open;
}

const artifactsOf = (project: TestProject) => project.call('project.artifacts', {});
const staleOf = async (project: TestProject) => (await project.call('project.overview', {})).staleSlots.toSorted();

/** Everything made from a slot, directly or not, as the artifacts themselves say. */
function dependents(artifacts: readonly ArtifactInfo[], slot: string): string[] {
  const found = new Set([slot]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const artifact of artifacts) {
      if (artifact.inputs.some((input) => found.has(input.slot))) found.add(artifact.slot);
    }
  }
  found.delete(slot);
  return [...found].sort();
}

const reasonsOf = (artifacts: readonly ArtifactInfo[], slot: string) =>
  artifacts.find((artifact) => artifact.slot === slot)?.stale ?? [];

interface Kept {
  readonly hash: string;
  readonly result: Record<string, unknown>;
  readonly parts: Record<string, { blob: string }>;
}

/** The current artifacts as they stand in the file, with the content hashes of their parts. */
function keptArtifacts(path: string): Map<string, Kept> {
  const db = new Database(path, { readonly: true });
  const rows = db
    .prepare('SELECT a.slot, a.hash, a.result, a.parts FROM artifact a JOIN current_artifact c ON c.artifact_id = a.id')
    .all() as { slot: string; hash: string; result: string; parts: string }[];
  db.close();
  return new Map(
    rows.map(({ slot, hash, result, parts }) => [slot, { hash, result: JSON.parse(result), parts: JSON.parse(parts) }]),
  );
}

describe('what a changed cleaning step makes stale', () => {
  it('is everything made from that dataset and nothing else, for the messages', async () => {
    const project = await copy('messages');
    const before = await artifactsOf(project);
    await project.done('demand.clean', { datasetId: 'd1', recipe: MASKED });
    const stale = await staleOf(project);
    expect(stale).toEqual(dependents(before, 'demand.clean:d1'));
    expect(stale).toEqual([
      'competitiveness.decision',
      'competitiveness.floors',
      'competitiveness.labels',
      'competitiveness.run:R1',
      'competitiveness.split',
      'demand.embeddings:d1',
      'demand.needs',
      'demand.requirements',
      'demand.satisfaction',
      'demand.scores',
      'demand.topics',
    ]);
    expect(reasonsOf(await artifactsOf(project), 'demand.embeddings:d1')).toEqual([
      { type: 'input-changed', slot: 'demand.clean:d1' },
    ]);
  });

  it('is everything made from that dataset and nothing else, for the survey', async () => {
    const project = await copy('survey');
    const before = await artifactsOf(project);
    await project.done('demand.clean', {
      datasetId: 'd2',
      recipe: { ...defaultRecipe, straightLiners: { enabled: true, minItems: 3 } },
    });
    const stale = await staleOf(project);
    expect(stale).toEqual(dependents(before, 'demand.clean:d2'));
    expect(stale).toEqual([
      'competitiveness.decision',
      'demand.drivers:d2',
      'demand.needs',
      'demand.satisfaction',
      'demand.scores',
    ]);
  });

  it('is nothing where the cleaned rows come out equal', async () => {
    const project = await copy('equal');
    const hashOf = async () => (await artifactsOf(project)).find(({ slot }) => slot === 'demand.clean:d1')?.hash;
    const before = await hashOf();
    const recipe: Recipe = { ...defaultRecipe, straightLiners: { enabled: false, minItems: 9 } };
    await project.done('demand.clean', { datasetId: 'd1', recipe });
    expect((await project.call('demand.cleaning', { datasetId: 'd1' })).recipe).toEqual(recipe);
    expect(await hashOf()).toBe(before);
    expect(await staleOf(project)).toEqual([]);
    expect((await project.refusal('project.recompute', { includeTraining: true })).code).toBe('artifact.nothing-stale');
  });
});

describe('recompute', () => {
  it('ends with the results of a project made from scratch with the same choices; training only when asked for', async () => {
    const fresh = join(folder, 'fresh.csw');
    await fromScratch(fresh, MASKED);
    const expected = keptArtifacts(fresh);

    const project = await copy('recomputed');
    await project.done('demand.clean', { datasetId: 'd1', recipe: MASKED });
    await project.done('project.recompute', { includeTraining: false });
    expect(await staleOf(project)).toEqual(['competitiveness.decision', 'competitiveness.run:R1']);
    const between = await artifactsOf(project);
    for (const { slot, hash, stale } of between) {
      if (stale.length === 0) expect([slot, hash]).toEqual([slot, expected.get(slot)?.hash]);
    }

    await project.done('project.recompute', { includeTraining: true });
    expect(await staleOf(project)).toEqual([]);
    const { path } = project.engine;
    await project.engine.dispose();
    open = null;
    const found = keptArtifacts(path);
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
    const run = (kept: Map<string, Kept>) => {
      const { result, parts } = kept.get('competitiveness.run:R1') as Kept;
      const { test, dev, steps, testLock, config } = result;
      return {
        test,
        dev,
        steps,
        testLock,
        config,
        predictions: parts.predictions?.blob,
        weights: parts.weights?.blob,
      };
    };
    expect(run(found)).toEqual(run(expected));
    // What a clock decides (latency, duration, memory) stays out of a run's hash.
    expect(found.get('competitiveness.run:R1')?.hash).toBe(expected.get('competitiveness.run:R1')?.hash);
    const decision = (kept: Map<string, Kept>) => {
      const { needs, answer, strategies } = (kept.get('competitiveness.decision') as Kept).result as {
        needs: unknown;
        answer: unknown;
        strategies: { id: string; score: unknown; firstShare: unknown; contributions: unknown }[];
      };
      return {
        needs,
        answer,
        strategies: strategies.map(({ id, score, firstShare, contributions }) => ({
          id,
          score,
          firstShare,
          contributions,
        })),
      };
    };
    expect(decision(found)).toEqual(decision(expected));
  });
});

describe('datasets that come and go', () => {
  it('a removed dataset is named as the reason', async () => {
    const project = await copy('removed');
    await project.call('demand.removeDataset', { datasetId: 'd2' });
    const artifacts = await artifactsOf(project);
    expect(artifacts.filter(({ slot }) => slot.endsWith(':d2'))).toEqual([]);
    expect(reasonsOf(artifacts, 'demand.satisfaction')).toEqual([{ type: 'input-removed', slot: 'demand.clean:d2' }]);
    expect(reasonsOf(artifacts, 'demand.scores')).toEqual([{ type: 'input-removed', slot: 'demand.clean:d2' }]);
    expect(reasonsOf(artifacts, 'demand.needs')).toContainEqual({ type: 'input-removed', slot: 'demand.drivers:d2' });
    expect(reasonsOf(artifacts, 'competitiveness.decision')).toEqual([
      { type: 'upstream-stale', slot: 'demand.needs' },
    ]);
    expect(reasonsOf(artifacts, 'demand.topics')).toEqual([]);
    await project.done('project.recompute', { includeTraining: true });
    expect(await staleOf(project)).toEqual([]);
    const needs = await project.call('demand.needs', {});
    expect(needs?.result.sources.map(({ datasetId }) => datasetId)).toEqual(['d1']);
  });

  it('an added dataset is named as the reason once it is cleaned', async () => {
    const project = await copy('added');
    const rows = [1, 2, 3].map((n) => [
      `new-${n}`,
      'private',
      '2026-03-01',
      `New message number ${n} about the branch queue`,
      3,
      'queue',
    ]);
    writeFileSync(
      join(folder, 'more.csv'),
      csv(
        FEEDBACK_COLUMNS.map(({ name }) => name),
        rows,
      ),
    );
    await project.done('demand.importSource', {
      sourceId: `file:${join(folder, 'more.csv')}`,
      name: 'More',
      kind: 'feedback',
      overrides: {},
      columns: FEEDBACK_COLUMNS,
    });
    expect(await staleOf(project)).toEqual([]);
    await project.done('demand.clean', { datasetId: 'd3', recipe: defaultRecipe });
    const artifacts = await artifactsOf(project);
    const added = { type: 'input-added', slot: 'demand.clean:d3' };
    for (const slot of ['demand.topics', 'demand.satisfaction', 'demand.scores', 'demand.requirements']) {
      expect([slot, reasonsOf(artifacts, slot)]).toEqual([slot, [added]]);
    }
    expect(reasonsOf(artifacts, 'demand.needs')).toContainEqual(added);
    // The labels were taken from columns of the first dataset: they and what was trained on them stand.
    for (const slot of ['competitiveness.labels', 'competitiveness.split', 'competitiveness.run:R1']) {
      expect(reasonsOf(artifacts, slot)).toEqual([]);
    }
    await project.done('project.recompute', { includeTraining: false });
    expect(await staleOf(project)).toEqual([]);
    expect((await project.call('demand.topics', {}))?.result.texts).toBe(
      artifactsTexts(await project.call('demand.datasets', {})),
    );
  });
});

function artifactsTexts(datasets: readonly { clean: { textRows: number } | null }[]): number {
  return datasets.reduce((sum, { clean }) => sum + (clean?.textRows ?? 0), 0);
}
