import { formatNumber, formatShare } from '../../../shared/i18n/number.ts';
import type { Translate } from '../../../shared/i18n/translate.ts';
import type { ServiceNotice } from '../../../shared/stages/service/notices.ts';
import type { RoundSeries } from '../../../shared/stages/service/results.ts';
import type { NoticeLine } from '../../components/NoticeList.tsx';

const MINUTES_PER_HOUR = 60;
/** Up to here a duration is worth reading in minutes, and up to the next in hours. */
const MINUTES_UP_TO = 90;
const HOURS_UP_TO = 100;

/** A duration of the service clock: `41 min`, `3.5 h`, `6.2 d` (of 24 hours).
 *  @param like minutes whose unit it takes: a bound is read in the unit of its value */
export function minutesText(t: Translate, minutes: number, like = minutes): string {
  if (like < MINUTES_UP_TO) return t('stage.service.screen.tickets.minutes', { minutes: formatNumber(minutes) });
  const hours = minutes / MINUTES_PER_HOUR;
  if (like < HOURS_UP_TO * MINUTES_PER_HOUR)
    return t('stage.service.screen.tickets.hours', { hours: formatNumber(hours, 1) });
  return t('stage.service.screen.tickets.days', { days: formatNumber(hours / 24, 1) });
}

export function noticeLines(t: Translate, notices: readonly ServiceNotice[]): readonly NoticeLine[] {
  return notices.map((notice) => ({
    code: notice.code,
    severity: notice.severity,
    text:
      notice.code === 'subsampled'
        ? t('stage.service.screen.notice.subsampled', {
            ...notice.params,
            side: t(`stage.service.screen.side.${notice.params.side}`),
          })
        : t(`stage.service.screen.notice.${notice.code}`, notice.params),
  }));
}

/** A score of a round as it is read: CSAT as a share, NPS whole, the rest on their scale. */
export function scoreText(type: RoundSeries['type'], value: number): string {
  if (type === 'csat') return formatShare(value, 1);
  return formatNumber(value, type === 'nps' ? 0 : 2);
}

/** The name of a series of scores with its kind. */
export function seriesName(t: Translate, series: Pick<RoundSeries, 'type' | 'name'>): string {
  const kind = t(`stage.service.screen.rounds.type.${series.type}`);
  return series.type === 'item' || series.type === 'mean' ? series.name : kind;
}
