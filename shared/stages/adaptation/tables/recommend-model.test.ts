import { expect, it } from 'vitest';
import { recommendedModel } from './recommend-model.ts';
import type { TableModelType, TableResult } from './results.ts';

/** Areas of the models, and the adjusted p of logistic regression against the network. */
function recommended(areas: Partial<Record<TableModelType, number>>, adjustedP: number): TableModelType {
  const models = Object.entries(areas).map(([model, value]) => ({ model, evaluation: { auc: { value } } }));
  const difference = { value: (areas.logistic ?? 0) - (areas.mlp ?? 0), low: -1, high: 1 };
  const comparisons = [{ first: 'logistic', second: 'mlp', difference, p: adjustedP, adjustedP }];
  return recommendedModel({ models, comparisons } as unknown as Pick<TableResult, 'models' | 'comparisons'>).model;
}

it('takes the easiest to explain unless it is shown to be worse than the best', () => {
  expect(recommended({ logistic: 0.75, mlp: 0.76 }, 0.3)).toBe('logistic');
  expect(recommended({ logistic: 0.7, mlp: 0.76 }, 0.01)).toBe('mlp');
  expect(recommended({ mlp: 0.76, scorecard: 0.75, logistic: 0.7 }, 0.01)).toBe('scorecard');
  expect(recommended({ logistic: 0.8, mlp: 0.7 }, 0.001)).toBe('logistic');
});
