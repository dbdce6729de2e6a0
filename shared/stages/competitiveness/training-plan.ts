import { z } from 'zod';
import { canonicalJson } from '../../data/canonical-json.ts';
import { providerSchema } from '../../train/provider.ts';
import { type RunConfig, runConfigSchema } from '../../train/run-config.ts';
import { MEMORY_FITS, trainingTimeSchema } from '../../train/training-cost.ts';

const megabytes = z.number().min(0);

/** What one recipe would cost. */
const plannedRecipeSchema = z.strictObject({
  config: runConfigSchema,
  /** Null where the model process was ended while it measured, as for lack of memory. */
  measured: z.nullable(
    z.strictObject({
      /** Updates of one training. */
      updates: z.int().min(1),
      /** Seconds. */
      time: trainingTimeSchema,
      peakMemoryMb: megabytes,
      trainableParameters: z.int().min(0),
      fit: z.enum(MEMORY_FITS),
    }),
  ),
});
export type PlannedRecipe = z.output<typeof plannedRecipeSchema>;

/** What one or more recipes would cost on this machine, from a few of their own updates on the project's own rows. */
export const trainingPlanSchema = z.strictObject({
  modelId: z.string(),
  trainRows: z.int().min(1),
  devRows: z.int().min(0),
  threads: z.int().min(1),
  provider: providerSchema,
  /** Memory that was free when this was measured, and all that the machine has. */
  freeMemoryMb: megabytes,
  totalMemoryMb: megabytes,
  recipes: z.array(plannedRecipeSchema).min(1),
});
export type TrainingPlan = z.output<typeof trainingPlanSchema>;

const MOST_PLANNED = 8;
export const planChoiceSchema = z.strictObject({
  modelId: z.string(),
  /** Recipes to hold beside each other. */
  configs: z.array(runConfigSchema).min(1).max(MOST_PLANNED),
});

/** What was expected of a training before it began. */
export const expectedCostSchema = z.strictObject({
  /** Seconds. */
  time: trainingTimeSchema,
  peakMemoryMb: megabytes,
  updates: z.int().min(1),
});
export type ExpectedCost = z.output<typeof expectedCostSchema>;

/** Seconds expected of so many updates: fewer where a training stopped early; what is done once is done all the same. */
export function expectedSeconds({ time, updates }: ExpectedCost, steps: number): number {
  const once = time.parts.start + time.parts.contrast;
  return once + (time.value - once) * (steps / updates);
}

/** Whether two recipes cost the same: they are the same but for the seed. */
export function sameCost(a: RunConfig, b: RunConfig): boolean {
  return canonicalJson({ ...a, seed: 0 }) === canonicalJson({ ...b, seed: 0 });
}

/** What a plan says of a recipe; null where it was not measured. */
export function expectedCost(plan: TrainingPlan, modelId: string, config: RunConfig): ExpectedCost | null {
  const found = plan.modelId === modelId ? plan.recipes.find((recipe) => sameCost(recipe.config, config)) : undefined;
  if (found === undefined || found.measured === null) return null;
  const { time, peakMemoryMb, updates } = found.measured;
  return { time, peakMemoryMb, updates };
}
