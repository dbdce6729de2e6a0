import { normaliseText } from './normalise-text.ts';
import { maskPersonalData, type PersonalDataKind } from './personal-data.ts';
import type { Recipe } from './recipe.ts';

/** What a recipe does to a text itself, whatever rows it leaves out. */
export interface TextCleaning {
  readonly normalise: boolean;
  readonly maskPersonalData: readonly PersonalDataKind[];
}

export function textCleaning(recipe: Pick<Recipe, 'normalise' | 'personalData'> | undefined): TextCleaning {
  return {
    normalise: recipe?.normalise.enabled ?? true,
    maskPersonalData: recipe?.personalData.enabled === true ? recipe.personalData.kinds : [],
  };
}

/** A text as a cleaned row would have it; '' where nothing is left. */
export function cleanedText(text: string, cleaning: TextCleaning): string {
  return maskPersonalData(cleaning.normalise ? normaliseText(text) : text, cleaning.maskPersonalData).text;
}
