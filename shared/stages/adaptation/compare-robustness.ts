import { createRng } from '../../rng.ts';
import { percentileEstimate } from '../competitiveness/evaluation/percentile.ts';
import type { Estimate } from '../competitiveness/results.ts';

/** A changed text that both models were asked about, and whose answer moved with the change. */
export interface PairedChange {
  /** The row that was changed; one row may be changed in several ways. */
  readonly row: number;
  readonly moved: boolean;
  readonly referenceMoved: boolean;
}

export interface RobustnessComparison {
  /** Changed texts, and rows that they were made from. */
  readonly changes: number;
  readonly texts: number;
  /** Share of changed texts whose answer moved. */
  readonly moved: number;
  readonly referenceMoved: number;
  /** Model minus reference; below 0 where the model is moved less. 95 % percentile bootstrap over rows, which keeps all changes of a row together. */
  readonly difference: Estimate;
}

/** How much less harmless changes move one model than another. Null without changes. */
export function compareRobustness(
  pairs: readonly PairedChange[],
  resamples: number,
  seed: number,
): RobustnessComparison | null {
  if (pairs.length === 0) return null;
  const byRow = new Map<number, { count: number; excess: number }>();
  for (const { row, moved, referenceMoved } of pairs) {
    const sums = byRow.get(row) ?? { count: 0, excess: 0 };
    sums.count++;
    sums.excess += Number(moved) - Number(referenceMoved);
    byRow.set(row, sums);
  }
  const rows = [...byRow.values()];
  const rng = createRng(seed);
  const draws = Float64Array.from({ length: resamples }, () => {
    let [count, excess] = [0, 0];
    for (let i = 0; i < rows.length; i++) {
      const drawn = rows[rng.int(rows.length)]!;
      count += drawn.count;
      excess += drawn.excess;
    }
    return excess / count;
  });
  const share = (of: (pair: PairedChange) => boolean) => pairs.filter(of).length / pairs.length;
  const moved = share((pair) => pair.moved);
  const referenceMoved = share((pair) => pair.referenceMoved);
  const difference = percentileEstimate(moved - referenceMoved, draws);
  return { changes: pairs.length, texts: rows.length, moved, referenceMoved, difference };
}
