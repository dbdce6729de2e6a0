import { decimalsOfInterval, formatNumber, formatShare, formatShort } from '../../../shared/i18n/number.ts';
import type { Translate } from '../../../shared/i18n/translate.ts';
import type { GoalNotice } from '../../../shared/stages/landing/goals/notices.ts';
import type { KpiUnit } from '../../../shared/stages/landing/goals/results.ts';
import type { PilotNotice, PlanNotice } from '../../../shared/stages/landing/pilot/notices.ts';
import type { SolutionNotice } from '../../../shared/stages/landing/solution/notices.ts';
import { numberWithUnit } from '../../components/NumberText.tsx';

const MILLION = 1_000_000;
const TEN_THOUSAND = 10_000;
const POINTS = 100;

/** A KPI's value in its own unit. */
export function kpiText(t: Translate, value: number, unit: KpiUnit): string {
  if (unit === 'share') return formatShare(value, Number.isInteger(Math.round(value * 1e6) / 1e4) ? 0 : 1);
  if (unit === 'count' || unit === 'score') return formatShort(value);
  if (unit === 'money') return moneyText(value);
  return `${formatShort(value)} ${t(`stage.landing.screen.goals.unit.${unit}`)}`;
}

/** Money in whole units; from a million on in three digits, since more is never known. */
export function moneyText(value: number): string {
  const size = Math.abs(value);
  if (size >= MILLION) return formatNumber(Math.round(value / TEN_THOUSAND) * TEN_THOUSAND);
  return formatNumber(size >= TEN_THOUSAND ? Math.round(value / 100) * 100 : value);
}

/** An effect on a share in points of per cent with its sign, on a mean in its own unit. */
export function effectText(value: number, type: 'proportion' | 'mean'): string {
  const shown = type === 'proportion' ? formatNumber(value * POINTS, 1) : formatShort(value);
  return value > 0 ? `+${shown}` : shown;
}

/** An effect in a sentence, with its unit. */
export function effectWords(t: Translate, value: number, type: 'proportion' | 'mean'): string {
  const text = effectText(value, type);
  return type === 'proportion' ? t('stage.landing.screen.pilot.pointsOf', { value: text }) : text;
}

/** Where a measure stands; a mean with the decimals that the interval of its change bears, so that two of them compare. */
export function measureText(value: number, type: 'proportion' | 'mean', change: Bounds | null = null): string {
  if (type === 'proportion') return formatShare(value, 1);
  return change === null ? formatShort(value) : formatNumber(value, decimalsOfInterval([change.low, change.high]));
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

export function goalNoticeText(t: Translate, notice: GoalNotice, unit: KpiUnit): string {
  const key = 'stage.landing.screen.goals.notice' as const;
  switch (notice.code) {
    case 'share-outside':
      return t(`${key}.share-outside-${notice.params.field}`);
    case 'target-against-direction':
      return t(`${key}.target-against-direction`, { change: kpiText(t, notice.params.change, unit) });
    case 'change-above-target':
      return t(`${key}.change-above-target`, {
        likely: kpiText(t, notice.params.likely, unit),
        wanted: kpiText(t, notice.params.wanted, unit),
      });
    case 'value-may-be-negative':
      return t(`${key}.value-may-be-negative`, { share: formatShare(notice.params.share, 0) });
    default:
      return t(`${key}.${notice.code}`, notice.params);
  }
}

export function solutionNoticeText(t: Translate, notice: SolutionNotice): string {
  const key = 'stage.landing.screen.solution.notice' as const;
  switch (notice.code) {
    case 'fact-not-listed':
    case 'risk-without-fact':
      return t(`${key}.${notice.code}`, {
        risk: t(
          `stage.landing.screen.solution.line.risk.${notice.params.risk}` as 'stage.landing.screen.solution.line.risk.too-slow',
        ),
      });
    case 'response-over-limit':
      return t(`${key}.response-over-limit`, {
        value: numberWithUnit(t, notice.params.value, 'plain'),
        limit: notice.params.limit,
      });
    default:
      return t(`${key}.${notice.code}`, notice.params);
  }
}

export function pilotNoticeText(t: Translate, notice: PlanNotice | PilotNotice, type: 'proportion' | 'mean'): string {
  const key = 'stage.landing.screen.pilot.notice' as const;
  switch (notice.code) {
    case 'target-below-smallest':
      return t(`${key}.target-below-smallest`, {
        target: effectWords(t, notice.params.target, type),
        smallest: effectWords(t, notice.params.smallest, type),
      });
    case 'guardrail-weak':
      return t(`${key}.guardrail-weak`, { name: notice.params.name, power: formatShare(notice.params.power) });
    case 'outcome-missing-unevenly':
      return t(`${key}.outcome-missing-unevenly`, { p: formatShort(notice.params.p) });
    default:
      return t(`${key}.${notice.code}`, notice.params);
  }
}
