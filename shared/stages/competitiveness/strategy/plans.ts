import type { ExperimentResult } from '../experiment/results.ts';
import type { UsabilityResult } from '../usability/results.ts';
import type { OtherStrategy } from './choice.ts';
import { experiencePlan } from './experience-plan.ts';
import { modelPlan, type PlanModel } from './model-plan.ts';
import type { StrategyPlans } from './plan-lines.ts';
import { productPlan } from './product-plan.ts';
import type { StrategyResult } from './results.ts';

export interface PlanInput {
  readonly decision: Omit<StrategyResult, 'plans'>;
  readonly others: readonly OtherStrategy[];
  readonly models: readonly PlanModel[];
  readonly experiments: readonly ExperimentResult[];
  readonly usabilities: readonly UsabilityResult[];
  /** Text rows that f1 counts for each need. */
  readonly textRowsOfNeed: ReadonlyMap<string, number>;
}

/** The three plans that follow from g by rule: every line names the artifacts that it rests on, and none says more than they do. */
export function strategyPlans({
  decision,
  others,
  models,
  experiments,
  usabilities,
  textRowsOfNeed,
}: PlanInput): StrategyPlans {
  return {
    model: modelPlan(decision, models, textRowsOfNeed),
    product: productPlan(decision, experiments, others),
    experience: experiencePlan(experiments, usabilities),
  };
}
