import { createTranslate, type Language, type Translate } from '../../shared/i18n/translate.ts';
import { useSession } from './session.ts';

const TRANSLATE = {
  'zh-CN': createTranslate('zh-CN'),
  en: createTranslate('en'),
  pseudo: createTranslate('pseudo'),
} as const;

export function useLanguage(): Language {
  return useSession((state) => state.settings.language);
}

/** `?pseudo` in the address shows every key in brackets. */
const isPseudo = () => new URLSearchParams(window.location.search).has('pseudo');

/** The texts of the chosen language; a switch redraws without a reload. */
export function useT(): Translate {
  const language = useLanguage();
  return TRANSLATE[isPseudo() ? 'pseudo' : language];
}
