import { z } from 'zod';
import { augmentationSchema } from '../augmentation/plan.ts';
import { because, type Reason } from '../errors/reasons.ts';

const steps = z.int().min(1).max(10);
const size = z.number().positive().max(100);
/** Adversarial training on word embeddings; sizes are L2 norms per text (`adversary.ts`). An update takes 2 (FGM), steps + 1 (PGD) or steps (FreeLB) passes. */
const adversarySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fgm'), epsilon: size }),
  z.strictObject({ type: z.literal('pgd'), steps, stepSize: size, epsilon: size }),
  z.strictObject({
    type: z.literal('freelb'),
    steps,
    stepSize: size,
    initialSize: z.number().min(0).max(100),
    limit: z.nullable(size),
  }),
]);
export type Adversary = z.output<typeof adversarySchema>;

/** Options of a run against little data, uneven classes and altered texts. Each is absent unless chosen, so that older runs keep their hashes. */
export const robustnessFields = {
  /** Share ε of every target that is spread evenly over all classes. @source Szegedy et al. 2016 */
  labelSmoothing: z.number().min(0).max(0.9).optional(),
  /** γ of the focal loss: what is right already counts less. @source Lin et al. 2017 */
  focalGamma: z.number().min(0).max(10).optional(),
  /** β of class weights by effective number of rows. @source Cui et al. 2019 */
  effectiveNumberBeta: z.number().min(0).lt(1).optional(),
  /** τ of logit adjustment: τ·log of each class's share is added to its logit while training. @source Menon et al. 2021 */
  logitAdjustment: z.number().min(0).max(4).optional(),
  /** α of R-Drop: every text goes through twice under different dropout, and the two answers are drawn together. @source Liang et al. 2021 */
  rDrop: z.number().min(0).max(10).optional(),
  adversary: adversarySchema.optional(),
  /** Changed copies of the training rows. */
  augmentation: augmentationSchema.optional(),
};

/** β where class weights by effective number are chosen without one. */
export const DEFAULT_EFFECTIVE_BETA = 0.999;

const KEEPS_LOWER_PART: ReadonlySet<string> = new Set(['head', 'frozen-prefix']);

export interface OptionProblem<O extends string = string> {
  readonly option: O;
  readonly problem: Reason;
}

interface Robustness extends z.output<z.ZodObject<typeof robustnessFields>> {
  readonly dropout: number;
  readonly method: { readonly type: string };
}

/** Options that cannot work as they stand; empty for a sound config. */
export function robustnessProblems(config: Robustness): readonly OptionProblem<'rDrop' | 'adversary'>[] {
  const problems: OptionProblem<'rDrop' | 'adversary'>[] = [];
  // Without dropout both passes are the same, and nothing is drawn together.
  if ((config.rDrop ?? 0) > 0 && config.dropout === 0) {
    problems.push({ option: 'rDrop', problem: because('r-drop-dropout', {}) });
  }
  // These methods keep what the lower part of the model makes of each text: there are no word embeddings to shift.
  if (config.adversary !== undefined && KEEPS_LOWER_PART.has(config.method.type)) {
    problems.push({ option: 'adversary', problem: because('adversary-method', { method: config.method.type }) });
  }
  return problems;
}

/** What an adversary begins with, in a model whose word vectors are 1 to 1.5 long. The usual ε of 1 is the norm over a whole batch: over 25 texts
 *  that is 0.2 for each. On 200 reviews 1 for each text drowned what was to be learnt (72 % for 88 %).
 *  @source Zhu et al. 2020, the repository's script for CoLA (FreeLB) */
export const ADVERSARIES: { readonly [T in Adversary['type']]: Extract<Adversary, { type: T }> } = {
  fgm: { type: 'fgm', epsilon: 0.2 },
  pgd: { type: 'pgd', steps: 3, stepSize: 0.06, epsilon: 0.2 },
  freelb: { type: 'freelb', steps: 3, stepSize: 0.05, initialSize: 0.4, limit: 0.3 },
};
