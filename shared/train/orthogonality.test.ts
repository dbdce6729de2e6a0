import { expect, it } from 'vitest';
import { Builder } from '../autodiff/builder.ts';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { grad } from '../autodiff/grad.ts';
import { orthogonalityPenalty } from './orthogonality.ts';

const A = [0.5, 0, 0.25, 0, 1, 0];
const B = [1, 0.5, 0, 0.5, 2, -1];

function built() {
  const b = new Builder();
  const [a, left] = [b.input('a', 'float32', [2, 3]), b.input('b', 'float32', [3, 2])];
  const penalty = orthogonalityPenalty(b, [
    { kind: 'A', value: a },
    { kind: 'B', value: left },
  ]);
  const [da, db] = grad(b, penalty, [a, left]);
  return b.graph({ penalty, da: da!, db: db! });
}
const at = (a: readonly number[], b: readonly number[]) =>
  evaluateGraph(built(), { a: dense([2, 3], [...a]), b: dense([3, 2], [...b]) }, {});

it('the penalty is the mean of ‖AAᵀ − I‖ and ‖BᵀB − I‖, not squared', () => {
  // AAᵀ = [[0.3125, 0], [0, 1]]; BᵀB = [[5, −1.5], [−1.5, 1.5]].
  const [ofA, ofB] = [Math.hypot(0.6875, 0, 0, 0), Math.hypot(4, 1.5, 1.5, 0.5)];
  expect(at(A, B).get('penalty')!.data[0]).toBeCloseTo((ofA + ofB) / 2, 7);
});

it('its gradient agrees with central differences', () => {
  const found = at(A, B);
  const step = 1e-5;
  for (const k of A.keys()) {
    const by = (values: readonly number[], change: number) => values.with(k, values[k]! + change);
    const slope = (f: (change: number) => number) => (f(step) - f(-step)) / (2 * step);
    const penalty = (a: readonly number[], b: readonly number[]) => at(a, b).get('penalty')!.data[0]!;
    expect(found.get('da')!.data[k]).toBeCloseTo(
      slope((change) => penalty(by(A, change), B)),
      6,
    );
    expect(found.get('db')!.data[k]).toBeCloseTo(
      slope((change) => penalty(A, by(B, change))),
      6,
    );
  }
});
