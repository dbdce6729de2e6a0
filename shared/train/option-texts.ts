import type { I18nKey } from '../i18n/translate.ts';
import type { RunConfig } from './run-config.ts';
import type { Method } from './usual-method.ts';

interface OptionTexts {
  readonly name: I18nKey;
  /** When it is worth touching. */
  readonly when: I18nKey;
}

/** The texts of every option of a run. One without texts does not compile. */
export const OPTION_TEXTS = {
  method: { name: 'stage.competitiveness.screen.models.configMethod', when: 'training.option.when.method' },
  epochs: {
    name: 'stage.competitiveness.screen.models.epochs',
    when: 'stage.competitiveness.screen.models.epochsHint',
  },
  batchSize: {
    name: 'stage.competitiveness.screen.models.batchSize',
    when: 'stage.competitiveness.screen.models.batchSizeHint',
  },
  maxLength: {
    name: 'stage.competitiveness.screen.models.maxLength',
    when: 'stage.competitiveness.screen.models.maxLengthHint',
  },
  learningRate: {
    name: 'stage.competitiveness.screen.models.learningRate',
    when: 'stage.competitiveness.screen.models.learningRateHint',
  },
  schedule: { name: 'stage.competitiveness.screen.models.configSchedule', when: 'training.option.when.schedule' },
  warmupShare: { name: 'stage.competitiveness.screen.models.configWarmup', when: 'training.option.when.warmupShare' },
  weightDecay: { name: 'stage.competitiveness.screen.models.configDecay', when: 'training.option.when.weightDecay' },
  dropout: {
    name: 'stage.competitiveness.screen.models.dropout',
    when: 'stage.competitiveness.screen.models.dropoutHint',
  },
  maxGradNorm: { name: 'training.option.maxGradNorm', when: 'training.option.when.maxGradNorm' },
  classWeights: { name: 'training.robustness.classWeights.name', when: 'training.robustness.classWeights.when' },
  headStart: { name: 'training.option.headStart', when: 'training.option.when.headStart' },
  huberDelta: { name: 'training.robustness.huberDelta.name', when: 'training.robustness.huberDelta.when' },
  earlyStopPatience: { name: 'training.option.earlyStopPatience', when: 'training.option.when.earlyStopPatience' },
  seed: { name: 'stage.competitiveness.screen.models.seed', when: 'training.option.when.seed' },
  layerDecay: {
    name: 'stage.competitiveness.screen.models.layerDecay',
    when: 'stage.competitiveness.screen.models.layerDecayHint',
  },
  unfreezing: {
    name: 'stage.competitiveness.screen.models.unfreezing',
    when: 'stage.competitiveness.screen.models.unfreezingHint',
  },
  accumulation: {
    name: 'stage.competitiveness.screen.models.accumulation',
    when: 'stage.competitiveness.screen.models.accumulationHint',
  },
  labelSmoothing: { name: 'training.robustness.labelSmoothing.name', when: 'training.robustness.labelSmoothing.when' },
  focalGamma: { name: 'training.robustness.focalGamma.name', when: 'training.robustness.focalGamma.when' },
  effectiveNumberBeta: {
    name: 'training.option.effectiveNumberBeta',
    when: 'training.option.when.effectiveNumberBeta',
  },
  logitAdjustment: {
    name: 'training.robustness.logitAdjustment.name',
    when: 'training.robustness.logitAdjustment.when',
  },
  rDrop: { name: 'training.robustness.rDrop.name', when: 'training.robustness.rDrop.when' },
  adversary: { name: 'training.robustness.adversary.name', when: 'training.robustness.adversary.when' },
  augmentation: { name: 'training.robustness.augmentation.name', when: 'training.robustness.augmentation.when' },
  continual: { name: 'training.continual.title', when: 'training.option.when.continual' },
  contrastive: { name: 'training.contrastive.name', when: 'training.contrastive.when' },
  precision: { name: 'training.half.name', when: 'training.half.when' },
} as const satisfies { readonly [O in keyof RunConfig]-?: OptionTexts };

type FieldOf<M> = M extends Method ? Exclude<keyof M, 'type'> : never;
/** A field of some method. */
export type MethodField = FieldOf<Method>;

/** The texts of every field of a method. */
export const METHOD_FIELD_TEXTS = {
  freezeEmbeddings: {
    name: 'stage.competitiveness.screen.models.freezeEmbeddings',
    when: 'training.methodField.freezeEmbeddings',
  },
  layers: { name: 'stage.competitiveness.screen.models.configFrozen', when: 'training.methodField.layers' },
  variant: { name: 'stage.competitiveness.screen.models.adapterVariant', when: 'training.methodField.variant' },
  reduction: {
    name: 'stage.competitiveness.screen.models.reduction',
    when: 'stage.competitiveness.screen.models.reductionHint',
  },
  biases: { name: 'stage.competitiveness.screen.models.biases', when: 'training.methodField.biases' },
  rank: { name: 'stage.competitiveness.screen.models.rank', when: 'training.methodField.rank' },
  alpha: { name: 'stage.competitiveness.screen.models.alpha', when: 'stage.competitiveness.screen.models.alphaHint' },
  rankStabilised: {
    name: 'stage.competitiveness.screen.models.rankStabilised',
    when: 'stage.competitiveness.screen.models.rankStabilisedHint',
  },
  targets: { name: 'stage.competitiveness.screen.models.targets', when: 'training.methodField.targets' },
  targetRank: { name: 'stage.competitiveness.screen.models.rankLast', when: 'training.methodField.targetRank' },
  initialShare: { name: 'training.methodField.initialShareName', when: 'training.methodField.initialShare' },
  finalShare: { name: 'training.methodField.finalShareName', when: 'training.methodField.finalShare' },
  interval: { name: 'training.methodField.intervalName', when: 'training.methodField.interval' },
  orthogonality: { name: 'training.methodField.orthogonalityName', when: 'training.methodField.orthogonality' },
} as const satisfies Readonly<Record<MethodField, OptionTexts>>;
