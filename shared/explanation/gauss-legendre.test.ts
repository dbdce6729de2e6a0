import { expect, test } from 'vitest';
import golden from '../../test/golden/integrated-gradients.json' with { type: 'json' };
import { gaussLegendre } from './gauss-legendre.ts';

test.each(['5', '50'] as const)('the rule of %s points is that of numpy', (n) => {
  const { points, weights } = gaussLegendre(Number(n));
  for (const [i, point] of golden.gaussLegendre[n].points.entries()) {
    expect(points[i]).toBeCloseTo(point, 13);
    expect(weights[i]).toBeCloseTo(golden.gaussLegendre[n].weights[i]!, 13);
  }
});

test('two hundred points integrate a steep curve to twelve places', () => {
  const { points, weights } = gaussLegendre(200);
  const found = points.reduce((sum, x, i) => sum + weights[i]! * Math.exp(20 * x), 0);
  expect(Math.abs(found / ((Math.exp(20) - 1) / 20) - 1)).toBeLessThan(1e-12);
});
