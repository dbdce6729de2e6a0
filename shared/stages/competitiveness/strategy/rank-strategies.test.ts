import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/strategy.json' with { type: 'json' };
import { createRng } from '../../../rng.ts';
import { rankStrategies } from './rank-strategies.ts';
import { strategyResultSchema } from './results.ts';
import type { CandidateGain, StrategyCandidate, StrategyInput } from './strategy-input.ts';

const ROWS = 400;
/** Rows alternate between needs; right with the probability given per need. */
function rightWith(probability: readonly number[], seed: number): Uint8Array {
  const rng = createRng(seed);
  return Uint8Array.from({ length: ROWS }, (_, row) => (rng.float() < probability[row % probability.length]! ? 1 : 0));
}

function run(id: string, correct: Uint8Array | null, change: Partial<StrategyCandidate> = {}): StrategyCandidate {
  return { id, name: id, type: 'model', correct, gains: [], exclusions: [], latencyP95Ms: 10, sizeMb: 50, ...change };
}

const assumed = (needId: string, low: number, high: number): CandidateGain => ({
  needId,
  source: { type: 'assumed', low, high },
});
const shown = (needId: string, value: number, standardError: number): CandidateGain => ({
  needId,
  source: {
    type: 'experiment',
    experimentId: 'E1',
    metricId: 'c3',
    metric: 'understood',
    arm: 'B',
    units: 2400,
    value,
    low: value - 1.96 * standardError,
    high: value + 1.96 * standardError,
    standardError,
  },
});
const need = (needId: string, weight: number) => ({ needId, name: needId, weight });
const noLimits = { latencyP95Ms: null, sizeMb: null, mustBe: [] };
const floor = { id: 'floor', name: 'floor', correct: rightWith([0.6, 0.6], 1), latencyP95Ms: 1, sizeMb: 1 };

function input(candidates: readonly StrategyCandidate[], change: Partial<StrategyInput> = {}): StrategyInput {
  return {
    needs: [need('accuracy', 0.7), need('speed', 0.3)],
    weightDraws: Float32Array.of(0.7, 0.3, 0.65, 0.35, 0.75, 0.25),
    candidates,
    reference: floor,
    rowNeeds: Int32Array.from({ length: ROWS }, (_, row) => row % 2),
    limits: noLimits,
    decisionShare: 0.8,
    draws: 1000,
    rng: createRng(9),
    ...change,
  };
}

const better = run('better', rightWith([0.95, 0.9], 2));
const weak = run('weak', rightWith([0.7, 0.7], 3));

