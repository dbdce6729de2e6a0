import { AppError } from '../errors/app-error.ts';
import type { NamedTensors, TrainerState } from './spec.ts';

/** Where a zero gradient at the first step is right. */
const RIGHTLY_ZERO: readonly {
  readonly name: RegExp;
  readonly when: (name: string, before: NamedTensors) => boolean;
}[] = [
  // Softmax ignores what is added to all scores of a row: the gradient is zero but for rounding.
  { name: /\.attention\.self\.key\.bias$/, when: () => true },
  // dA = s·Bᵀ(…): zero while B is.
  {
    name: /\.lora_A\.weight$/,
    when: (name, before) => isZero(before.get(name.replace('lora_A', 'lora_B'))?.data ?? new Float32Array()),
  },
  // AdaLoRA: both have a factor E in what reaches them from the loss.
  {
    name: /\.lora_[AB]\.weight$/,
    when: (name, before) => {
      const e = before.get(name.replace(/lora_[AB]/, 'lora_E'));
      return e !== undefined && isZero(e.data);
    },
  },
];

/** AdaLoRA's E may stand still all the same: the allocator puts back to zero what it drops, after the update. */
const PUT_BACK = /\.lora_E\.weight$/;

const isZero = (data: Float32Array) => data.every((value) => value === 0);

/** After the first step with a learning rate above 0 every trained tensor has had a gradient and has moved, the named cases apart.
 *  Embedding rows of words that the batch lacks stand still: a tensor counts as moved when any element has.
 *  @throws AppError 'train.zero-gradient' naming the first tensor that stood still */
export function checkFirstStep(before: TrainerState, after: TrainerState): void {
  for (const [name, { data }] of after.parameters) {
    if (RIGHTLY_ZERO.some((row) => row.name.test(name) && row.when(name, before.parameters))) continue;
    const start = before.parameters.get(name)!.data;
    const moved = PUT_BACK.test(name) || data.some((value, i) => value !== start[i]);
    if (!moved || isZero(after.firstMoments.get(name)!.data))
      throw new AppError('train.zero-gradient', { tensor: name });
  }
}
