import type { CleaningStepId, Recipe } from '../../../../shared/stages/demand/clean/recipe.ts';

/** A recipe with some options of one step changed. */
export function withStep<S extends CleaningStepId>(recipe: Recipe, step: S, change: Partial<Recipe[S]>): Recipe {
  return { ...recipe, [step]: { ...recipe[step], ...change } };
}

export function sameRecipe(a: Recipe, b: Recipe): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
