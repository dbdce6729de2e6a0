import { formatMilliseconds, formatNumber, formatShare, formatShort } from '../../../i18n/number.ts';
import { isI18nKey, type Translate } from '../../../i18n/translate.ts';
import type { PlanLine } from './plan-lines.ts';

const POINTS = 100;
const LEAST_P = 0.0001;

/** p as it is read in a column: three decimals, or "< 0.0001". */
export function formatP(p: number): string {
  return p < LEAST_P ? `< ${LEAST_P}` : formatNumber(p, p < 0.001 ? 4 : 3);
}

/** p as it is read in a sentence: "p = 0.066", or "p < 0.0001". */
export function equalsP(p: number): string {
  return p < LEAST_P ? `p < ${LEAST_P}` : `p = ${formatP(p)}`;
}

function signed(value: number, decimals: number): string {
  return `${value > 0 ? '+' : ''}${formatNumber(value, decimals)}`;
}

/** One line of a plan as a sentence; numbers are formatted by the unit in their parameter's name. */
export function planLineText(t: Translate, { templateId, params }: PlanLine): string {
  const words: Record<string, string | number> = { effect: '', detectable: '' };
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string') words[name] = value;
    else if (name.endsWith('Share')) words[name] = formatShare(value, 0);
    else if (name === 'effectPoints' || name === 'detectablePoints')
      words[name.replace('Points', '')] = t('stage.competitiveness.screen.plan.number.points', {
        value: signed(value * POINTS, 1),
      });
    else if (name === 'effectValue' || name === 'detectableValue') words[name.replace('Value', '')] = signed(value, 2);
    else if (name.endsWith('Points')) words[name] = signed(value * POINTS, 1);
    else if (name === 'changeScore') words[name] = signed(value, 1);
    else if (name.endsWith('Score')) words[name] = formatNumber(value, 1);
    else if (name.endsWith('P')) words[name] = equalsP(value);
    else if (name.endsWith('Ms')) words[name] = formatMilliseconds(value);
    else if (name.endsWith('Mb')) words[name] = formatShort(value);
    else if (name.endsWith('Value')) words[name] = formatNumber(value, 1);
    else words[name] = value;
  }
  const technique = `stage.competitiveness.screen.compression.techniques.${String(words.technique)}`;
  if (isI18nKey(technique)) words.technique = t(technique);
  // A floor has no name of its own but its kind.
  const floor = `stage.competitiveness.screen.floor.${String(words.name).split(':', 1)[0]}`;
  if (templateId === 'keep-reference' && isI18nKey(floor)) words.name = t(floor);
  return t(`stage.competitiveness.screen.plan.line.${templateId}`, words);
}
