import { expect, it } from 'vitest';
import { createRng } from '../../../shared/rng.ts';
import { nextToken } from './next-token.ts';

const rng = () => createRng(3);

it('greedily takes the first of the likeliest', () => {
  expect(nextToken(Float32Array.of(1, 3, 2, 3), 'greedy', rng())).toBe(1);
  expect(nextToken(Float32Array.of(Number.NEGATIVE_INFINITY, -5), 'greedy', rng())).toBe(1);
});

it('draws from the ten likeliest alone, as often as their softmax says', () => {
  const scores = Float32Array.from({ length: 30 }, (_, token) => (token < 10 ? Math.log(token + 1) : -1));
  const source = rng();
  const drawn = new Float64Array(30);
  const draws = 20_000;
  for (let i = 0; i < draws; i++) drawn[nextToken(scores, 'sampled', source)]! += 1 / draws;
  expect(drawn.subarray(10).every((share) => share === 0)).toBe(true);
  // 1 + 2 + … + 10 = 55
  for (let token = 0; token < 10; token++) expect(drawn[token]).toBeCloseTo((token + 1) / 55, 1.7);
});

it('refuses what is no number', () => {
  expect(() => nextToken(Float32Array.of(1, Number.NaN), 'greedy', rng())).toThrow('model.file');
});
