import { formatShort } from '../../shared/i18n/number.ts';
import { isI18nKey, type Language, type Translate } from '../../shared/i18n/translate.ts';

/** A duration in words, to the second: `3 min 10 s`. */
export function durationText(t: Translate, durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  if (durationMs < 950) return t('duration.seconds', { seconds: (durationMs / 1000).toFixed(1) });
  if (seconds < 60) return t('duration.seconds', { seconds });
  if (seconds < 3600) return t('duration.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  return t('duration.hours', { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) });
}

/** The time of day today, else day and time, in the person's language. */
export function timeText(language: Language, iso: string): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  const options: Intl.DateTimeFormatOptions = isToday
    ? { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }
    : { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false };
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', options).format(date);
}

/** A rate in words: `84 rows/s`. The unit is an id of the engine. */
export function rateText(t: Translate, rate: number, unit: string): string {
  const key = `jobs.unit.${unit}`;
  return t('bottom.rate', { rate: formatShort(rate), unit: isI18nKey(key) ? t(key) : unit });
}
