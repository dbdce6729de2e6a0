import { createRng } from '../../../rng.ts';

/** Rows to ship as samples: classes take turns, each in an order drawn by the seed, so that every class is there before one is there twice.
 *  @param labels class of each row
 *  @returns indices into `labels`, ascending; all of them where there are no more than `wanted` */
export function chooseSamples(labels: ArrayLike<number>, wanted: number, seed: number): number[] {
  const rng = createRng(seed);
  const byClass = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row++) {
    const rows = byClass.get(labels[row]!) ?? [];
    byClass.set(labels[row]!, rows);
    rows.push(row);
  }
  const classes = [...byClass].sort(([a], [b]) => a - b).map(([, rows]) => shuffled(rows, rng));
  const chosen: number[] = [];
  for (let turn = 0; chosen.length < Math.min(wanted, labels.length); turn++) {
    for (const rows of classes) {
      const row = rows[turn];
      if (row !== undefined && chosen.length < wanted) chosen.push(row);
    }
  }
  return chosen.sort((a, b) => a - b);
}

function shuffled(rows: readonly number[], rng: { int(below: number): number }): number[] {
  const order = [...rows];
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
