import { z } from 'zod';
import { because, type Reason } from '../errors/reasons.ts';

/** What keeps a model from forgetting what it was trained on before. Each part is absent unless chosen. */
export const continualSchema = z.strictObject({
  /** Rows of the earlier training come again in every batch. */
  replay: z
    .strictObject({
      /** Share of a batch that they make up. */
      share: z.number().gt(0).max(0.9),
      /** Rows that are kept for it at most. */
      rows: z.int().min(1).max(100_000),
      /** `balanced`: as many of each class as there are; `reservoir`: every row with the same chance. */
      memory: z.enum(['balanced', 'reservoir']),
    })
    .optional(),
  /** What the model answered before is learnt beside the labels, on new rows and on those that come again. */
  lwf: z
    .strictObject({
      /** λo: weight of the earlier answers. */
      weight: z.number().positive().max(100),
      /** T. */
      temperature: z.number().min(1).max(100),
    })
    .optional(),
  /** Weights that mattered to the earlier rows are held where they were. */
  ewc: z
    .strictObject({
      /** λ of the penalty λ·Σ F·(θ − θ*)². */
      strength: z.number().positive().max(1e9),
      /** Earlier rows from which the Fisher information F is taken. */
      rows: z.int().min(1).max(10_000),
    })
    .optional(),
});
export type Continual = z.output<typeof continualSchema>;

/** What each part begins with. For λ there is no value that fits every model: the powers of ten from 100 to 100 000 are worth a run each.
 *  @source LwF: Li and Hoiem 2016 (T 2, λo 1); share: 10 to 20 % are usual; λ: Kirkpatrick et al. 2017 took 400 on permuted MNIST */
export const CONTINUAL: Required<{ readonly [K in keyof Continual]: NonNullable<Continual[K]> }> = {
  replay: { share: 0.15, rows: 500, memory: 'balanced' },
  lwf: { weight: 1, temperature: 2 },
  ewc: { strength: 1000, rows: 200 },
};

interface Whole {
  readonly continual?: Continual | undefined;
  readonly batchSize: number;
  readonly method: { readonly type: string; readonly freezeEmbeddings?: boolean };
}

/** Methods that add tensors of their own: those have no earlier values to hold on to. */
const ADDS_TENSORS: ReadonlySet<string> = new Set(['lora', 'adalora', 'adapter']);

/** Why these parts cannot work as they stand; empty for a sound config. */
export function continualProblems({ continual, batchSize, method }: Whole) {
  const problems: { readonly option: 'continual'; readonly part: keyof Continual; readonly problem: Reason }[] = [];
  const add = (part: keyof Continual, problem: Reason) => problems.push({ option: 'continual', part, problem });
  if (continual?.replay !== undefined && batchSize < 2) add('replay', because('replay-batch', {}));
  if (continual?.ewc !== undefined) {
    if (ADDS_TENSORS.has(method.type)) add('ewc', because('ewc-method', { method: method.type }));
    // Word vectors are updated row by row, for which there is no penalty.
    if (method.freezeEmbeddings === false) add('ewc', because('ewc-embeddings', {}));
  }
  return problems;
}
