import type { Estimate } from '../competitiveness/results.ts';
import type { RecipeCode, RecipeId, RecipeOption } from './results.ts';

/** Below this many rows in the class of the middle, tuning an encoder is not worth its time. @source the project's table of defaults, as `suggestConfig` */
const FEW_PER_CLASS = 20;
/** From this many on, an encoder can be tuned on its own account whatever others share. */
const MANY_PER_CLASS = 500;
/** A reject option has to save at least this share of the cost to be worth its upkeep. */
const WORTH_SAVING = 0.05;
/** Texts this easily told from the source's are another domain. */
const FAR_AUC = 0.75;

/** What was measured of a recipe on the scenario's dev rows. */
export interface Measured {
  readonly accuracy: Estimate;
  readonly costPerThousand: number;
  readonly humanShare: number;
}

export interface RecipeFacts {
  /** Share of the scenario's rows whose class the source knows; all its classes known. */
  readonly labelOverlap: number;
  readonly allClassesKnown: boolean;
  readonly trainRows: number;
  readonly medianTrainRows: number;
  readonly distance: { readonly auc: number; readonly differs: boolean } | null;
  readonly accuracyLimit: number | null;
  readonly humanLook: number | null;
  /** Measured as the source is, with a reject option, and with a new head on its frozen encoder; null where it could not be. */
  readonly reuse: Measured | null;
  readonly threshold: Measured | null;
  readonly newHead: Measured | null;
  /** Other scenarios have models adapted from this source. */
  readonly sourceIsShared: boolean;
  readonly sourceIsInt8: boolean;
  readonly parameters: { readonly all: number; readonly head: number; readonly lora: number };
  readonly epochs: { readonly head: number; readonly lora: number; readonly continue: number };
}

export interface Recommendation {
  readonly recommended: RecipeId;
  readonly reasons: RecipeCode[];
  readonly options: RecipeOption[];
}

/** How to adapt a source model to a scenario, by what was measured on the scenario's dev rows and what its data allow. In this order:
 *  1. the source knows every class and meets the accuracy limit: reuse it, or with a reject option where that saves 5 % of the cost;
 *  2. fewer than 20 train rows in the middle class, or a new head alone meets the limit: new head;
 *  3. the encoder has to move: LoRA where other scenarios share the source and rows are fewer than 500 a class, else continue from its weights.
 *  Nothing to train on leaves reuse, with a reject option where people can look.
 *  @source thresholds of `suggestConfig`; reject option after Chow 1970; few rows: Mosbach 2020, Zhang 2020 on fine-tuning with small samples */
export function recommendRecipe(facts: RecipeFacts): Recommendation {
  const options = recipeOptions(facts);
  const can = (recipe: RecipeId) => options.find((option) => option.recipe === recipe)?.applicable === true;
  const choose = (recommended: RecipeId, reasons: RecipeCode[]): Recommendation => ({
    recommended,
    reasons,
    options: options.map((option) =>
      option.recipe === recommended && option.applicable ? { ...option, codes: reasons } : option,
    ),
  });
  const meets = (measured: Measured | null) =>
    measured !== null && facts.accuracyLimit !== null && measured.accuracy.value >= facts.accuracyLimit;
  const far: RecipeCode[] = facts.distance?.differs === true && facts.distance.auc >= FAR_AUC ? ['far-domain'] : [];

  if (can('reuse') && facts.allClassesKnown && meets(facts.reuse)) {
    return can('threshold') && savesCost(facts)
      ? choose('threshold', ['meets-limit', 'reject-saves-cost'])
      : choose('reuse', ['meets-limit']);
  }
  if (facts.trainRows === 0) {
    return can('threshold')
      ? choose('threshold', ['no-train-rows', ...far])
      : choose('reuse', ['no-train-rows', ...far]);
  }
  const because: RecipeCode = facts.allClassesKnown ? 'same-classes-below-limit' : 'other-classes';
  if (can('new-head') && (facts.medianTrainRows < FEW_PER_CLASS || meets(facts.newHead))) {
    const reason = meets(facts.newHead) ? 'head-is-enough' : 'few-rows-per-class';
    return choose('new-head', [because, reason, ...far]);
  }
  if (can('lora') && facts.sourceIsShared && facts.medianTrainRows < MANY_PER_CLASS) {
    return choose('lora', [because, 'shared-encoder', ...far]);
  }
  if (can('continue')) {
    return choose('continue', [
      because,
      ...far,
      ...(facts.medianTrainRows >= MANY_PER_CLASS ? (['many-rows'] as const) : []),
    ]);
  }
  return can('threshold') ? choose('threshold', [because]) : choose('reuse', [because, 'int8-source']);
}

function savesCost({ reuse, threshold }: RecipeFacts): boolean {
  if (reuse === null || threshold === null) return false;
  return threshold.costPerThousand < (1 - WORTH_SAVING) * reuse.costPerThousand;
}

/** Every recipe: whether it can be used, what it was measured at, what it trains. */
function recipeOptions(facts: RecipeFacts): RecipeOption[] {
  const { parameters, epochs, trainRows } = facts;
  const common: RecipeCode[] = facts.labelOverlap === 0 ? ['no-common-classes'] : [];
  const lacking: RecipeCode[] = facts.labelOverlap > 0 && !facts.allClassesKnown ? ['classes-missing-in-source'] : [];
  const untrainable: RecipeCode[] = [
    ...(trainRows === 0 ? (['no-train-rows'] as const) : []),
    ...(facts.sourceIsInt8 ? (['int8-source'] as const) : []),
  ];
  const option = (
    recipe: RecipeId,
    obstacles: RecipeCode[],
    measured: Measured | null,
    trainableParameters: number,
    trainingTexts: number,
    remarks: RecipeCode[] = [],
  ): RecipeOption => ({
    recipe,
    applicable: obstacles.length === 0,
    codes: [...obstacles, ...remarks],
    devAccuracy: measured?.accuracy ?? null,
    costPerThousand: measured?.costPerThousand ?? null,
    humanShare: measured?.humanShare ?? null,
    trainableParameters,
    trainingTexts,
  });
  return [
    option('reuse', common, facts.reuse, 0, 0, lacking),
    option(
      'threshold',
      [...common, ...(facts.humanLook === null ? (['no-human-look'] as const) : [])],
      facts.threshold,
      0,
      0,
      lacking,
    ),
    option('new-head', untrainable, facts.newHead, parameters.head, trainRows * epochs.head),
    option('lora', untrainable, null, parameters.lora, trainRows * epochs.lora),
    option('continue', untrainable, null, parameters.all, trainRows * epochs.continue),
  ];
}
