import type { Translate } from '../../i18n/translate.ts';
import type { ScenarioTest } from './results.ts';

/** What a scenario test measures, in words, for documents that leave the project. */
export function scenarioTestName(t: Translate, test: ScenarioTest, needNames: ReadonlyMap<string, string>): string {
  const { label, slice, needId, perturbation } = test.subject;
  const isLength = slice?.columnId === 'length';
  const third = slice?.value;
  const value =
    isLength && (third === 'short' || third === 'middle' || third === 'long')
      ? t(`stage.adaptation.screen.length.${third}`)
      : (third ?? '');
  return t(`stage.adaptation.screen.test.${test.type}`, {
    label: label ?? '',
    column: isLength ? t('stage.adaptation.screen.length.name') : (slice?.columnName ?? ''),
    value,
    need: needId === null ? '' : (needNames.get(needId) ?? needId),
    perturbation: perturbation === null ? '' : t(`stage.adaptation.screen.perturbation.${perturbation}`),
  });
}
