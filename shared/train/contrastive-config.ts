import { z } from 'zod';
import { because, type Reason } from '../errors/reasons.ts';

/** Before its training proper, the encoder learns to put texts of one class near each other and those of others apart. */
export const contrastiveSchema = z.strictObject({
  /** `supcon`: every text of a batch against all others; `cosine`: pairs, alike or not, as SetFit. */
  loss: z.enum(['supcon', 'cosine']),
  /** How often each text is compared: its turns as an anchor, or for pairs those alike and those not. */
  rounds: z.int().min(1).max(200),
  learningRate: z.number().positive().max(1),
});
export type Contrastive = z.output<typeof contrastiveSchema>;

/** @source rounds: SetFit's former num_iterations; learning rate: between SetFit's 2e-5 for base encoders and ours for small ones */
export const CONTRASTIVE: Contrastive = { loss: 'supcon', rounds: 20, learningRate: 5e-5 };

/** Fewest rows of a batch in which two of one class can be beside two of another. */
const FEWEST_ROWS = 4;

/** Why it cannot be used with what else is chosen; empty for a sound config. */
export function contrastiveProblems(config: {
  readonly contrastive?: Contrastive | undefined;
  readonly headStart: string;
  readonly batchSize: number;
}) {
  const problems: { readonly option: 'contrastive'; readonly problem: Reason }[] = [];
  const add = (problem: Reason) => problems.push({ option: 'contrastive', problem });
  if (config.contrastive === undefined) return problems;
  if (config.headStart !== 'logistic') add(because('contrastive-start', {}));
  if (config.batchSize < FEWEST_ROWS) add(because('contrastive-batch', { least: FEWEST_ROWS }));
  return problems;
}
