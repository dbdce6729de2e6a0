import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import { isI18nKey, type Translate } from '../../../../shared/i18n/translate.ts';
import type { DocumentLine, FactRisk } from '../../../../shared/stages/landing/solution/results.ts';
import { numberWithUnit } from '../../../components/NumberText.tsx';
import { moneyText } from '../words.ts';

/** A line of the document in words: its text with parameters, or a person's own words. */
export function lineText(t: Translate, { id, params, words }: DocumentLine): string {
  if (words !== null) return words;
  const key = `stage.landing.screen.solution.line.${id}`;
  return isI18nKey(key) ? t(key, params) : id;
}

/** The number of a line with its unit. */
export function lineValue(t: Translate, value: number, unit: DocumentLine['unit']): string {
  switch (unit) {
    case 'share':
      return formatShare(value, 1);
    case 'milliseconds':
      return numberWithUnit(t, value, 'milliseconds');
    case 'megabytes':
      return numberWithUnit(t, value, 'megabytes');
    case 'money':
      return moneyText(value);
    case 'count':
      return formatNumber(value);
    default:
      return formatShort(value);
  }
}

/** What a derived risk rests on, with its numbers. */
export function factText(t: Translate, { code, params }: FactRisk): string {
  const shares = ['value', 'low', 'target', 'share'];
  const worded = Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      if (code !== 'too-slow' && shares.includes(name)) return [name, formatShare(value, 1)];
      return [name, formatShort(value)];
    }),
  );
  return t(`stage.landing.screen.solution.fact.${code}`, worded);
}
