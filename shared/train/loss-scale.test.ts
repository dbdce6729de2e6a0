import { expect, it } from 'vitest';
import golden from '../../test/golden/loss-scale.json' with { type: 'json' };
import { type LossScale, nextLossScale } from './loss-scale.ts';

// What torch's own GradScaler does (test/golden/loss-scale.py).
it.each(golden)('the scale goes the way of torch.amp.GradScaler (interval $interval, from $first)', (of) => {
  let state: LossScale = { scale: of.first, goodSteps: 0 };
  const found = of.finite.map((finite) => {
    state = nextLossScale(state, finite, of.interval);
    return state;
  });
  expect(found.map(({ scale }) => scale)).toEqual(of.scales);
  expect(found.map(({ goodSteps }) => goodSteps)).toEqual(of.goodSteps);
});

it('does not grow beyond what float32 holds', () => {
  const most = 2 ** 127;
  expect(nextLossScale({ scale: most, goodSteps: 9 }, true, 10)).toEqual({ scale: most, goodSteps: 0 });
});
