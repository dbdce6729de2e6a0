import { describe, expect, it } from 'vitest';
import { createRng, shuffle } from '../../rng.ts';
import { computeF1, type F1Output } from './f1.ts';
import { type NeedSource, NO_TEXT } from './need-sources.ts';
import { combineParts } from './need-weights.ts';
import { DEFAULT_PART_WEIGHTS, type NeedsSetup, needsResultSchema } from './results.ts';

const NAMES = ['accuracy', 'speed', 'fees', 'login'];
const TOPIC_IDS = NAMES.map((name) => `t-${name}`);
const setup: NeedsSetup = {
  needs: NAMES.map((name, i) => ({
    id: `n${i}`,
    name,
    topicIds: [`t-${name}`],
    items: [{ datasetId: 'd1', columnId: `c${i}` }],
  })),
  grouping: 'topics',
  partWeights: DEFAULT_PART_WEIGHTS,
};

const empty = { respondentIds: null, satisfaction: null, topics: null, segments: null, periods: null, outcome: null };

/** A survey and comments in which the first need drives the outcome, is named most and is heard as the worst. */
function planted(respondents: number, seed: number): [NeedSource, NeedSource] {
  const rng = createRng(seed);
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const items = NAMES.map(() => new Float64Array(respondents));
  const outcome = new Float64Array(respondents);
  for (let row = 0; row < respondents; row++) {
    const mood = 0.1 * rng.normal();
    items.forEach((item, i) => {
      item[row] = clip((i === 0 ? 0.45 : 0.65) + mood + 0.15 * rng.normal());
    });
    outcome[row] = clip(0.1 + 0.7 * items[0]![row]! + 0.1 * items[1]![row]! + 0.1 * rng.normal());
  }
  const comments = 2 * respondents;
  const topics = Float64Array.from({ length: comments }, () => {
    const u = rng.float();
    return u < 0.4 ? 0 : u < 0.6 ? 1 : u < 0.75 ? 2 : u < 0.9 ? 3 : -1;
  });
  return [
    {
      ...empty,
      datasetId: 'd1',
      name: 'survey',
      rows: respondents,
      respondentIds: Array.from({ length: respondents }, (_, row) => `r${row}`),
      satisfaction: outcome,
      segments: Array.from({ length: respondents }, (_, row) => (row % 8 === 0 ? 'branch' : 'online')),
      items: items.map((satisfaction, i) => ({ columnId: `c${i}`, satisfaction })),
      outcome,
    },
    {
      ...empty,
      datasetId: 'd2',
      name: 'comments',
      rows: comments,
      respondentIds: Array.from({ length: comments }, (_, row) => `r${row >> 1}`),
      satisfaction: topics.map((topic) => clip((topic === 0 ? 0.3 : 0.6) + 0.2 * rng.normal())),
      topics,
      segments: Array.from({ length: comments }, (_, row) => (row % 3 === 0 ? null : 'online')),
      periods: Array.from({ length: comments }, (_, row) => (row % 2 === 0 ? '2025-01' : '2025-02')),
      items: [],
    },
  ];
}

function run(sources: readonly NeedSource[], options: { resamples?: number; seed?: number; setup?: NeedsSetup } = {}) {
  return computeF1({
    sources,
    topicIds: TOPIC_IDS,
    setup: options.setup ?? setup,
    resamples: options.resamples ?? 400,
    seed: options.seed ?? 3,
  });
}

const widths = ({ result }: F1Output) => result.needs.map((need) => need.high! - need.low!);
const sum = (values: readonly (number | null | undefined)[]) =>
  values.reduce((total: number, value) => total + (value ?? 0), 0);

/** All rows once more, said by new respondents. */
function doubled(source: NeedSource): NeedSource {
  const twice = (values: ArrayLike<number>) => Float64Array.from([...Array.from(values), ...Array.from(values)]);
  return {
    ...source,
    rows: 2 * source.rows,
    respondentIds: [...source.respondentIds!, ...source.respondentIds!.map((id) => `copy of ${id}`)],
    satisfaction: twice(source.satisfaction!),
    topics: source.topics && twice(source.topics),
    segments: null,
    periods: null,
    items: source.items.map((item) => ({ ...item, satisfaction: twice(item.satisfaction) })),
    outcome: source.outcome && twice(source.outcome),
  };
}

