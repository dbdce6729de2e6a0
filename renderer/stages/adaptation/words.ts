import type { Translate } from '../../../shared/i18n/translate.ts';
import type { LimitOrigin, LimitTest } from '../../../shared/stages/adaptation/limits.ts';
import type { AdaptationNotice } from '../../../shared/stages/adaptation/notices.ts';
import type { ScenarioTest } from '../../../shared/stages/adaptation/results.ts';
import type { NoticeLine } from '../../components/NoticeList.tsx';
import { type NumberUnit, numberWithUnit } from '../../components/NumberText.tsx';

type Names = ReadonlyMap<string, string>;

export function limitName(t: Translate, test: LimitTest, needId: string | null, needs: Names): string {
  return t(`stage.adaptation.screen.limit.${test}`, {
    need: needId === null ? '' : (needs.get(needId) ?? needId),
  });
}

export function originText(t: Translate, origin: LimitOrigin | null, needs: Names): string {
  if (origin === null) return t('stage.adaptation.screen.origin.none');
  switch (origin.type) {
    case 'need':
      return t('stage.adaptation.screen.origin.need', { need: needs.get(origin.needId) ?? origin.needId });
    case 'target':
      return t('stage.adaptation.screen.origin.target', {
        target: t(`stage.adaptation.screen.target.${origin.target}`),
      });
    default:
      return t(`stage.adaptation.screen.origin.${origin.type}`);
  }
}

/** What a test measures, in words. */
export function testName(t: Translate, test: ScenarioTest, needs: Names): string {
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
    need: needId === null ? '' : (needs.get(needId) ?? needId),
    perturbation: perturbation === null ? '' : t(`stage.adaptation.screen.perturbation.${perturbation}`),
  });
}

function noticeText(t: Translate, { code, params }: AdaptationNotice, needs: Names): string {
  switch (code) {
    case 'need-untested':
      return t('stage.adaptation.screen.notice.need-untested', { need: needs.get(params.needId) ?? params.needId });
    case 'provider-failed':
      return t('stage.adaptation.screen.notice.provider-failed', { provider: t(`providers.name.${params.provider}`) });
    default:
      return t(`stage.adaptation.screen.notice.${code}`, params);
  }
}

export function noticeLines(t: Translate, notices: readonly AdaptationNotice[], needs: Names): readonly NoticeLine[] {
  return notices.map((notice) => ({
    code: notice.code,
    severity: notice.severity,
    text: noticeText(t, notice, needs),
  }));
}

/** Decimals with which a figure of this unit is worth reading. */
export function decimalsOf(unit: 'share' | 'milliseconds' | 'megabytes'): number {
  return unit === 'megabytes' ? 0 : 1;
}

/** A limit, which somebody set: without a decimal where it has none. */
export function limitText(
  t: Translate,
  value: number,
  unit: NumberUnit & ('share' | 'milliseconds' | 'megabytes'),
): string {
  return numberWithUnit(t, value, unit, unit === 'share' ? 1 : Number.isInteger(value) ? 0 : 1);
}

export function withUnit(
  t: Translate,
  value: number,
  unit: NumberUnit & ('share' | 'milliseconds' | 'megabytes'),
): string {
  return numberWithUnit(t, value, unit, decimalsOf(unit));
}
