import { formatNumber, formatShort } from '../../../../shared/i18n/number.ts';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { MetricResult } from '../../../../shared/stages/competitiveness/experiment/results.ts';

const POINTS = 100;

/** A share metric is shown in points and per cent, a mean in its own unit. */
export function isShare(metric: Pick<MetricResult, 'type'>): boolean {
  return metric.type === 'proportion';
}

/** A difference with its sign and unit: `+9.2 points`, `−0.14`. */
export function differenceText(t: Translate, metric: MetricResult, value: number): string {
  if (!isShare(metric)) return `${value > 0 ? '+' : ''}${formatShort(value)}`;
  return t('stage.competitiveness.screen.plan.number.points', {
    value: `${value > 0 ? '+' : ''}${formatNumber(value * POINTS, 1)}`,
  });
}

export function shownDifference(metric: MetricResult, value: number): number {
  return isShare(metric) ? value * POINTS : value;
}