describe('f1', () => {
  const sources = planted(300, 1);
  const found = run(sources);

  it('has weights and parts that sum to 1, and a result of the agreed form', () => {
    expect(needsResultSchema.parse(found.result)).toEqual(found.result);
    expect(sum(found.result.needs.map((need) => need.weight))).toBeCloseTo(1, 12);
    for (const part of ['driver', 'mention', 'gap'] as const)
      expect(sum(found.result.needs.map((need) => need.parts[part]?.value))).toBeCloseTo(1, 12);
    for (let draw = 0; draw < 400; draw++)
      expect(sum([...found.draws.subarray(draw * 4, draw * 4 + 4)])).toBeCloseTo(1, 5);
  });

  it('puts a planted need first in at least nine of ten resamples', () => {
    expect(found.result.needs[0]).toMatchObject({ rank: 1, rankLow: 1, rankHigh: 1 });
    expect(found.result.needs[0]!.firstShare).toBeGreaterThanOrEqual(0.9);
    expect(found.result.needs[0]!.low).toBeLessThan(found.result.needs[0]!.weight);
    expect(found.result.needs[0]!.high).toBeGreaterThan(found.result.needs[0]!.weight);
  });

  it('does not put it first so often once answers, topics and ratings are shuffled', () => {
    const rng = createRng(8);
    const mixed = sources.map((source) => ({
      ...source,
      items: source.items.map(({ columnId }, i) => ({
        columnId,
        satisfaction: shuffle(
          Float64Array.from(source.items[(i + 1) % 4]!.satisfaction, () => rng.float()),
          rng,
        ),
      })),
      satisfaction: shuffle(Float64Array.from(source.satisfaction!), rng),
      topics: source.topics && source.topics && Float64Array.from(source.topics as Float64Array, () => rng.int(4)),
      outcome: source.outcome && shuffle(Float64Array.from(source.outcome), rng),
    }));
    expect(run(mixed).result.needs[0]!.firstShare).toBeLessThan(0.9);
  });

  it('narrows intervals by about the root of two when everything is said by as many again', () => {
    const [a, b] = planted(800, 5).map((source) => ({ ...source, segments: null, periods: null }));
    const once = run([a!, b!], { resamples: 1500 });
    const twice = run([doubled(a!), doubled(b!)], { resamples: 1500 });
    expect(twice.result.needs.map((need) => need.weight)).toEqual(
      once.result.needs.map((need) => expect.closeTo(need.weight, 10)),
    );
    const ratios = widths(once).map((width, i) => width / widths(twice)[i]!);
    const mean = sum(ratios) / ratios.length;
    expect(mean / Math.SQRT2).toBeGreaterThan(0.9);
    expect(mean / Math.SQRT2).toBeLessThan(1.1);
  });

  it('is wider by respondents than by rows where each respondent repeats himself', () => {
    const [, comments] = planted(300, 2);
    const ids = comments.respondentIds!;
    const topics = Float64Array.from({ length: comments.rows }, (_, row) => comments.topics![row - (row % 2)]!);
    const options = { setup: { ...setup, partWeights: { driver: 0, mention: 1, gap: 0 } } };
    const clustered = run([{ ...comments, topics, respondentIds: ids }], options);
    const byRow = run([{ ...comments, topics, respondentIds: null }], options);
    expect([clustered.result.sources[0]!.unit, byRow.result.sources[0]!.unit]).toEqual(['respondent', 'row']);
    expect(sum(widths(clustered)) / sum(widths(byRow))).toBeGreaterThan(1.25);
  });

  it('repeats with the seed and differs without it', () => {
    expect(run(sources).draws).toEqual(found.draws);
    expect(run(sources, { seed: 4 }).draws).not.toEqual(found.draws);
  });

  it('gives segments of under thirty respondents no interval', () => {
    const few = planted(100, 6);
    expect(
      run(few, { resamples: 100 }).result.segments.map((s) => [s.segment, s.lowBase, s.needs[0]!.low !== null]),
    ).toEqual([
      ['branch', true, false],
      ['online', false, true],
    ]);
  });

  it('stops when the caller throws between resamples', () => {
    let calls = 0;
    const checkCancelled = () => {
      if (++calls === 5) throw new Error('stop');
    };
    expect(() => computeF1({ sources, topicIds: TOPIC_IDS, setup, resamples: 100, seed: 1, checkCancelled })).toThrow(
      'stop',
    );
  });

  it('refuses no needs, and needs of which nothing is known', () => {
    expect(() => run(sources, { setup: { ...setup, needs: [] } })).toThrow('demand.no-needs');
    expect(() => run([{ ...empty, datasetId: 'd9', name: 'x', rows: 3, items: [] }])).toThrow('demand.no-evidence');
  });
});

