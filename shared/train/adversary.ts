import { createRng } from '../rng.ts';
import type { Adversary } from './robustness-config.ts';
import type { TokenBatch } from './spec.ts';

/** Adversarial training on word embeddings: every pass adds a shift [rows·length, hidden] to the word embeddings of the batch, follows the
 *  gradient of the loss to that shift, and adds its own gradients to those of the update. Weights are never touched, so frozen and shared tables
 *  stay as they are. The shift has a norm per text (L2 over its tokens and dimensions), as in FreeLB and as Miyato et al. define FGM;
 *  widely copied FGM and PGD code instead shifts the whole embedding matrix by one norm, so that its ε depends on the batch and
 *  a word is shifted alike wherever it stands. Dropout masks are the same in all passes of an update.
 *  @source Miyato et al. 2017, "Adversarial training methods for semi-supervised text classification" (FGM); Madry et al. 2018 (PGD);
 *  Zhu et al. 2020, "FreeLB" (zhuchen03/FreeLB, run_glue_freelb.py) */
export interface AttackPlan {
  /** Forward and backward passes of one update. */
  readonly passes: number;
  /** Whether the gradients of this pass belong to the update. */
  readonly counts: (pass: number) => boolean;
  /** Whether the loss of this pass is told: that of the unshifted texts where there is such a pass, else the mean of all. */
  readonly told: (pass: number) => boolean;
  /** Share of the loss that a pass has. */
  readonly weight: number;
  /** Length of a step along the gradient. */
  readonly stepSize: number;
  /** Largest norm of a text's shift; null for none. */
  readonly limit: number | null;
  /** The first shift: 0, or uniform noise of a norm of at most this. */
  readonly initialSize: number;
  /** Of the noise. */
  readonly seed: number;
}

const NOISE_STREAM = 0x6e6f6973;
/** Below this a gradient has no direction. @source FreeLB's clamp */
const SMALLEST_NORM = 1e-8;

/** What an adversary does in one update. FGM and PGD add the clean gradients to those of the last pass; FreeLB averages all of its passes. */
export function attackPlan(adversary: Adversary, seed: number): AttackPlan {
  const clean = { weight: 1, initialSize: 0, seed, told: (pass: number) => pass === 0 };
  switch (adversary.type) {
    case 'fgm':
      return { ...clean, passes: 2, counts: () => true, stepSize: adversary.epsilon, limit: null };
    case 'pgd': {
      const { steps, stepSize, epsilon: limit } = adversary;
      return { ...clean, passes: steps + 1, counts: (pass) => pass === 0 || pass === steps, stepSize, limit };
    }
    case 'freelb': {
      const { steps, stepSize, initialSize, limit } = adversary;
      const all = () => true;
      return { passes: steps, counts: all, told: all, weight: 1 / steps, stepSize, limit, initialSize, seed };
    }
  }
}

/** The shift that the passes of an update begin with, [rows·length, hidden]; FreeLB's is a function of seed and update alone, so that a resumed
 *  run repeats it: uniform in ±size/√(tokens of the text × hidden), 0 at padding. */
export function firstShift(
  plan: AttackPlan,
  { rows, length, attentionMask }: TokenBatch,
  hidden: number,
  update: number,
): Float32Array {
  const shift = new Float32Array(rows * length * hidden);
  if (plan.initialSize === 0) return shift;
  const bits = new Uint32Array(shift.length);
  createRng((Math.imul(update + 1, 0x9e3779b1) ^ plan.seed ^ NOISE_STREAM) >>> 0).fill(bits);
  for (let row = 0; row < rows; row++) {
    const mask = attentionMask.subarray(row * length, (row + 1) * length);
    const tokens = mask.reduce((sum, value) => sum + value, 0);
    const scale = plan.initialSize / Math.sqrt(Math.max(1, tokens) * hidden);
    for (const [token, kept] of mask.entries()) {
      if (kept === 0) continue;
      const start = (row * length + token) * hidden;
      for (let i = start; i < start + hidden; i++) shift[i] = (bits[i]! / 2147483648 - 1) * scale;
    }
  }
  return shift;
}

/** Moves each text's shift along its gradient by the plan's step, and back into the ball of its limit, in place. A text whose gradient vanishes stays. */
export function ascend(plan: AttackPlan, shift: Float32Array, gradient: Float32Array, rows: number): void {
  const width = shift.length / rows;
  for (let row = 0; row < rows; row++) {
    const mine = shift.subarray(row * width, (row + 1) * width);
    const slope = gradient.subarray(row * width, (row + 1) * width);
    const factor = plan.stepSize / Math.max(norm(slope), SMALLEST_NORM);
    for (let i = 0; i < width; i++) mine[i]! += factor * slope[i]!;
    const length = norm(mine);
    if (plan.limit === null || length <= plan.limit) continue;
    for (let i = 0; i < width; i++) mine[i]! *= plan.limit / length;
  }
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
