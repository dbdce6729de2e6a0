import { z } from 'zod';

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
};

/** β where class weights by effective number are chosen without one. */
export const DEFAULT_EFFECTIVE_BETA = 0.999;

export interface OptionProblem {
  readonly option: string;
  readonly problem: string;
}

interface Robustness extends z.output<z.ZodObject<typeof robustnessFields>> {
  readonly dropout: number;
}

/** Options that cannot work as they stand; empty for a sound config. */
export function robustnessProblems(config: Robustness): readonly OptionProblem[] {
  const problems: OptionProblem[] = [];
  // Without dropout both passes are the same, and nothing is drawn together.
  if ((config.rDrop ?? 0) > 0 && config.dropout === 0) problems.push({ option: 'rDrop', problem: 'dropout is 0' });
  return problems;
}
