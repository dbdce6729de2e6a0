import { expect, it } from 'vitest';
import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { grad } from '../autodiff/grad.ts';
import { anchorInput, consolidationPenalty, fisherInput, STRENGTH_INPUT } from './consolidation.ts';

const THETA = [1, -2, 0.5];
const ANCHOR = [0.5, -2, 1];
const FISHER = [4, 100, 0.25];

function penaltyAt(theta: readonly number[]) {
  const b = new Builder();
  const weights = b.input('w', 'float32', [3]);
  const bias = b.input('v', 'float32', [1]);
  const loss = consolidationPenalty(b, [weights, bias]);
  const graph = b.graph({ loss, gradient: grad(b, loss, [weights])[0]! });
  checkGraph(graph);
  const found = evaluateGraph(
    graph,
    {
      w: dense([3], theta),
      v: dense([1], [3]),
      [fisherInput('w')]: dense([3], FISHER),
      [anchorInput('w')]: dense([3], ANCHOR),
      [fisherInput('v')]: dense([1], [2]),
      [anchorInput('v')]: dense([1], [1]),
      [STRENGTH_INPUT]: dense([], [10]),
    },
    {},
  );
  return { loss: found.get('loss')!.data[0]!, gradient: [...found.get('gradient')!.data] };
}

it('the penalty is λ·Σ F·(θ − θ*)² over all tensors, its gradient 2λF·(θ − θ*)', () => {
  const { loss, gradient } = penaltyAt(THETA);
  expect(loss).toBeCloseTo(10 * (4 * 0.25 + 0 + 0.25 * 0.25 + 2 * 4), 10);
  expect(gradient).toEqual(THETA.map((value, i) => 2 * 10 * FISHER[i]! * (value - ANCHOR[i]!)));
});

it('its gradient agrees with central differences', () => {
  const step = 1e-5;
  const { gradient } = penaltyAt(THETA);
  for (const at of THETA.keys()) {
    const moved = (by: number) => penaltyAt(THETA.with(at, THETA[at]! + by)).loss;
    expect(gradient[at]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 5);
  }
});