describe('g: strategies ranked on needs', () => {
  it('agrees with row-by-row resampling in numpy', () => {
    const result = rankStrategies(
      input(
        golden.runs.map((correct, i) => run(`run ${i + 1}`, Uint8Array.from(correct))),
        {
          needs: golden.weights.map((weight, i) => need(`need ${i}`, weight)),
          weightDraws: Float32Array.from(golden.weightDraws),
          reference: { ...floor, id: 'run 0', correct: Uint8Array.from(golden.reference) },
          rowNeeds: Int32Array.from(golden.rowNeeds),
          draws: 10_000,
        },
      ),
    );
    for (const strategy of result.strategies) {
      const i = Number(strategy.id.slice(4));
      strategy.rankShares?.forEach((share, rank) => {
        expect(Math.abs(share - golden.rankShares[i]![rank]!)).toBeLessThan(0.02);
      });
      expect(strategy.score.value).toBeCloseTo(i === 0 ? 0 : golden.scores[i - 1]!, 12);
      expect(Math.abs(strategy.score.low - golden.intervals[i]![0]!)).toBeLessThan(0.005);
      expect(Math.abs(strategy.score.high - golden.intervals[i]![1]!)).toBeLessThan(0.005);
    }
    const plans = { model: [], product: [], experience: [] };
    expect(strategyResultSchema.parse({ ...result, plans })).toEqual({ ...result, plans });
  });

  it('decides for a planted better run, and scores it as the sum of weight × gain', () => {
    const result = rankStrategies(input([weak, better]));
    expect(result.answer).toMatchObject({ type: 'decided', strategyId: 'better', basis: 'measured' });
    const first = result.strategies[0]!;
    expect(first.score.value).toBeCloseTo(
      first.contributions.reduce((sum, { contribution }) => sum + contribution, 0),
      12,
    );
    const accuracyOf = (correct: Uint8Array, j: number) =>
      correct.reduce((sum, right, row) => sum + (row % 2 === j ? right : 0), 0) / (ROWS / 2);
    expect(first.contributions[0]?.gain?.value).toBeCloseTo(
      accuracyOf(better.correct!, 0) - accuracyOf(floor.correct, 0),
      12,
    );
  });

  it('repeats with its seed', () => {
    expect(rankStrategies(input([weak, better]))).toEqual(rankStrategies(input([weak, better])));
  });

  it('shares the first place evenly between equal runs and leaves the choice open', () => {
    const result = rankStrategies(input([better, { ...better, id: 'twin' }]));
    expect(result.strategies.slice(0, 2).map(({ firstShare }) => firstShare)).toEqual([
      expect.closeTo(0.5, 9),
      expect.closeTo(0.5, 9),
    ]);
    expect(result.answer).toMatchObject({ type: 'open', question: { type: 'equal', strategyIds: ['better', 'twin'] } });
  });

  it('puts runs of equal skill but different errors near one half each', () => {
    const shares: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const [a, b] = [run('a', rightWith([0.9, 0.9], 100 + seed)), run('b', rightWith([0.9, 0.9], 200 + seed))];
      const { strategies } = rankStrategies(input([a, b], { draws: 300 }));
      shares.push(strategies.find(({ id }) => id === 'a')!.firstShare);
    }
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) / shares.length - 0.5)).toBeLessThan(0.15);
  });

  it('decides nothing on shuffled labels', () => {
    let decided = 0;
    for (let seed = 0; seed < 40; seed++) {
      const candidates = ['a', 'b', 'c'].map((id, i) => run(id, rightWith([0.2, 0.2], 1000 + seed * 10 + i)));
      const reference = { ...floor, correct: rightWith([0.2, 0.2], 1009 + seed * 10) };
      if (rankStrategies(input(candidates, { reference, draws: 300 })).answer.type === 'decided') decided++;
    }
    // Each of three runs beats the reference at the 2.5 % level by chance, and must lead the others as well.
    expect(decided).toBeLessThanOrEqual(3);
  });

  it('asks for proof of a gain where a lead may be chance', () => {
    const reference = { ...floor, correct: better.correct! };
    const oneMore = better.correct!.slice();
    const wrong = oneMore.indexOf(0);
    oneMore[wrong] = 1;
    const result = rankStrategies(input([run('one more', oneMore)], { reference, decisionShare: 0.6 }));
    expect(result.answer).toMatchObject({ type: 'open', question: { type: 'gain-not-shown', strategyId: 'one more' } });
  });

  it('decides for the reference only where every run is shown to be worse', () => {
    const reference = { ...floor, correct: better.correct! };
    expect(rankStrategies(input([weak], { reference })).answer).toMatchObject({ type: 'decided', strategyId: 'floor' });
    const oneLess = better.correct!.slice();
    oneLess[oneLess.indexOf(1)] = 0;
    expect(rankStrategies(input([run('one less', oneLess)], { reference, decisionShare: 0.6 })).answer).toMatchObject({
      type: 'open',
      question: { type: 'gain-not-shown', strategyId: 'one less' },
    });
  });

  it('excludes by limits on latency, size and must-be needs, and says value and bound', () => {
    const slow = { ...better, id: 'slow', latencyP95Ms: 90 };
    const large = { ...better, id: 'large', sizeMb: 400 };
    const uneven = run('uneven', rightWith([0.99, 0.3], 4));
    const limits = { latencyP95Ms: 50, sizeMb: 100, mustBe: [{ needId: 'speed', minimumAccuracy: 0.55 }] };
    const result = rankStrategies(input([slow, large, uneven, weak], { limits }));
    expect(result.answer).toMatchObject({ type: 'decided', strategyId: 'weak' });
    const excluded = result.strategies.filter(({ feasible }) => !feasible);
    expect(
      excluded.map(({ id, firstShare, rankShares, pareto, limits: checks }) => [
        id,
        firstShare,
        rankShares,
        pareto,
        checks.filter(({ status }) => status === 'violated').map(({ limit, bound }) => `${limit} ${bound}`),
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['slow', 0, null, false, ['latency-p95-ms 50']],
        ['large', 0, null, false, ['size-mb 100']],
        ['uneven', 0, null, false, ['must-be-accuracy 0.55']],
      ]),
    );
  });

  it('says so when even the reference breaks a limit', () => {
    const limits = { ...noLimits, mustBe: [{ needId: 'speed', minimumAccuracy: 1 }] };
    expect(rankStrategies(input([weak, better], { limits })).answer).toEqual({ type: 'none-feasible' });
  });

  it('does not decide for a strategy whose limit was never measured', () => {
    const result = rankStrategies(
      input([{ ...better, latencyP95Ms: null }], { limits: { ...noLimits, latencyP95Ms: 50 } }),
    );
    expect(result.answer).toMatchObject({
      type: 'open',
      question: { type: 'limit-unknown', strategyId: 'better', limit: 'latency-p95-ms', needId: null },
    });
  });

  const threeNeeds = {
    needs: [need('accuracy', 0.5), need('speed', 0.2), need('explanations', 0.3)],
    weightDraws: new Float32Array(),
  };
  const screen = run('screen', null, {
    gains: [assumed('explanations', 0.05, 0.15)],
    latencyP95Ms: null,
    sizeMb: null,
  });

  it('marks what is assumed, and names needs that nothing covers', () => {
    const both = { ...better, id: 'both', gains: [...screen.gains, assumed('speed', 0.9, 0.9)] };
    const result = rankStrategies(input([better, screen, both], threeNeeds));
    const byId = Object.fromEntries(result.strategies.map((strategy) => [strategy.id, strategy]));
    expect([byId.better?.basis, byId.screen?.basis, byId.both?.basis]).toEqual(['measured', 'assumption', 'mixed']);
    expect(byId.better?.uncoveredWeight).toBeCloseTo(0.3, 12);
    expect(byId.screen?.uncoveredWeight).toBeCloseTo(0.7, 12);
    expect(byId.both?.uncoveredWeight).toBe(0);
    expect(byId.screen?.score.value).toBeCloseTo(0.3 * 0.1, 12);
    // Uniform between the bounds: the middle 95 % reaches from 2.5 % to 97.5 % of the range.
    expect(Math.abs(byId.screen!.score.low - 0.3 * 0.0525)).toBeLessThan(0.001);
    expect(Math.abs(byId.screen!.score.high - 0.3 * 0.1475)).toBeLessThan(0.001);
    // A measured gain takes the place of an assumed one.
    expect(byId.both?.contributions.map(({ basis }) => basis)).toEqual(['measured', 'measured', 'assumption']);
    expect(result.unmeasuredNeeds).toEqual(['explanations']);
    expect(result.answer).toMatchObject({ type: 'decided', strategyId: 'both', basis: 'mixed' });
  });

  it('asks to measure an assumption where the doubt comes from it', () => {
    const wide = { ...better, id: 'wide', gains: [assumed('explanations', -0.4, 0.4)] };
    const result = rankStrategies(input([better, wide], threeNeeds));
    expect(result.answer).toMatchObject({
      type: 'open',
      question: { type: 'assumption', strategyId: 'wide', needId: 'explanations' },
    });
  });

  it('draws the effect of an experiment from its standard error, and the same for all that rest on it', () => {
    const tried = run('tried', null, { type: 'product', gains: [shown('explanations', 0.1, 0.02)] });
    const result = rankStrategies(input([tried, { ...tried, id: 'again' }], { ...threeNeeds, draws: 4000 }));
    expect([result.withoutU, rankStrategies(input([better, screen], threeNeeds)).withoutU]).toEqual([false, true]);
    const [first, second] = result.strategies.filter(({ isReference }) => !isReference);
    expect(first).toMatchObject({ basis: 'experiment', type: 'product' });
    expect(first?.contributions[2]).toMatchObject({ basis: 'experiment', source: { experimentId: 'E1', units: 2400 } });
    expect(first?.score.value).toBeCloseTo(0.3 * 0.1, 12);
    // Normal: 0.3 × (0.1 ± 1.96 × 0.02).
    expect(Math.abs(first!.score.low - 0.3 * 0.0608)).toBeLessThan(0.001);
    expect(Math.abs(first!.score.high - 0.3 * 0.1392)).toBeLessThan(0.001);
    expect(second?.score).toEqual(first?.score);
    expect([first?.firstShare, second?.firstShare]).toEqual([0.5, 0.5]);
  });

  it('takes an experiment before an assumption, and decides on an experiment alone', () => {
    const gains = [assumed('explanations', 0.5, 0.5), shown('explanations', 0.1, 0.01)];
    const result = rankStrategies(input([run('tried', null, { gains })], threeNeeds));
    expect(result.strategies[0]?.score.value).toBeCloseTo(0.03, 12);
    expect(result.answer).toMatchObject({ type: 'decided', strategyId: 'tried', basis: 'experiment' });
  });

  it('keeps out what a guardrail or a refused compression excludes', () => {
    const exclusions = [{ type: 'compression-refused' as const, parentId: 'R1' }];
    const result = rankStrategies(input([{ ...better, exclusions }, weak]));
    expect(result.answer).toMatchObject({ type: 'decided', strategyId: 'weak' });
    expect(result.strategies.find(({ id }) => id === 'better')).toMatchObject({
      feasible: false,
      firstShare: 0,
      exclusions,
    });
  });

  it('holds a product to the limits of the model in use: its own latency where it names one, the reference’s accuracy', () => {
    const limits = { latencyP95Ms: 50, sizeMb: null, mustBe: [{ needId: 'accuracy', minimumAccuracy: 0.5 }] };
    const around = { type: 'product' as const, gains: [shown('explanations', 0.1, 0.01)], sizeMb: null };
    const result = rankStrategies(
      input(
        [run('free', null, { ...around, latencyP95Ms: null }), run('slow', null, { ...around, latencyP95Ms: 80 })],
        {
          ...threeNeeds,
          limits,
        },
      ),
    );
    const statuses = (id: string) => result.strategies.find((one) => one.id === id)!.limits.map(({ status }) => status);
    expect([statuses('free'), statuses('slow')]).toEqual([['met'], ['violated', 'met']]);
    expect(result.answer).toMatchObject({ type: 'decided', strategyId: 'free' });
  });

  it('asks for more users where the doubt comes from an experiment', () => {
    const wide = { ...better, id: 'wide', gains: [shown('explanations', 0, 0.2)] };
    expect(rankStrategies(input([better, wide], threeNeeds)).answer).toMatchObject({
      type: 'open',
      question: { type: 'experiment', strategyId: 'wide', needId: 'explanations' },
    });
  });

  it('asks for firmer weights where runs are good at different needs', () => {
    const right = (good: (need: number) => boolean) =>
      Uint8Array.from({ length: ROWS }, (_, row) => Number(good(row % 3)));
    const result = rankStrategies(
      input(
        [
          run(
            'first',
            right((j) => j === 0),
          ),
          run(
            'second',
            right((j) => j > 0),
          ),
        ],
        {
          needs: [need('accuracy', 0.5), need('speed', 0.25), need('explanations', 0.25)],
          weightDraws: Float32Array.of(0.3, 0.35, 0.35, 0.7, 0.15, 0.15),
          rowNeeds: Int32Array.from({ length: ROWS }, (_, row) => row % 3),
          reference: { ...floor, correct: new Uint8Array(ROWS) },
        },
      ),
    );
    expect(result.answer).toMatchObject({ type: 'open', question: { type: 'weight', needId: 'accuracy' } });
  });

  it('does not decide where no gain was measured, and says what to measure', () => {
    const unassigned = { ...threeNeeds, rowNeeds: new Int32Array(ROWS).fill(-1) };
    expect(rankStrategies(input([better, screen], unassigned)).answer).toEqual({
      type: 'not-decidable',
      measure: [
        { needId: 'accuracy', missing: 'test-rows' },
        { needId: 'explanations', missing: 'test-rows' },
        { needId: 'speed', missing: 'test-rows' },
      ],
    });
    expect(rankStrategies(input([screen], threeNeeds)).answer).toMatchObject({
      measure: [{ missing: 'run' }, { missing: 'test-rows' }, { missing: 'run' }],
    });
  });

  it('names needs of limits and assumptions that f1 lost, and does not decide over such a limit', () => {
    const lost = { ...better, gains: [assumed('merged away', 0.5, 0.5)] };
    const limits = { ...noLimits, mustBe: [{ needId: 'gone', minimumAccuracy: 0.5 }] };
    const result = rankStrategies(input([lost], { limits }));
    expect(result.lostNeeds).toEqual(['gone', 'merged away']);
    expect(result.strategies[0]?.score.value).toBe(rankStrategies(input([better])).strategies[0]?.score.value);
    expect(result.answer).toMatchObject({ type: 'open', question: { type: 'limit-unknown', needId: 'gone' } });
  });

  it('refuses arrays that do not fit and ids that occur twice', () => {
    expect(() => rankStrategies(input([run('short', new Uint8Array(3))]))).toThrow('stats.shape');
    expect(() => rankStrategies(input([weak, weak]))).toThrow('stats.shape');
    expect(() => rankStrategies(input([weak], { needs: [] }))).toThrow('stats.empty');
  });
});
