import { z } from 'zod';
import { broken } from '../errors/issue-reason.ts';
import { because } from '../errors/reasons.ts';
import { bottleneckWidth } from './adapters.ts';
import { attackPlan } from './adversary.ts';
import { continualProblems, continualSchema } from './continual-config.ts';
import { contrastiveProblems, contrastiveSchema } from './contrastive-config.ts';
import type { LossOptions } from './robust-loss.ts';
import { type OptionProblem, robustnessFields, robustnessProblems } from './robustness-config.ts';
import type { EncoderConfig, Pooling, TrainSpec } from './spec.ts';
import type { TextTaskSpec } from './text-task.ts';

const LORA_TARGETS = ['query', 'key', 'value', 'attention.output', 'intermediate', 'output'] as const;

export const tuningMethodSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('full'), freezeEmbeddings: z.boolean() }),
  z.strictObject({ type: z.literal('frozen-prefix'), layers: z.int().min(0) }),
  z.strictObject({ type: z.literal('head') }),
  z.strictObject({
    type: z.literal('adapter'),
    variant: z.enum(['houlsby', 'pfeiffer']),
    /** Hidden size over the width of the bottleneck. */
    reduction: z.int().min(1).max(1024),
  }),
  z.strictObject({ type: z.literal('bitfit'), biases: z.enum(['all', 'query-intermediate']) }),
  z.strictObject({
    type: z.literal('lora'),
    rank: z.int().min(1).max(256),
    alpha: z.number().positive(),
    rankStabilised: z.boolean(),
    targets: z.array(z.enum(LORA_TARGETS)).min(1),
  }),
  z.strictObject({
    type: z.literal('adalora'),
    rank: z.int().min(1).max(256),
    targetRank: z.int().min(1).max(256),
    alpha: z.number().positive(),
    targets: z.array(z.enum(LORA_TARGETS)).min(1),
    initialShare: z.number().min(0).max(1),
    finalShare: z.number().min(0).max(1),
    interval: z.int().min(1),
    orthogonality: z.number().min(0).max(10),
  }),
]);

const runConfigFields = z.strictObject({
  method: tuningMethodSchema,
  epochs: z.number().positive().max(1000),
  batchSize: z.int().min(1).max(1024),
  maxLength: z.int().min(2).max(8192),
  learningRate: z.number().positive().max(1),
  schedule: z.enum(['linear', 'cosine', 'constant']),
  /** Share of all updates spent warming up. */
  warmupShare: z.number().min(0).max(1),
  weightDecay: z.number().min(0).max(1),
  dropout: z.number().min(0).lt(1),
  /** Global-norm clip; null for none. */
  maxGradNorm: z.nullable(z.number().positive()),
  classWeights: z.enum(['none', 'balanced', 'effective-number']),
  /** What the classifier begins as: drawn at random, or logistic regression on the encoder as it is. */
  headStart: z.enum(['random', 'logistic']).default('random'),
  /** δ of Huber's loss in standard deviations of the target, for a number; squared error where left out. */
  huberDelta: z.number().positive().max(100).optional(),
  /** Evaluations on dev without improvement before stopping; null to train to the end. */
  earlyStopPatience: z.nullable(z.int().min(1)),
  seed: z.int().min(0).max(4294967295),
  /** Each layer's share of the learning rate of the layer above it; one rate for all where left out. */
  layerDecay: z.number().gt(0).max(1).optional(),
  /** The head and the top layer learn in the first epoch, and each epoch one layer more; all at once where left out. */
  unfreezing: z.literal('gradual').optional(),
  /** Parts in which a batch is computed before its one update: less memory, the same result. 1 where left out. */
  accumulation: z.int().min(1).max(256).optional(),
  /** Products in half precision, where what computes the run gains by it (`loss-scale.ts`); float32 where left out. */
  precision: z.literal('float16').optional(),
  ...robustnessFields,
  /** Texts of one class are brought near each other before the training proper; needs a new classifier. */
  contrastive: contrastiveSchema.optional(),
  /** Against forgetting what the model was trained on before; needs a model that was. */
  continual: continualSchema.optional(),
});

/** How a model is tuned: all that a run depends on besides its data and its base model. */
export const runConfigSchema = runConfigFields.superRefine((config, context) => {
  const problems = [
    ...robustnessProblems(config),
    ...tuningProblems(config),
    ...precisionProblems(config),
    ...continualProblems(config),
    ...contrastiveProblems(config),
  ];
  for (const { option, problem } of problems) {
    context.addIssue({ code: 'custom', ...broken(problem, option) });
  }
});
export type RunConfig = z.output<typeof runConfigSchema>;

