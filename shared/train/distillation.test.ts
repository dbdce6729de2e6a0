import { expect, it } from 'vitest';
import goldens from '../../test/golden/compression.json' with { type: 'json' };
import { Builder } from '../autodiff/builder.ts';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { grad } from '../autodiff/grad.ts';
import { type Distillation, TEACHER_INPUT } from './distillation.ts';
import { lossValue, oneHot } from './loss.ts';

/** PyTorch 2.15: kl_div(batchmean)·T²·α + cross_entropy·(1 − α) (test/golden/compression.py). */
const { distillation: golden } = goldens;
const [ROWS, LABELS] = [4, 3];

function lossOf(student: readonly number[], options: Distillation) {
  const b = new Builder();
  const shape = ['rows', LABELS];
  const [logits, targets] = [b.input('logits', 'float32', shape), b.input('targets', 'float32', shape)];
  const loss = lossValue(b, 'single-label', logits, targets, b.scalar(1 / ROWS), { distillation: options });
  const [gradient] = grad(b, loss, [logits]);
  const values = evaluateGraph(
    b.graph({ loss, gradient: gradient! }),
    {
      logits: dense([ROWS, LABELS], student),
      targets: dense([ROWS, LABELS], oneHot(Int32Array.from(golden.labels), LABELS)),
      [TEACHER_INPUT]: dense([ROWS, LABELS], golden.teacher),
    },
    { rows: ROWS },
  );
  return { loss: values.get('loss')!.data[0]!, gradient: [...values.get('gradient')!.data] };
}

it('loss and gradient are those of PyTorch', () => {
  const found = lossOf(golden.student, golden);
  expect(found.loss).toBeCloseTo(golden.loss, 6);
  golden.gradient.forEach((value, at) => {
    expect(found.gradient[at]).toBeCloseTo(value, 6);
  });
});

it('the gradient agrees with central differences', () => {
  const { gradient } = lossOf(golden.student, golden);
  const step = 1e-5;
  for (const at of [0, 4, 11]) {
    const moved = (by: number) => lossOf(golden.student.with(at, golden.student[at]! + by), golden).loss;
    expect(gradient[at]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 7);
  }
});

it('a student that answers as its teacher has nothing to learn of it', () => {
  const { loss, gradient } = lossOf(golden.teacher, { temperature: 2, alpha: 1 });
  expect(loss).toBeCloseTo(0, 12);
  for (const value of gradient) expect(value).toBeCloseTo(0, 12);
});
