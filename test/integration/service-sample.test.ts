import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleNeeds } from '../../scripts/samples/needs.ts';
import { serviceRest } from '../../scripts/samples/rest-service.ts';
import type { Input } from '../../shared/contract/index.ts';
import { createRng, shuffle } from '../../shared/rng.ts';
import type { TicketsResult } from '../../shared/stages/service/results.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { writeTinyModel } from './tiny-model.ts';

const SAMPLE = join(import.meta.dirname, '../../resources/samples/en');
const counted = z.strictObject({ met: z.int(), breached: z.int(), undecided: z.int() });
const measures = z.strictObject({ firstResponse: counted, resolution: counted });
const planted = z
  .object({
    tickets: z.object({
      slowTeam: z.string(),
      sla: measures,
      slaByTeam: z.record(z.string(), measures),
      unreadableCreationTimes: z.array(z.object({ id: z.string() })),
      resolvedBeforeCreation: z.array(z.string()),
    }),
    roundMessages: z.object({ newRequestType: z.string() }),
    roundQuestionnaire: z.object({ added: z.object({ explainability: z.number(), overall: z.number() }) }),
  })
  .parse(JSON.parse(readFileSync(join(SAMPLE, 'planted.json'), 'utf8')));

let folder: string;
let project: TestProject;

async function importFile(path: string, kind: Input<'demand.importSource'>['kind']): Promise<string> {
  await project.done('demand.importSource', {
    sourceId: `file:${path}`,
    name: path.split('/').at(-1)!,
    kind,
    overrides: {},
    columns: null,
  });
  return (await project.call('demand.datasets', {})).at(-1)!.id;
}

/** The sample's own request, for another dataset. */
function analysis(datasetId: string): Input<'service.analyseTickets'> {
  const step = serviceRest('en').find(({ request }) => request === 'service.analyseTickets');
  return { ...(step!.input as Input<'service.analyseTickets'>), datasetId };
}

async function analysed(datasetId: string): Promise<TicketsResult> {
  await project.done('service.analyseTickets', analysis(datasetId));
  return (await project.call('service.tickets', { datasetId }))!.result;
}

const rowsBehind = async (ref: Input<'project.rows'>['ref']) =>
  (await project.call('project.rows', { ref, offset: 0, limit: 1 })).total;

