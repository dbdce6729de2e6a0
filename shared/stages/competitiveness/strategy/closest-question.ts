import type { Draws, StrategyGains } from './gain-draws.ts';
import type { StrategyQuestion } from './results.ts';
import type { StrategyNeed } from './strategy-input.ts';

/** What most of the doubt between two strategies comes from. The variance of their score difference is taken apart need by need, once with the
 *  gains held at their means (what f1 does not know) and once with the weights held (what the test rows or the assumptions do not say). */
export function closestQuestion(
  first: StrategyGains,
  second: StrategyGains,
  draws: Draws,
  needs: readonly StrategyNeed[],
): StrategyQuestion {
  const k = needs.length;
  const differences = first.drawn.map((gain, i) => gain - second.drawn[i]!);
  let most = 0;
  let question: StrategyQuestion = { type: 'equal', strategyIds: [first.strategy.id, second.strategy.id] };
  needs.forEach(({ needId }, need) => {
    const weight = moments(draws.weights, need, k);
    const difference = moments(differences, need, k);
    const fromWeight = weight.variance * difference.mean ** 2;
    const fromGain = weight.mean ** 2 * difference.variance;
    if (fromWeight > most && fromWeight >= fromGain) {
      most = fromWeight;
      question = { type: 'weight', needId };
    } else if (fromGain > most) {
      most = fromGain;
      const widest = [first, second].sort(
        (a, b) => moments(b.drawn, need, k).variance - moments(a.drawn, need, k).variance,
      )[0]!;
      const basis = [first, second].some((one) => one.basis[need] === 'assumption') ? 'assumption' : widest.basis[need];
      const doubtful = [first, second].find((one) => one.basis[need] === basis) ?? widest;
      const strategyId = (basis === widest.basis[need] ? widest : doubtful).strategy.id;
      question =
        basis === 'assumption' || basis === 'experiment'
          ? { type: basis, strategyId, needId }
          : { type: 'test-rows', needId, rows: draws.rowsOfNeed[need]!.length };
    }
  });
  return question;
}

/** Mean and variance of one column of an array [draws, columns]. */
function moments(values: Float64Array, column: number, columns: number): { mean: number; variance: number } {
  const draws = values.length / columns;
  let mean = 0;
  for (let i = column; i < values.length; i += columns) mean += values[i]! / draws;
  let variance = 0;
  for (let i = column; i < values.length; i += columns) variance += (values[i]! - mean) ** 2 / draws;
  return { mean, variance };
}
