import type { AppErrorJson } from '../errors/app-error.ts';
import type { Reason } from '../errors/reasons.ts';
import { OPTION_TEXTS } from '../train/option-texts.ts';
import { isI18nKey, type TextParams, type Translate } from './translate.ts';

/** What an error says to people: what happened and where, and what to do. */
export function errorText(t: Translate, { code, params }: Pick<AppErrorJson, 'code' | 'params'>) {
  const words = inWords(t, params);
  return { message: t(`error.${code}.message`, words), remedy: t(`error.${code}.remedy`, words) };
}

function inWords(t: Translate, params: Reason['params']): TextParams {
  const word = (value: string | number | Reason) =>
    typeof value === 'object' ? t(`reason.${value.reason}`, namedIn(t, inWords(t, value.params))) : value;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, word(value)]));
}

/** What a reason calls by id, as the forms call it. An id of an earlier version for which there is no word any more stands as it is. */
function namedIn(t: Translate, params: TextParams): TextParams {
  const named = (name: string, value: string | number) => {
    const key = NAMES[name]?.(String(value)) ?? '';
    return isI18nKey(key) ? t(key) : value;
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, named(name, value)]));
}

const OPTIONS: Readonly<Record<string, { readonly name: string }>> = OPTION_TEXTS;
/** The texts of settings by the parameter of a reason that holds their id. */
const NAMES: Readonly<Record<string, (id: string) => string | undefined>> = {
  method: (id) => `stage.competitiveness.screen.models.methods.${id}`,
  option: (id) => OPTIONS[id]?.name,
  task: (id) => `stage.competitiveness.screen.tasks.kinds.${id}`,
  recipe: (id) => `stage.adaptation.screen.recipe.${id}`,
};
