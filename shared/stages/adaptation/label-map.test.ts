import { describe, expect, it } from 'vitest';
import { answerMap, modelLabels, scenarioLogits } from './label-map.ts';

describe('label map', () => {
  it('takes names as they are without a map, and only those that the model knows', () => {
    expect(modelLabels(['a', 'b', 'z'], null, ['b', 'a'])).toEqual(['a', 'b', null]);
    const map = [
      { label: 'x', modelLabel: 'a' },
      { label: 'y', modelLabel: 'gone' },
      { label: 'z', modelLabel: null },
    ];
    expect(modelLabels(['x', 'y', 'z', 'w'], map, ['a'])).toEqual(['a', null, null, null]);
  });

  it('gives an answer that two classes share to the one with more rows, and says so', () => {
    const { outputOf, notices } = answerMap(['x', 'y', 'z'], ['a', 'a', null], ['b', 'a'], [5, 9, 2]);
    expect([...outputOf]).toEqual([-1, 1, -1]);
    expect(notices).toEqual([
      { code: 'labels-share-answer', severity: 'warning', params: { label: 'x', other: 'y' } },
      { code: 'label-unknown-to-model', severity: 'warning', params: { label: 'z', rows: 2 } },
    ]);
  });

  it('never lets a class without an output be answered', () => {
    const logits = scenarioLogits(Float32Array.of(1, 2, 3, 4), 2, Int32Array.of(1, -1));
    expect([...logits]).toEqual([2, -1e9, 4, -1e9]);
  });
});
