import { createInstance, type FormatterModule } from 'i18next';
import { en } from './en.ts';
import { formatNumber } from './number.ts';
import type { Leaves } from './text-shape.ts';
import { zhCN } from './zh-CN.ts';

export type Language = 'zh-CN' | 'en';

export type I18nKey = Leaves<typeof zhCN>;
export type TextParams = Readonly<Record<string, string | number>>;
/** The text of a key, with its `{name}` parameters put in; numbers get their thousands separated. */
export type Translate = (key: I18nKey, params?: TextParams) => string;

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix: string, into: Record<string, string>): Record<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into[prefix + key] = value;
    else flatten(value, `${prefix}${key}.`, into);
  }
  return into;
}

const TEXTS = { 'zh-CN': flatten(zhCN, '', {}), en: flatten(en, '', {}) } as const;

/** `{count, plural:row|rows}` gives the word that goes with the number; other numbers get thin spaces. */
function formatParameter(value: unknown, format: string | undefined, language: string | undefined): string {
  if (format?.startsWith('plural:')) {
    const [one = '', other = one] = format.slice('plural:'.length).split('|');
    return new Intl.PluralRules(language).select(Number(value)) === 'one' ? one : other;
  }
  return typeof value === 'number' ? formatNumber(value, Number.isInteger(value) ? 0 : 1) : String(value);
}

const formatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: formatParameter,
};

/** Whether an id that came from the engine leads to a text. */
export function isI18nKey(key: string): key is I18nKey {
  return key in TEXTS['zh-CN'];
}

/** The texts of a language; `pseudo` shows each key in brackets, to find text that was never put into keys. */
export function createTranslate(language: Language | 'pseudo'): Translate {
  if (language === 'pseudo') return (key) => `[[${key}]]`;
  const i18n = createInstance().use(formatter);
  void i18n.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    resources: { [language]: { translation: TEXTS[language] } },
    interpolation: { prefix: '{', suffix: '}', escapeValue: false, alwaysFormat: true },
  });
  // The library answers an empty text with its key.
  return (key, params) => (TEXTS[language][key] === '' ? '' : i18n.t(key, { ...params }));
}
