import { percentileEstimate } from '../evaluation/percentile.ts';
import type { Estimate } from '../results.ts';
import { answerOf } from './answer.ts';
import { type Draws, drawGains, type StrategyGains } from './gain-draws.ts';
import { checkLimits } from './limit-checks.ts';
import { paretoSet } from './pareto.ts';
import { rankShares } from './rank-shares.ts';
import type { Basis, Contribution, RankedStrategy, StrategyResult } from './results.ts';
import { checkStrategyInput, lostNeeds, type StrategyInput } from './strategy-input.ts';
import { weightShifts } from './weight-shifts.ts';

/** g: strategies ranked by Σ weight × gain over needs, under hard limits, with the uncertainty of f1's weights and of the test rows. The reference
 *  takes part with gain 0 ("change nothing"). Needs on which a strategy is neither measured nor assumed count as gain 0 and are named. Gains of P
 *  (share of test rows that become right) and of U (share of users) stand on one 0–1 scale.
 *  @throws AppError 'stats.empty', 'stats.shape'   @source SMAA-2, Lahdelma and Salminen 2001 (acceptability under uncertain weights and values) */
export function rankStrategies(input: StrategyInput): Omit<StrategyResult, 'plans'> {
  checkStrategyInput(input);
  const { needs } = input;
  const draws = drawGains(input);
  const k = needs.length;
  const total = needs.reduce((sum, need) => sum + need.weight, 0) || 1;
  const weights: Estimate[] = needs.map((need, j) =>
    percentileEstimate(need.weight / total, column(draws.weights, j, k)),
  );
  const scores = draws.strategies.map(({ drawn }) => drawnScores(draws.weights, drawn, k));
  const limits = draws.strategies.map((gains) => checkLimits(gains, draws.strategies[0]!, input));
  const feasible = limits.map(
    (checks, i) =>
      checks.every(({ status }) => status !== 'violated') && draws.strategies[i]!.strategy.exclusions.length === 0,
  );
  const inRace = feasible.flatMap((yes, i) => (yes ? [i] : []));
  const shares = rankShares(inRace.map((i) => scores[i]!));
  const points = draws.strategies.map(({ gain }) => weights.reduce((sum, { value }, j) => sum + value * gain[j]!, 0));
  const pareto = paretoSet(inRace.map((i) => ({ ...sizeOf(draws.strategies[i]!), score: points[i]! })));

  const ranked = draws.strategies.map((gains, i): RankedStrategy & { readonly gains: StrategyGains } => {
    const place = inRace.indexOf(i);
    const contributions = contributionsOf(gains, weights, draws, needs, k);
    return {
      gains,
      id: gains.strategy.id,
      name: gains.strategy.name,
      type: gains.strategy.type,
      isReference: gains.isReference,
      basis: basisOf(gains),
      score: percentileEstimate(points[i]!, scores[i]!),
      firstShare: shares[place]?.[0] ?? 0,
      rankShares: shares[place] ?? null,
      feasible: feasible[i]!,
      limits: limits[i]!,
      exclusions: [...gains.strategy.exclusions],
      contributions,
      uncoveredWeight: Math.min(
        1,
        contributions.reduce((sum, { basis, weight }) => sum + (basis === 'unmeasured' ? weight : 0), 0),
      ),
      ...sizeOf(gains),
      pareto: pareto[place] ?? false,
    };
  });
  ranked.sort(
    (a, b) => Number(b.feasible) - Number(a.feasible) || b.firstShare - a.firstShare || b.score.value - a.score.value,
  );
  const inOrder = ranked.map(({ gains }) => gains);
  const strategies = ranked.map(({ gains: _gains, ...strategy }) => strategy);
  const [leader, ...rivals] = inOrder.filter((_gains, i) => strategies[i]!.feasible);
  const asShift = ({ strategy, gain }: StrategyGains) => ({ id: strategy.id, gain });
  return {
    referenceId: input.reference.id,
    decisionShare: input.decisionShare,
    draws: input.draws,
    withoutU: !draws.strategies.some(({ basis }) => basis.includes('experiment')),
    links: [...(input.links ?? [])],
    needs: needs.map(({ needId, name }, j) => ({
      needId,
      name,
      weight: weights[j]!,
      testRows: draws.rowsOfNeed[j]!.length,
    })),
    unmeasuredNeeds: needs.filter((_need, j) => draws.rowsOfNeed[j]!.length === 0).map(({ needId }) => needId),
    lostNeeds: lostNeeds(input),
    unassignedRows: input.rowNeeds.filter((need) => need < 0).length,
    strategies,
    answer: answerOf(strategies, inOrder, draws, needs, input.decisionShare),
    wouldChange:
      leader === undefined
        ? []
        : weightShifts(
            needs.map(({ needId }, j) => ({ needId, weight: weights[j]! })),
            asShift(leader),
            rivals.map(asShift),
          ),
  };
}

function sizeOf({ strategy }: StrategyGains) {
  return { latencyP95Ms: strategy.latencyP95Ms, sizeMb: strategy.sizeMb };
}

function drawnScores(weights: Float64Array, gains: Float64Array, needs: number): Float64Array {
  const scores = new Float64Array(weights.length / needs);
  for (let i = 0; i < weights.length; i++) scores[Math.floor(i / needs)]! += weights[i]! * gains[i]!;
  return scores;
}

function column(values: Float64Array, at: number, columns: number): Float64Array {
  return Float64Array.from({ length: values.length / columns }, (_, row) => values[row * columns + at]!);
}

/** A strategy that says nothing on any need rests on an assumption as well. */
function basisOf({ basis }: StrategyGains): Basis {
  const [measured, experiment] = [basis.includes('measured'), basis.includes('experiment')];
  if (basis.includes('assumption')) return measured || experiment ? 'mixed' : 'assumption';
  if (measured) return experiment ? 'measured-and-experiment' : 'measured';
  return experiment ? 'experiment' : 'assumption';
}

/** Units that the effect of an experiment was measured on; an assumption has none. */
function sourceOf(source: StrategyGains['source'][number]): Contribution['source'] {
  if (source?.type !== 'experiment') return null;
  const { experimentId, metricId, metric, arm, units } = source;
  return { experimentId, metricId, metric, arm, units };
}

function contributionsOf(
  gains: StrategyGains,
  weights: readonly Estimate[],
  draws: Draws,
  needs: StrategyInput['needs'],
  k: number,
): Contribution[] {
  return needs.map(({ needId }, j) => {
    const basis = gains.basis[j]!;
    return {
      needId,
      basis,
      weight: weights[j]!.value,
      gain: basis === 'unmeasured' ? null : percentileEstimate(gains.gain[j]!, column(gains.drawn, j, k)),
      contribution: weights[j]!.value * gains.gain[j]!,
      source: sourceOf(gains.source[j]!),
      rows: draws.rowsOfNeed[j]!.length,
    };
  });
}
