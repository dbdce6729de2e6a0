import { formatShort } from '../../../../shared/i18n/number.ts';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { Explanation, Said } from '../../../../shared/stages/competitiveness/explanation/results.ts';

/** A model whose answers can be explained, and of what it answers one by one: its classes or labels. */
export interface ExplainableModel {
  readonly id: string;
  readonly testLock: string;
  readonly task: Explanation['task'];
  readonly targets: readonly string[];
}

export function saidText(t: Translate, said: Said): string {
  if (typeof said === 'number') return formatShort(said);
  return [said].flat().join(t('list.separator')) || t('stage.competitiveness.screen.tasks.noLabel');
}
