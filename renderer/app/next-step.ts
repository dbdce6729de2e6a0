import type { Overview } from '../../shared/contract/project.ts';
import { isI18nKey, type Translate } from '../../shared/i18n/translate.ts';
import { stepTitleKey } from './stage-steps.ts';

export type NextStep = Overview['next'][number];

/** What to do next, in words. */
export function nextText(t: Translate, next: NextStep): string {
  const key = `stage.${next.stage}.next.${next.id.replace(`${next.stage}.`, '')}`;
  return isI18nKey(key) ? t(key, next.params) : t('map.nextFallback', { step: t(stepTitleKey(next.stage, next.step)) });
}
