import { closestQuestion } from './closest-question.ts';
import type { Draws, StrategyGains } from './gain-draws.ts';
import type { RankedStrategy, StrategyAnswer, StrategyQuestion } from './results.ts';
import type { StrategyNeed } from './strategy-input.ts';

/** The answer of g. `strategies` best first, `gains` in the same order. Decided means: first in at least `decisionShare` of the draws, no limit
 *  unmeasured, and the whole 95 % interval of its score above 0 (where the reference leads: every rival's below 0). Without the last condition two
 *  models of equal skill would be told apart in four of ten projects at a share of 0.8. */
export function answerOf(
  strategies: readonly RankedStrategy[],
  gains: readonly StrategyGains[],
  draws: Draws,
  needs: readonly StrategyNeed[],
  decisionShare: number,
): StrategyAnswer {
  const measuredAny = gains.some(
    ({ isReference, basis }) => !isReference && (basis.includes('measured') || basis.includes('experiment')),
  );
  if (!measuredAny) return { type: 'not-decidable', measure: missingMeasures(draws, needs) };
  const feasible = strategies.filter((strategy) => strategy.feasible);
  const leader = feasible[0];
  if (leader === undefined) return { type: 'none-feasible' };
  const unknown = leader.limits.find(({ status }) => status === 'unknown');
  const rivals = feasible.slice(1);
  const shown = leader.isReference ? rivals.every(({ score }) => score.high < 0) : leader.score.low > 0;
  if (leader.firstShare >= decisionShare && shown && unknown === undefined)
    return { type: 'decided', strategyId: leader.id, share: leader.firstShare, basis: leader.basis };

  const leading: { strategyId: string; share: number }[] = [];
  let reached = 0;
  for (const { id, firstShare } of feasible) {
    if (reached >= decisionShare) break;
    leading.push({ strategyId: id, share: firstShare });
    reached += firstShare;
  }
  let question: StrategyQuestion;
  const second = gains[1];
  if (unknown !== undefined)
    question = { type: 'limit-unknown', strategyId: leader.id, limit: unknown.limit, needId: unknown.needId };
  else if (!shown || second === undefined)
    question = { type: 'gain-not-shown', strategyId: (leader.isReference ? rivals[0] : leader)?.id ?? leader.id };
  else question = closestQuestion(gains[0]!, second, draws, needs);
  return { type: 'open', leading, question };
}

/** What would have to be measured, needs of most weight first. */
function missingMeasures(draws: Draws, needs: readonly StrategyNeed[]) {
  return needs
    .map(({ needId, weight }, j) => ({
      needId,
      weight,
      missing: draws.rowsOfNeed[j]!.length === 0 ? ('test-rows' as const) : ('run' as const),
    }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ needId, missing }) => ({ needId, missing }));
}
