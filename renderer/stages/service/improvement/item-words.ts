import { isI18nKey, type Translate } from '../../../../shared/i18n/translate.ts';
import type { BacklogItem } from '../../../../shared/stages/service/results.ts';

/** Names of datasets by id, for items that are about one. */
type Names = ReadonlyMap<string, string>;
type Subject = Pick<BacklogItem, 'type' | 'subject' | 'needs'>;

/** What is to be done, in words. The subject is a label, a question, or an id of the engine: a dataset, a scenario test. */
export function itemText(t: Translate, item: Subject, names: Names): string {
  const subject = item.type === 'scenario-test' ? scenarioTestText(t, item) : (names.get(item.subject) ?? item.subject);
  return t(`stage.service.screen.improvement.text.${item.type}`, { subject });
}

/** A scenario test by its id: `recall:<label>`, `slice:<column>:<value>`, `need:<id>`, `perturbation:<id>`, else its kind. */
function scenarioTestText(t: Translate, { subject, needs }: Subject): string {
  const [kind = '', ...rest] = subject.split(':');
  const about = rest.join(':');
  if (kind === 'recall') return t('stage.adaptation.screen.test.classRecall', { label: about });
  if (kind === 'need') return t('stage.adaptation.screen.test.need', { need: needs[0]?.name ?? about });
  if (kind === 'slice') {
    const value = about.slice(about.indexOf(':') + 1);
    const third = `stage.adaptation.screen.length.${value}`;
    return about.startsWith('length:') && isI18nKey(third)
      ? t('stage.adaptation.screen.test.slice', { column: t('stage.adaptation.screen.length.name'), value: t(third) })
      : t('stage.adaptation.screen.test.slice', { column: '', value });
  }
  const perturbation = `stage.adaptation.screen.perturbation.${about}`;
  if (kind === 'perturbation' && isI18nKey(perturbation)) {
    return t('stage.adaptation.screen.test.perturbation', { perturbation: t(perturbation) });
  }
  const key = `stage.adaptation.screen.test.${kind}`;
  return isI18nKey(key) ? t(key) : subject;
}
