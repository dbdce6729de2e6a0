import { z } from 'zod';
import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import { softenedDivergence } from './softened-divergence.ts';

/** Learning another model's answers beside the labels. */
export const distillationSchema = z.strictObject({
  /** T: above 1 the teacher's second thoughts weigh more. */
  temperature: z.number().positive().max(100),
  /** α: weight of the teacher's answers; 1 − α that of the labels. */
  alpha: z.number().min(0).max(1),
});
export type Distillation = z.output<typeof distillationSchema>;

/** The teacher's logits [rows, labels]: an input that distillation adds to the graph. */
export const TEACHER_INPUT = 'teacher';

/** α·T²·Σ over rows of KL(softmax(teacher/T) ‖ softmax(logits/T)) + (1 − α)·hard; `hard` is the sum of the rows' own losses. T² keeps the size of
 *  the gradient whatever T is. @source Hinton et al. 2015, "Distilling the knowledge in a neural network", 2.1 */
export function distilled(b: Builder, { temperature, alpha }: Distillation, logits: Value, hard: Value): Value {
  const teacher = b.input(TEACHER_INPUT, 'float32', logits.shape);
  const divergence = softenedDivergence(b, teacher, logits, temperature);
  return b.op('Add', [
    b.op('Mul', [divergence, b.scalar(alpha * temperature ** 2)]),
    b.op('Mul', [hard, b.scalar(1 - alpha)]),
  ]);
}
