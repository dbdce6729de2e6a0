import { formatNumber, formatShare, formatShort } from '../../../i18n/number.ts';
import type { Translate } from '../../../i18n/translate.ts';
import type { ScorecardBin, TableNotice } from './results.ts';

/** The name of a column as words: `credit_amount` reads “credit amount”. */
export function columnWords(name: string): string {
  return name.replaceAll('_', ' ').trim();
}

/** What may be wrong with a table, in a sentence. */
export function noticeText(t: Translate, notice: TableNotice): string {
  switch (notice.code) {
    case 'not-better-than-majority':
      return t('stage.adaptation.screen.table.notice.not-better-than-majority', {
        model: t(`stage.adaptation.screen.table.model.${notice.params.model}`),
      });
    case 'predicts-alone':
      return t('stage.adaptation.screen.table.notice.predicts-alone', {
        column: columnWords(notice.params.column),
        auc: formatShare(notice.params.auc, 1),
      });
    default: {
      const { params } = notice;
      const words = 'column' in params ? { ...params, column: columnWords(params.column) } : params;
      return t(`stage.adaptation.screen.table.notice.${notice.code}`, words);
    }
  }
}

/** A bin of the card in words. */
export function binText(t: Translate, bin: ScorecardBin): string {
  const key = 'stage.adaptation.screen.table.card';
  if (bin.type === 'missing') return t(`${key}.missing`);
  if (bin.type === 'values') {
    const rest = bin.rest ? [t(`${key}.rest`)] : [];
    return [...bin.values, ...rest].join(t('list.separator'));
  }
  const { low, high } = bin;
  if (low === null && high === null) return '—';
  if (low === null) return t(`${key}.below`, { high: plainNumber(high!) });
  if (high === null) return t(`${key}.above`, { low: plainNumber(low) });
  return t(`${key}.between`, { low: plainNumber(low), high: plainNumber(high) });
}

/** A number of the table: whole ones as they are. */
function plainNumber(value: number): string {
  return Number.isInteger(value) ? formatNumber(value) : formatShort(value);
}

export function pText(t: Translate, p: number | null): string {
  if (p === null) return t('stage.adaptation.screen.table.answer.noP');
  return t('stage.adaptation.screen.table.answer.p', { p: p < 0.001 ? '< 0.001' : formatNumber(p, 3) });
}
