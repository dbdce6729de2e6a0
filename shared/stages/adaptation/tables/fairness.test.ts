import { describe, expect, it } from 'vitest';
import golden from '../../../../test/golden/tables.json' with { type: 'json' };
import { createRng } from '../../../rng.ts';
import { fairnessByGroup, groupsOfColumn } from './fairness.ts';

const { group, event, probability, threshold, ...expected } = golden.fairness;
const input = {
  event: Uint8Array.from(event),
  probability: Float64Array.from(probability),
  threshold,
  groups: { names: ['a', 'b', 'c'], of: group },
  resamples: 300,
  rng: createRng(5),
};

describe('fairness by group', () => {
  it('has the differences and the ratio of fairlearn, inside their intervals', () => {
    const found = fairnessByGroup(input);
    for (const { group: name, favourable } of found.groups) {
      expect(favourable.value).toBeCloseTo(expected.favourable[name as 'a'], 12);
    }
    for (const key of ['parityDifference', 'parityRatio', 'oddsDifference'] as const) {
      const estimate = found[key]!;
      expect(estimate.value).toBeCloseTo(expected[key], 12);
      expect(estimate.low).toBeLessThanOrEqual(estimate.value);
      expect(estimate.high).toBeGreaterThanOrEqual(estimate.value);
    }
  });

  it('judges by the four-fifths rule only where the whole interval is on one side', () => {
    const equal = {
      ...input,
      groups: { names: ['x', 'y'], of: event.map((_, row) => (row % 2 === 0 ? 'x' : 'y')) },
      rng: createRng(6),
    };
    // Of x nobody is kept, of y everybody.
    const apart = {
      ...equal,
      probability: Float64Array.from(event, (_, row) => (row % 2 === 0 ? 1 : 0)),
      rng: createRng(6),
    };
    expect(fairnessByGroup({ ...equal, threshold: 0.95 }).verdict).toBe('passed');
    expect(fairnessByGroup(apart)).toMatchObject({ verdict: 'failed', parityRatio: { value: 0 } });
  });

  it('shows a group under 30 rows with its interval and does not judge it', () => {
    const of = event.map((_, row) => (row < 29 ? 'small' : row < 60 ? null : 'rest'));
    const groups = { names: ['rest', 'small'], of };
    const found = fairnessByGroup({ ...input, groups });
    expect(found.groups.map(({ group: name, rows, judged }) => [name, rows, judged])).toEqual([
      ['rest', 340, true],
      ['small', 29, false],
    ]);
    const small = found.groups[1]!.favourable;
    expect(small.high - small.low).toBeGreaterThan(0.2);
    expect(found).toMatchObject({ parityRatio: null, verdict: 'no-verdict' });
  });

  it('parts numbers into quarters', () => {
    const values = Float64Array.from({ length: 40 }, (_, i) => i + 1);
    const { names, of } = groupsOfColumn({ type: 'number', id: 'c0', name: 'age', values }, String);
    expect(names).toEqual(['1 – 10', '> 10 – 20', '> 20 – 30', '> 30 – 40']);
    expect(of.filter((group) => group === '> 20 – 30')).toHaveLength(10);
  });
});
