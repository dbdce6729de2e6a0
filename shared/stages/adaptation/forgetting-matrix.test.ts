import { describe, expect, it } from 'vitest';
import { forgettingMatrix } from './forgetting-matrix.ts';

/** Rows of which the first `right` are answered rightly. */
const rows = (right: number, n = 100) => Uint8Array.from({ length: n }, (_, row) => Number(row < right));

// Three trainings on tasks of 100 rows: R = [[.9, –, –], [.6, .8, –], [.7, .5, .85]].
const CHAIN = [
  [rows(90), null, null],
  [rows(60), rows(80), null],
  [rows(70), rows(50), rows(85)],
];

describe('of a chain of trainings', () => {
  const found = forgettingMatrix(CHAIN, 1);
  it('has the accuracy on each task after each training, null where not measured', () => {
    expect(found.accuracy.map((training) => training.map((cell) => cell?.value ?? null))).toEqual([
      [0.9, null, null],
      [0.6, 0.8, null],
      [0.7, 0.5, 0.85],
    ]);
    // Wilson 1927 for 90 of 100, z = 1.95996: (0.9 + z²/200 ± z·√(0.09/100 + z²/40 000)) / (1 + z²/100) = 0.88520 ± 0.05957.
    expect(found.accuracy[0]![0]!.low).toBeCloseTo(0.82563, 4);
    expect(found.accuracy[0]![0]!.high).toBeCloseTo(0.94478, 4);
  });
  it('has the averages of Lopez-Paz and Ranzato', () => {
    expect(found.average!.value).toBeCloseTo((0.7 + 0.5 + 0.85) / 3, 12);
    expect(found.backwardTransfer!.value).toBeCloseTo((0.7 - 0.9 + (0.5 - 0.8)) / 2, 12);
  });
  it('measures forgetting against the best earlier training, as Chaudhry et al.', () => {
    const recovered = forgettingMatrix([[rows(60), null, null], [rows(90), rows(80), null], CHAIN[2]!], 1);
    expect(recovered.forgetting!.value).toBeCloseTo((0.9 - 0.7 + (0.8 - 0.5)) / 2, 12);
    expect(recovered.backwardTransfer!.value).toBeCloseTo((0.7 - 0.6 + (0.5 - 0.8)) / 2, 12);
  });
  it('pairs the rows: a training that answers as before has no interval', () => {
    const same = forgettingMatrix(
      [
        [rows(60), null],
        [rows(60), rows(40)],
      ],
      1,
    );
    expect(same.backwardTransfer).toEqual({ value: 0, low: 0, high: 0 });
  });
  // The mean of 20 lost of 100 and 30 lost of 100 has deviation √(.2·.8/100 + .3·.7/100)/2 = 0.0304.
  it('has an interval of the size that the normal approximation gives', () => {
    const { low, high } = found.backwardTransfer!;
    expect((high - low) / 2).toBeGreaterThan(0.85 * 1.96 * 0.0304);
    expect((high - low) / 2).toBeLessThan(1.15 * 1.96 * 0.0304);
  });
});

it('a single training transfers nothing; what was not measured gives no mean', () => {
  expect(forgettingMatrix([[rows(9, 10)]], 1)).toMatchObject({ backwardTransfer: null, forgetting: null });
  expect(
    forgettingMatrix(
      [
        [null, null],
        [rows(5), rows(6)],
      ],
      1,
    ).backwardTransfer,
  ).toBeNull();
  expect(
    forgettingMatrix(
      [
        [rows(5), null],
        [new Uint8Array(), rows(6)],
      ],
      1,
    ),
  ).toMatchObject({
    average: null,
    forgetting: null,
  });
});