const [full, frozenPrefix, head, adapter, bitfit, lora, adalora] = tuningMethodSchema.options;
/** What somebody sets of a recipe and of its method; the rest is what fits (`complete-config.ts`). */
export const runConfigDraftSchema = runConfigFields.partial().extend({
  method: z
    .discriminatedUnion('type', [
      full.partial().extend({ type: full.shape.type }),
      frozenPrefix.partial().extend({ type: frozenPrefix.shape.type }),
      head,
      adapter.partial().extend({ type: adapter.shape.type }),
      bitfit.partial().extend({ type: bitfit.shape.type }),
      lora.partial().extend({ type: lora.shape.type }),
      adalora.partial().extend({ type: adalora.shape.type }),
    ])
    .optional(),
  headStart: runConfigFields.shape.headStart.unwrap().optional(),
});
export type RunConfigDraft = z.output<typeof runConfigDraftSchema>;

/** Whether layers can begin to learn one after another: a head has none, and AdaLoRA gives ranks to all layers at once. */
export const canUnfreeze = (method: z.output<typeof tuningMethodSchema>['type']) =>
  method !== 'head' && method !== 'adalora';

/** Choices about what is tuned that contradict each other. */
function tuningProblems({
  method,
  unfreezing,
}: {
  readonly method: z.output<typeof tuningMethodSchema>;
  readonly unfreezing?: 'gradual' | undefined;
}): readonly OptionProblem[] {
  const problems: OptionProblem[] = [];
  if (unfreezing !== undefined && !canUnfreeze(method.type)) {
    problems.push({ option: 'unfreezing', problem: because('unfreezing-method', { method: method.type }) });
  }
  if (method.type === 'adalora' && method.targetRank > method.rank) {
    const { rank, targetRank } = method;
    problems.push({ option: 'method', problem: because('rank-order', { rank, targetRank }) });
  }
  if (method.type === 'adalora' && method.initialShare + method.finalShare >= 1) {
    problems.push({ option: 'method', problem: because('rank-updates', {}) });
  }
  return problems;
}

/** Options whose updates are computed in parts or by several sessions, each of which would need a scale of its own. */
const NEEDS_FLOAT32 = ['accumulation', 'adversary', 'unfreezing', 'contrastive', 'continual'] as const;

function precisionProblems(config: {
  readonly precision?: 'float16' | undefined;
  readonly [option: string]: unknown;
}): readonly OptionProblem[] {
  if (config.precision === undefined) return [];
  const found = NEEDS_FLOAT32.find((option) => config[option] !== undefined && config[option] !== 1);
  return found === undefined ? [] : [{ option: 'precision', problem: because('half-precision', { option: found }) }];
}

/** What the updates are clipped to where they are. @source Devlin et al. 2019 and Hugging Face's Trainer */
export const USUAL_CLIP = 1;
/** Evaluations on dev rows, one an epoch, that may bring nothing before a training stops. */
export const USUAL_PATIENCE = 3;

/** Below this many rows in the median class the encoder is tuned in small steps and more epochs. */
const FEW_PER_CLASS = 20;
/** Of `learningRateFor` where rows are few. On three folds of BANKING77 with ten rows a class this is 0.8 to 1.9 points (1.35 on average) above the head
 *  alone, on three draws of waimai with fifteen −0.3 to 1.4 (0.5). */
const FEW_ROWS_RATE = 0.5;
/** Above this many rows in the median class three epochs are enough. */
const MANY_PER_CLASS = 500;
/** A class is small where it has less than this share of the rows that an even split would give it. */
const IMBALANCED_SHARE = 0.2;

/** What a recipe begins with whatever the data. */
export const USUAL_SETTINGS = {
  schedule: 'linear',
  warmupShare: 0.1,
  weightDecay: 0.01,
  dropout: 0.1,
  maxGradNorm: USUAL_CLIP,
  headStart: 'logistic',
  earlyStopPatience: USUAL_PATIENCE,
} as const satisfies Partial<RunConfig>;

export const RECIPE_REASONS = ['few-per-class', 'some-per-class', 'many-per-class'] as const;
export type RecipeReason = (typeof RECIPE_REASONS)[number];