describe('parts of needs', () => {
  const raw = { driver: [0.3, 0.1, null], mention: [0.2, 0.2, 0.1], gap: [0.1, null, 0.3] };

  it('combine as computed by hand, the weight of a missing part going to the others', () => {
    // values: driver .75 .25 –, mention .4 .4 .2, gap .25 – .75; driver and gap are had by two needs of three
    const scores = [
      0.4 * 0.75 * (2 / 3) + 0.3 * 0.4 + 0.3 * 0.25 * (2 / 3),
      (0.4 / 0.7) * 0.25 * (2 / 3) + (0.3 / 0.7) * 0.4,
      0.5 * 0.2 + 0.5 * 0.75 * (2 / 3),
    ];
    const combined = combineParts(raw, DEFAULT_PART_WEIGHTS)!;
    combined.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(scores[i]! / sum(scores), 12);
    });
    expect(combined.partWeights[2]).toEqual({ driver: 0, mention: 0.5, gap: 0.5 });
    expect(combined.missing).toEqual([]);
  });

  it('follow an edit of the part weights', () => {
    const all = { driver: [0.3, 0.1, 0], mention: [0.2, 0.2, 0.1], gap: [0, 0.1, 0.3] };
    expect(combineParts(all, { driver: 0, mention: 1, gap: 0 })!.weights).toEqual(
      [0.4, 0.4, 0.2].map((v) => expect.closeTo(v, 12)),
    );
    expect(combineParts(all, { driver: 0.5, mention: 0, gap: 0.5 })!.weights).toEqual(
      [0.375, 0.25, 0.375].map((v) => expect.closeTo(v, 12)),
    );
  });

  it('leave out a part that no need has, or that is 0 for all', () => {
    const combined = combineParts({ ...raw, driver: [null, null, null], gap: [0, 0, 0] }, DEFAULT_PART_WEIGHTS)!;
    expect(combined.missing).toEqual(['driver', 'gap']);
    expect(combined.weights).toEqual([0.4, 0.4, 0.2].map((v) => expect.closeTo(v, 12)));
  });

  it('come from a source as counted by hand', () => {
    const source: NeedSource = {
      ...empty,
      datasetId: 'd2',
      name: 'feedback',
      rows: 6,
      satisfaction: [0, 0.5, 1, 1, 0.5, 0.6],
      topics: [0, 0, 1, 1, -1, NO_TEXT],
      periods: ['a', 'b', 'a', null, 'a', 'a'],
      items: [],
    };
    const two: NeedsSetup = { ...setup, needs: setup.needs.slice(0, 2) };
    const { result, evidence } = run([source], { resamples: 100, setup: two });
    expect(result.overallSatisfaction).toBeCloseTo(0.6, 12);
    expect(result.missingParts).toEqual(['driver']);
    expect([...evidence.row].map((row, i) => [row, evidence.need[i]])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
    const [first, second] = result.needs;
    expect(first).toMatchObject({ volume: 2, mentionShare: 0.4, satisfaction: 0.25, gap: expect.closeTo(0.35, 12) });
    expect(second).toMatchObject({ volume: 2, mentionShare: 0.4, satisfaction: 1, gap: 0 });
    expect(first!.parts).toEqual({
      driver: null,
      mention: { raw: 0.4, value: 0.5, partWeight: 0.5 },
      gap: { raw: expect.closeTo(0.35, 12), value: 1, partWeight: 0.5 },
    });
    expect(first!.weight).toBeCloseTo(0.75, 12);
    expect(first!.periods).toEqual([
      { period: 'a', volume: 1, share: 1 / 3, satisfaction: 0 },
      { period: 'b', volume: 1, share: 1, satisfaction: 0.5 },
    ]);
  });

  it('count rows that answer an item for a need without topics, and only texts for the others', () => {
    const [first, ...others] = setup.needs;
    const itemOnly: NeedsSetup = { ...setup, needs: [{ ...first!, topicIds: [] }, ...others] };
    const [survey, comments] = planted(50, 3);
    const { result, evidence } = run([survey, comments], { resamples: 100, setup: itemOnly });
    expect(result.needs[0]).toMatchObject({ volume: 50, mentionShare: null });
    expect(result.needs[0]!.parts.mention).toBeNull();
    expect(evidence.source.filter((source, i) => evidence.need[i] !== 0 && source === 0)).toHaveLength(0);
  });

  it('have drivers from mentions where texts have an outcome but no items', () => {
    const [, comments] = planted(200, 3);
    const { result } = run([{ ...comments, outcome: comments.satisfaction }]);
    expect(result.sources[0]!.drivers!.of).toBe('mentions');
    expect(sum(result.needs.map((need) => need.parts.driver!.raw))).toBeCloseTo(
      result.sources[0]!.drivers!.rSquared,
      10,
    );
    expect(result.needs[0]!.parts.driver!.value).toBeGreaterThan(0.5);
  });
});
