import { expect, test } from 'vitest';
import { explanationSchema } from './results.ts';

test('an explanation from before labels, ratings and numbers had one is that of a class, without a calibrated probability', () => {
  const before = {
    runId: 'R1',
    ofOriginal: false,
    text: 'lost card',
    source: { type: 'text', text: 'lost card' },
    actual: null,
    predicted: 'card',
    label: 'card',
    probabilities: [
      { label: 'card', probability: 0.9 },
      { label: 'loan', probability: 0.1 },
    ],
    score: 1.1,
    baselineScore: 0.1,
    gap: 0.01,
    steps: 50,
    words: [{ start: 5, end: 9, attribution: 0.99, scoreFall: 1, probabilityFall: 0.5 }],
    truncated: false,
  };
  expect(explanationSchema.parse(before)).toEqual({
    ...before,
    task: 'single-label',
    thresholds: [],
    calibrated: null,
  });
});
