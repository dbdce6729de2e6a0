import { expect, test } from 'vitest';
import { devMetrics } from './evaluation.ts';

// scikit-learn 1.9.1: y = [0, 1, 2, 2, 1], predicted [0, 2, 2, 2, 1]; f1_score(average='macro'),
// log_loss of the softmax of these logits.
test('accuracy, macro-F1 and cross-entropy are those of scikit-learn', () => {
  const logits = Float32Array.from([2, 0, 0, 0, 1, 1.5, -1, 0, 3, 0.5, 0, 1, 0, 2, 0]);
  const metrics = devMetrics(logits, Int32Array.from([0, 1, 2, 2, 1]), 3);
  expect(metrics.accuracy).toBeCloseTo(0.8, 12);
  expect(metrics.macroF1).toBeCloseTo(0.8222222222222223, 12);
  expect(metrics.loss).toBeCloseTo(0.4658747424359323, 6);
});

test('a class that is neither a label nor predicted does not count in macro-F1', () => {
  const logits = Float32Array.from([1, 0, 0, 0, 1, 0]);
  expect(devMetrics(logits, Int32Array.from([0, 1]), 3).macroF1).toBe(1);
});