export interface RecipeInput {
  /** Training rows of each class. */
  readonly rowsPerClass: readonly number[];
  readonly maxLength: number;
  readonly seed: number;
}

export interface SuggestedRecipe {
  readonly config: RunConfig;
  readonly reason: RecipeReason;
  /** Training rows of the median class (of an even number the larger of the two in the middle), by which the reason goes; 0 without classes. */
  readonly medianRows: number;
}

/** The recipe that fits the data, and why. LoRA, where many tasks share a base, is a person's choice.
 *  @source Turc et al. 2019 and the model cards of 4-layer Chinese encoders: small encoders want larger learning rates than BERT's */
export function suggestConfig(input: RecipeInput): SuggestedRecipe {
  const counts = [...input.rowsPerClass].sort((a, b) => a - b);
  const medianRows = counts[Math.floor(counts.length / 2)] ?? 0;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const imbalanced = (counts[0] ?? 0) < (IMBALANCED_SHARE * total) / Math.max(1, counts.length);
  const common = {
    ...USUAL_SETTINGS,
    maxLength: input.maxLength,
    classWeights: imbalanced ? 'balanced' : 'none',
    seed: input.seed,
  } as const;
  const full = { type: 'full', freezeEmbeddings: true } as const;
  const learningRate = learningRateFor(full.type);
  if (medianRows < FEW_PER_CLASS) {
    const small = { method: full, epochs: 10, batchSize: 32, learningRate: FEW_ROWS_RATE * learningRate } as const;
    return { config: { ...common, ...small }, reason: 'few-per-class', medianRows };
  }
  if (medianRows < MANY_PER_CLASS) {
    const config = { ...common, method: full, epochs: 6, batchSize: 32, learningRate };
    return { config, reason: 'some-per-class', medianRows };
  }
  const config = { ...common, method: full, epochs: 3, batchSize: 32, learningRate };
  return { config, reason: 'many-per-class', medianRows };
}

/** The learning rate to begin with. */
export function learningRateFor(method: RunConfig['method']['type']): number {
  return LEARNING_RATES[method];
}

/** The learning rates that a suggestion may give a method. */
export function suggestedRates(method: RunConfig['method']['type']): readonly number[] {
  const usual = learningRateFor(method);
  return method === 'full' ? [usual, FEW_ROWS_RATE * usual] : [usual];
}

/** @source adapter: Houlsby et al. 2019 (3e-4 to 3e-3 for BERT-base); bitfit: Ben Zaken et al. 2022 (between 1e-4 and 1e-3); lora: Hu et al. 2022 */
const LEARNING_RATES: Readonly<Record<RunConfig['method']['type'], number>> = {
  full: 1e-4,
  'frozen-prefix': 1e-4,
  head: 1e-3,
  adapter: 1e-3,
  bitfit: 1e-3,
  lora: 5e-4,
  adalora: 1e-3,
};

function adaptersToTrain(method: RunConfig['method'], { hiddenSize }: EncoderConfig): Pick<TrainSpec, 'adapters'> {
  if (method.type !== 'adapter') return {};
  return { adapters: { variant: method.variant, width: bottleneckWidth(hiddenSize, method.reduction) } };
}

/** What the training session is told: the config on this encoder. Moments' decay and epsilon are those of Hugging Face and PyTorch. */
export function trainSpec(
  config: RunConfig,
  encoder: EncoderConfig,
  pooling: Pooling,
  labels: number,
  loss: LossOptions = {},
  task: TextTaskSpec | null = null,
): TrainSpec {
  return {
    encoder,
    pooling,
    head: task?.type === 'ordinal' ? 'shared-weight' : 'linear',
    labels,
    loss,
    ...(task === null ? {} : { task: task.type, taskLoss: task.loss }),
    ...(config.adversary === undefined ? {} : { attack: attackPlan(config.adversary, config.seed) }),
    method: config.method,
    ...adaptersToTrain(config.method, encoder),
    dropout: config.dropout,
    weightDecay: config.weightDecay,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    maxGradNorm: config.maxGradNorm,
    ...(config.layerDecay === undefined ? {} : { layerDecay: config.layerDecay }),
    ...(config.precision === undefined ? {} : { mixed: true }),
    ...(config.continual?.lwf === undefined ? {} : { earlierAnswers: config.continual.lwf }),
    ...(config.continual?.ewc === undefined ? {} : { consolidates: true }),
  };
}
