import type { AppErrorJson } from '../errors/app-error.ts';
import type { Reason } from '../errors/reasons.ts';
import type { TextParams, Translate } from './translate.ts';

/** What an error says to people: what happened and where, and what to do. */
export function errorText(t: Translate, { code, params }: Pick<AppErrorJson, 'code' | 'params'>) {
  const words = inWords(t, params);
  return { message: t(`error.${code}.message`, words), remedy: t(`error.${code}.remedy`, words) };
}

function inWords(t: Translate, params: Reason['params']): TextParams {
  const word = (value: string | number | Reason) =>
    typeof value === 'object' ? t(`reason.${value.reason}`, inWords(t, value.params)) : value;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, word(value)]));
}
