import { formatShort } from '../../shared/i18n/number.ts';
import { isI18nKey, type Language, type Translate } from '../../shared/i18n/translate.ts';

/** A duration in words, to the second: `3 min 10 s`; below a second to the tenth, and `< 0.1 s` where that would read as nothing. */
export function durationText(t: Translate, durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  if (durationMs < 50) return t('duration.seconds', { seconds: '< 0.1' });
  if (durationMs < 950) return t('duration.seconds', { seconds: (durationMs / 1000).toFixed(1) });
  if (seconds < 60) return t('duration.seconds', { seconds });
  if (seconds < 3600) return t('duration.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  return t('duration.hours', { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) });
}

/** The time of day today, else the day and time, with the year only where it is another. */
export function timeText(language: Language, iso: string): string {
  const date = new Date(iso);
  const now = new Date();
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const isToday = date.toDateString() === now.toDateString();
  const options: Intl.DateTimeFormatOptions = isToday
    ? { ...clock, second: '2-digit' }
    : {
        ...clock,
        month: 'short',
        day: 'numeric',
        ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
      };
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', options).format(date);
}

/** A rate in words: `84 rows/s`. The unit is an id of the engine. */
export function rateText(t: Translate, rate: number, unit: string): string {
  const key = `jobs.unit.${unit}`;
  return t('bottom.rate', { rate: formatShort(rate), unit: isI18nKey(key) ? t(key) : unit });
}
