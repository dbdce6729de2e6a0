import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/contrastive.json' with { type: 'json' };
import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { grad } from '../autodiff/grad.ts';
import { contrastiveRows, contrastiveSteps } from './contrastive-batches.ts';
import {
  type ContrastLoss,
  classPairs,
  contrastiveLoss,
  neighbourPairs,
  PAIR_GIVEN,
  PAIR_WANTED,
} from './contrastive-loss.ts';

const LABELS = Int32Array.from(golden.labels);
const ROWS = LABELS.length;

function lossOf(loss: ContrastLoss, vectors: readonly number[]) {
  const b = new Builder();
  const pooled = b.input('pooled', 'float32', ['rows', golden.hidden]);
  const value = contrastiveLoss(b, loss, pooled);
  const graph = b.graph({ loss: value, gradient: grad(b, value, [pooled])[0]! });
  checkGraph(graph);
  const { wanted, given } = loss === 'supcon' ? classPairs(LABELS) : neighbourPairs(LABELS);
  const found = evaluateGraph(
    graph,
    {
      pooled: dense([ROWS, golden.hidden], vectors),
      [PAIR_WANTED]: dense([ROWS, ROWS], wanted),
      [PAIR_GIVEN]: dense([ROWS, ROWS], given),
    },
    { rows: ROWS },
  );
  return { loss: found.get('loss')!.data[0]!, gradient: [...found.get('gradient')!.data] };
}

describe.each<ContrastLoss>(['supcon', 'cosine'])('%s', (loss) => {
  it('has the value and the gradient of PyTorch', () => {
    const { loss: value, gradient } = lossOf(loss, golden.vectors);
    expect(value).toBeCloseTo(golden[loss].loss, 6);
    for (const [i, expected] of golden[loss].gradient.entries()) expect(gradient[i]).toBeCloseTo(expected, 5);
  });
  it('has a gradient that agrees with central differences', () => {
    const step = 1e-5;
    const { gradient } = lossOf(loss, golden.vectors);
    for (const at of [0, 7, 20, 40]) {
      const moved = (by: number) => lossOf(loss, golden.vectors.with(at, golden.vectors[at]! + by)).loss;
      expect(gradient[at]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 5);
    }
  });
});

it('a batch without two rows of a class has no loss', () => {
  const { wanted } = classPairs(Int32Array.from([0, 1, 2]));
  expect([...wanted]).toEqual(Array(9).fill(0));
});

describe('batches', () => {
  const labels = Int32Array.from([...Array(40).fill(0), ...Array(4).fill(1), ...Array(4).fill(2), 3]);
  const classesOf = (rows: Int32Array) => Array.from(rows, (row) => labels[row]!);
  it('hold as many rows of each class as fit, and repeat with seed and step', () => {
    const rows = contrastiveRows('supcon', labels, 16, 2, 5);
    const counts = [0, 1, 2, 3].map((label) => classesOf(rows).filter((of) => of === label).length);
    expect(counts).toEqual([4, 4, 4, 1]);
    expect(new Set(rows).size).toBe(rows.length);
    expect(contrastiveRows('supcon', labels, 16, 2, 5)).toEqual(rows);
    expect(contrastiveRows('supcon', labels, 16, 3, 5)).not.toEqual(rows);
  });
  it('hold two rows of a class where not all classes fit', () => {
    const many = Int32Array.from({ length: 60 }, (_, row) => row % 20);
    const rows = contrastiveRows('supcon', many, 8, 0, 5);
    expect(rows).toHaveLength(8);
    for (const row of rows) expect(rows.filter((other) => many[other] === many[row])).toHaveLength(2);
  });
  it('of pairs hold those alike and those not in turn', () => {
    for (let step = 0; step < 20; step++) {
      const of = classesOf(contrastiveRows('cosine', labels, 8, step, 5));
      expect([0, 2, 4, 6].map((i) => of[i] === of[i + 1])).toEqual([true, false, true, false]);
    }
  });
  // SetFit with num_iterations R: 2·R·N pairs; 20 rounds of 80 texts are 3200 pairs, of which 16 go into a batch of 32 rows.
  it('are as many as the rounds ask for', () => {
    expect(contrastiveSteps('cosine', 80, 20, 32)).toBe(3200 / 16);
    expect(contrastiveSteps('supcon', 80, 20, 32)).toBe(50);
  });
});
