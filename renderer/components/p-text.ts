import { formatNumber } from '../../shared/i18n/number.ts';
import type { useT } from '../app/language.ts';

/** A p-value to three decimals; below that, only that it is below. */
export function pText(t: ReturnType<typeof useT>, pValue: number): string {
  return pValue < 0.001 ? t('stage.competitiveness.screen.models.pSmall') : formatNumber(pValue, 3);
}
