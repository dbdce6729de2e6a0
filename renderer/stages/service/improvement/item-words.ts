import { isI18nKey, type Translate } from '../../../../shared/i18n/translate.ts';
import type { BacklogItem } from '../../../../shared/stages/service/results.ts';

/** Names of datasets by id, for items that are about one. */
type Names = ReadonlyMap<string, string>;

/** What is to be done, in words. The subject is a label, a question or an id of the engine that a name is known for. */
export function itemText(t: Translate, item: Pick<BacklogItem, 'type' | 'subject'>, names: Names): string {
  const subject = names.get(item.subject) ?? subjectText(t, item.subject);
  return t(`stage.service.screen.improvement.text.${item.type}`, { subject });
}

function subjectText(t: Translate, subject: string): string {
  const key = `stage.adaptation.screen.limit.${subject}`;
  return isI18nKey(key) ? t(key, { need: '' }) : subject;
}
