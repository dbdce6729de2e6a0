import { expect, it } from 'vitest';
import golden from '../../test/golden/compression.json' with { type: 'json' };
import { roundedToHalf, toHalf } from './half.ts';
import { pruneBlocks, pruneMagnitude, toBitmask } from './sparsity.ts';

it('the smallest weights go, as many as PyTorch prunes, and the same', () => {
  // torch 2.15, torch.nn.utils.prune.l1_unstructured(amount=0.4) (test/golden/compression.py).
  const { weight, pruned } = golden.magnitude;
  const found = pruneMagnitude({ shape: [6, 8], data: Float32Array.from(weight) }, 0.4);
  expect([...found.data]).toEqual([...Float32Array.from(pruned, (value) => value + 0)]);
});

it('among equal magnitudes the earlier goes, and never more than the share', () => {
  const data = Float32Array.of(2, -1, 1, 1, 3, 1);
  expect([...pruneMagnitude({ shape: [6], data }, 0.5).data]).toEqual([2, 0, 0, 0, 3, 1]);
  expect([...pruneMagnitude({ shape: [6], data }, 0).data]).toEqual([...data]);
});

it('of every four weights along a row the two largest stay; what is over stays', () => {
  const data = Float32Array.of(1, -4, 3, 2, 9, 8, 5, 5, 5, 5, 0.25, 0.5);
  expect([...pruneBlocks({ shape: [2, 6], data }, 2, 4).data]).toEqual([0, -4, 3, 0, 9, 8, 5, 5, 0, 0, 0.25, 0.5]);
});

it('a mask of bits and the values that are not zero are the whole tensor', () => {
  const { values, bits } = toBitmask(Float32Array.of(0, 5, 0, 0, 0, 0, 0, 7, 0, -2));
  expect([...values]).toEqual([5, 7, -2]);
  expect([...bits]).toEqual([0b10000010, 0b10]);
});

it('halves are rounded as PyTorch rounds them; beyond their range is refused', () => {
  const { values, rounded } = golden.halves;
  expect([...roundedToHalf(Float32Array.from(values))]).toEqual(rounded);
  expect([...toHalf(Float32Array.of(1, -2, 0))]).toEqual([0x3c00, 0xc000, 0]);
  expect(() => toHalf(Float32Array.of(70_000))).toThrow('model.unsupported');
});