/** A sample file with the values of one column dealt anew. */
function shuffled(name: string, column: string): string {
  const { data, meta } = Papa.parse<Record<string, string>>(readFileSync(join(SAMPLE, name), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const values = shuffle(
    data.map((row) => row[column] ?? ''),
    createRng(3),
  );
  const header = meta.fields ?? [];
  const path = join(folder, `shuffled-${name}`);
  writeFileSync(
    path,
    csv(
      header,
      data.map((row, at) => header.map((field) => (field === column ? values[at]! : (row[field] ?? '')))),
    ),
  );
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-service-sample-'));
  const modelsFolder = join(folder, 'models');
  // What texts mean does not matter here: a tiny encoder in the place of the real one.
  await writeTinyModel(join(modelsFolder, 'all-MiniLM-L6-v2'));
  mkdirSync(join(folder, 'data'));
  project = await openTestProject(join(folder, 'p.csw'), CREATE, { modelsFolder });
  for (const [name, kind] of [
    ['messages.csv', 'feedback'],
    ['questionnaire.csv', 'questionnaire'],
    ['tickets.csv', 'tickets'],
    ['round-messages.csv', 'round'],
    ['round-questionnaire.csv', 'round'],
  ] as const) {
    copyFileSync(join(SAMPLE, name), join(folder, 'data', name));
    await importFile(join(folder, 'data', name), kind);
  }
}, 60_000);
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('tickets of the sample', () => {
  it('have exactly the planted shares, and the slow team alone is worse', async () => {
    const result = await analysed('d3');
    for (const { measure, sla, groups } of result.measures) {
      expect(sla).toMatchObject(planted.tickets.sla[measure]);
      const teams = groups.find(({ by }) => by === 'team')!.rows;
      for (const { value, sla: ofTeam } of teams) {
        expect(ofTeam).toMatchObject(planted.tickets.slaByTeam[value!]![measure]);
      }
      expect(teams.filter(({ againstRest }) => againstRest?.verdict === 'worse').map(({ value }) => value)).toEqual([
        planted.tickets.slowTeam,
      ]);
    }
    expect(result.unreadable.map(({ rows }) => rows)).toEqual([planted.tickets.unreadableCreationTimes.length]);
    expect(result.notices).toContainEqual({
      code: 'times-out-of-order',
      severity: 'warning',
      params: { rows: planted.tickets.resolvedBeforeCreation.length },
    });
  });

  it('open exactly the rows that each bar counts', async () => {
    const { measures: found, unreadable } = (await project.call('service.tickets', { datasetId: 'd3' }))!.result;
    for (const { measure, n, done, open, sla, groups } of found) {
      const of = (state: 'all' | 'done' | 'open' | 'met' | 'breached' | 'undecided') =>
        rowsBehind({ type: 'ticket', datasetId: 'd3', measure, state, by: null, value: null });
      expect([await of('all'), await of('done'), await of('open')]).toEqual([n, done, open]);
      expect([await of('met'), await of('breached'), await of('undecided')]).toEqual([
        sla!.met,
        sla!.breached,
        sla!.undecided,
      ]);
      for (const { by, rows } of groups) {
        for (const { value, sla: share } of rows) {
          const ref = { type: 'ticket', datasetId: 'd3', measure, state: 'breached', by, value } as const;
          expect(await rowsBehind(ref)).toBe(share!.breached);
        }
      }
    }
    const { columnId, rows } = unreadable[0]!;
    const bad = { measure: 'resolution', state: 'unreadable', by: null, value: columnId } as const;
    expect(await rowsBehind({ type: 'ticket', datasetId: 'd3', ...bad })).toBe(rows);
  });

  it('have no slow team once teams are dealt anew', async () => {
    const datasetId = await importFile(shuffled('tickets.csv', 'team'), 'tickets');
    const { measures: found } = await analysed(datasetId);
    const verdicts = found.flatMap(({ groups }) =>
      groups.find(({ by }) => by === 'team')!.rows.map(({ againstRest }) => againstRest?.verdict),
    );
    expect(new Set(verdicts)).toEqual(new Set(['unclear']));
    await project.call('demand.removeDataset', { datasetId });
  });

  it('are refused in words where the creation column holds no time', async () => {
    const wrong = { ...analysis('d3'), columns: { ...analysis('d3').columns, createdAt: 'c5' } };
    const job = await project.settle('service.analyseTickets', wrong);
    expect(job.state).toMatchObject({ type: 'failed', error: { code: 'service.no-tickets' } });
  });
});

const setRounds = (second: readonly string[]) =>
  project.call('service.setRounds', {
    rounds: [
      { id: 'round-2', name: 'After', date: '2026-11-30', datasetIds: [...second] },
      { id: 'round-1', name: 'Before', date: '2026-08-31', datasetIds: ['d1', 'd2'] },
    ],
  });
const verdicts = async () => {
  await project.done('service.computeRounds', {});
  const { series } = (await project.call('service.rounds', {}))!.result;
  return new Map(series.map(({ id, differences }) => [id, differences[0]!]));
};

describe('rounds of the sample', () => {
  it('show the planted improvements and no other, months after go-live beyond the limits', async () => {
    await setRounds(['d4', 'd5']);
    const found = await verdicts();
    const { explainability, overall } = planted.roundQuestionnaire.added;
    const item = found.get('item:explainability@1-5')!;
    expect(item.low!).toBeLessThanOrEqual(explainability);
    expect(item.high!).toBeGreaterThanOrEqual(explainability);
    const mean = found.get('mean@1-5')!;
    expect([mean.low! > 0, mean.low! <= overall, mean.high! >= overall]).toEqual([true, true, true]);
    expect([...found].filter(([, { verdict }]) => verdict === 'worse')).toEqual([]);
    const better = [...found].filter(([, { verdict }]) => verdict === 'better').map(([id]) => id);
    expect(better.sort()).toEqual(
      [
        'csat:overall_satisfaction@1-5',
        'csat:satisfaction@1-5',
        'item:explainability@1-5',
        'mean@1-5',
        'nps@0-10',
      ].sort(),
    );
    const { series, rounds } = (await project.call('service.rounds', {}))!.result;
    expect(rounds.map(({ id }) => id)).toEqual(['round-1', 'round-2']);
    const chart = series.find(({ id }) => id === 'csat:satisfaction@1-5')!.chart!;
    expect([chart.type, chart.by, chart.baseline]).toEqual(['p', 'month', 'first-round']);
    for (const { roundId, rules } of chart.points) expect(rules.includes(1)).toBe(roundId === 'round-2');
    for (const { id, rounds: scored } of series) {
      for (const { roundId, score } of scored) {
        expect(await rowsBehind({ type: 'roundScore', roundId, seriesId: id, answer: null })).toBe(score.n);
      }
    }
  });
});

describe('adoption of the second round', () => {
  it('makes f1 stale, tells what changed in it, and is taken back', async () => {
    await project.call('demand.setNeeds', sampleNeeds('en'));
    await project.done('demand.computeNeeds', { resamples: 200, seed: 42 });
    expect((await project.call('service.demandChange', {})).adopted).toEqual([]);
    for (const datasetId of ['d4', 'd5']) await project.call('service.adoptRound', { datasetId });
    const before = await project.call('service.demandChange', {});
    expect(before.stale).toContain('demand.needs');
    expect(before.adopted.map(({ datasetId }) => datasetId)).toEqual(['d4', 'd5']);
    expect([before.needs, before.now?.artifactId]).toEqual([[], before.before?.artifactId]);
    const heaviest = (await project.call('demand.needs', {}))!.result.needs.find(({ rank }) => rank === 1)!;
    await project.call('competitiveness.setStrategies', {
      referenceId: null,
      limits: { latencyP95Ms: null, sizeMb: null, mustBe: [{ needId: heaviest.id, minimumAccuracy: 0.8 }] },
      others: [],
      decisionShare: 0.8,
    });
    await project.done('project.recompute', { includeTraining: false });
    const after = await project.call('service.demandChange', {});
    expect(after.stale).toEqual([]);
    expect(after.now?.artifactId).not.toBe(after.before?.artifactId);
    const explainability = after.needs.find(({ now }) => now?.name === 'explainability')!;
    expect([explainability.matchedBy, explainability.change]).toEqual(['id', 'lighter']);
    expect(after.needs.filter(({ change }) => change === 'new').map(({ now }) => now?.name)).toEqual([
      planted.roundMessages.newRequestType,
    ]);
    expect(after.needs.filter(({ change }) => change === 'gone')).toEqual([]);
    expect(after.premises).toMatchObject([
      { slot: 'competitiveness.strategies', needId: heaviest.id, change: 'lighter' },
    ]);
    for (const datasetId of ['d4', 'd5']) await project.call('service.withdrawRound', { datasetId });
    expect((await project.call('service.demandChange', {})).stale).toContain('demand.needs');
  }, 120_000);

  it('is refused for data that is no later round', async () => {
    expect((await project.refusal('service.adoptRound', { datasetId: 'd1' })).code).toBe('service.not-adoptable');
  });
});

describe('the backlog', () => {
  it('is refused in words where nothing was measured that could be improved', async () => {
    const job = await project.settle('service.computeBacklog', { draws: 100, seed: 1 });
    expect(job.state).toMatchObject({ type: 'failed', error: { code: 'service.nothing-to-improve' } });
  });
});
