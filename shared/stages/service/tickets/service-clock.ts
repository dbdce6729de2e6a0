import type { ServiceCalendar } from '../results.ts';

const MINUTES_PER_DAY = 1440;
const MINUTES_PER_HOUR = 60;
const DAYS_PER_WEEK = 7;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const EPOCH_AFTER_MONDAY = 3;

/** Minutes of service between two times (minutes since 1970-01-01T00:00Z), 0 where `to` is not after `from`. */
export type ServiceClock = (from: number, to: number) => number;

/** The clock of a calendar: runs on workdays that are no holiday, from the shift's begin to its end, local time. A shift over midnight belongs to
 *  the day on which it begins, so the night after the last workday still counts. Without a calendar every minute counts. */
export function serviceClock(calendar: ServiceCalendar | null): ServiceClock {
  if (calendar === null) return (from, to) => Math.max(0, to - from);
  const workdays = new Set(calendar.workdays);
  const holidays = new Set(calendar.holidays.map(dayNumber));
  const begin = minuteOfDay(calendar.from);
  const end = minuteOfDay(calendar.to) + (minuteOfDay(calendar.to) <= begin ? MINUTES_PER_DAY : 0);
  const isOpen = (day: number) => workdays.has(isoWeekday(day)) && !holidays.has(day);
  return (from, to) => {
    const localFrom = from + calendar.timeZoneOffsetMinutes;
    const localTo = to + calendar.timeZoneOffsetMinutes;
    let minutes = 0;
    // A shift of the day before may still run.
    const first = Math.floor(localFrom / MINUTES_PER_DAY) - 1;
    for (let day = first; day * MINUTES_PER_DAY < localTo; day++) {
      if (!isOpen(day)) continue;
      const opens = Math.max(localFrom, day * MINUTES_PER_DAY + begin);
      const closes = Math.min(localTo, day * MINUTES_PER_DAY + end);
      if (closes > opens) minutes += closes - opens;
    }
    return minutes;
  };
}

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / (MINUTES_PER_DAY * 60_000);
}

/** The Monday of the week of a time, local, as `YYYY-MM-DD`. */
export function weekOf(minutes: number, offsetMinutes: number): string {
  const day = Math.floor((minutes + offsetMinutes) / MINUTES_PER_DAY);
  return isoDay(day - (isoWeekday(day) - 1));
}

/** 1 Monday … 7 Sunday of a day number. */
function isoWeekday(day: number): number {
  return ((((day + EPOCH_AFTER_MONDAY) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK) + 1;
}

function isoDay(day: number): string {
  return new Date(day * MINUTES_PER_DAY * 60_000).toISOString().slice(0, 10);
}

function minuteOfDay(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return hours * MINUTES_PER_HOUR + minutes;
}
