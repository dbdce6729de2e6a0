import { describe, expect, it } from 'vitest';
import type { ServiceCalendar } from '../results.ts';
import { serviceClock, weekOf } from './service-clock.ts';
import { readTimestamps } from './timestamps.ts';

const OFFICE: ServiceCalendar = {
  timeZoneOffsetMinutes: 480,
  workdays: [1, 2, 3, 4, 5],
  from: '09:00',
  to: '18:00',
  holidays: ['2026-10-01', '2026-10-02'],
};
const NIGHT: ServiceCalendar = { ...OFFICE, from: '22:00', to: '06:00', holidays: [] };

function minutes(time: string, offset = 480): number {
  return readTimestamps([time], offset).minutes[0]!;
}

function elapsed(calendar: ServiceCalendar | null, from: string, to: string): number {
  return serviceClock(calendar)(minutes(from), minutes(to));
}

describe('the service clock', () => {
  it.each([
    ['within a day', '2026-09-28 10:00', '2026-09-28 11:30', 90],
    ['before the doors open', '2026-09-28 06:00', '2026-09-28 08:59', 0],
    ['from before opening to after closing', '2026-09-28 06:00', '2026-09-28 23:00', 540],
    ['over a night', '2026-09-28 17:00', '2026-09-29 10:00', 120],
    // 25 September 2026 is a Friday.
    ['over a weekend', '2026-09-25 17:00', '2026-09-28 10:00', 120],
    ['on a Saturday', '2026-09-26 10:00', '2026-09-26 12:00', 0],
    // Wednesday to Monday, Thursday and Friday being holidays.
    ['over holidays and a weekend', '2026-09-30 17:00', '2026-10-05 10:00', 120],
    ['backwards', '2026-09-28 11:00', '2026-09-28 10:00', 0],
  ])('counts %s', (_, from, to, expected) => {
    expect(elapsed(OFFICE, from, to)).toBe(expected);
  });

  it.each([
    ['one night', '2026-09-28 21:00', '2026-09-29 07:00', 480],
    ['the part after midnight', '2026-09-29 01:00', '2026-09-29 02:00', 60],
    // Friday's shift runs into Saturday; none begins on Saturday or Sunday.
    ['the night after the last workday, but not the next', '2026-09-25 23:00', '2026-09-28 12:00', 420],
  ])('counts %s for a shift over midnight', (_, from, to, expected) => {
    expect(elapsed(NIGHT, from, to)).toBe(expected);
  });

  it('counts every minute without a calendar', () => {
    expect(elapsed(null, '2026-09-25 17:00', '2026-09-28 10:00')).toBe(65 * 60);
  });

  it('has the same business hours in a whole week as numpy has business days', () => {
    // numpy.busday_count('2026-09-01', '2026-10-31', holidays=['2026-10-01', '2026-10-02']) is 42.
    expect(elapsed(OFFICE, '2026-09-01 00:00', '2026-10-31 00:00')).toBe(42 * 9 * 60);
  });

  it('reads a fixed offset, so that a change to summer time moves nothing', () => {
    // Europe put its clocks forward on 29 March 2026; with a fixed offset a day has 24 hours.
    const berlin: ServiceCalendar = {
      ...OFFICE,
      timeZoneOffsetMinutes: 60,
      workdays: [1, 2, 3, 4, 5, 6, 7],
      from: '00:00',
      to: '24:00',
    };
    const clock = serviceClock(berlin);
    expect(clock(minutes('2026-03-28 12:00', 60), minutes('2026-03-29 12:00', 60))).toBe(1440);
  });

  it('puts a time into the week of its local Monday', () => {
    expect(weekOf(minutes('2026-09-27 23:30'), 480)).toBe('2026-09-21');
    expect(weekOf(minutes('2026-09-28 00:00'), 480)).toBe('2026-09-28');
  });
});

describe('times in cells', () => {
  it('are read year first, with a zone, in Chinese and with halves of the day', () => {
    const cells = [
      '2026-03-01 09:30',
      '2026/3/1 9:30:30',
      '2026年3月1日 9时30分',
      '2026-03-01T09:30:00Z',
      '2026-03-01T09:30:00+02:00',
      '2026.03.01 9:30 pm',
      '２０２６-03-01 09:30',
    ];
    const { minutes: read, unreadable } = readTimestamps(cells, 480);
    const base = Date.UTC(2026, 2, 1, 1, 30) / 60_000;
    expect([...read]).toEqual([base, base + 0.5, base, base + 480, base + 360, base + 720, base]);
    expect(unreadable).toEqual([]);
  });

  it('are missing where empty or a code, and unreadable where they are no time', () => {
    const { minutes: read, unreadable } = readTimestamps(['', '-', '2026-02-30', 'soon', '2026-03-01 25:00'], 0);
    expect([...read].every(Number.isNaN)).toBe(true);
    expect(unreadable).toEqual([2, 3, 4]);
  });

  it('are read day first or month first where one cell of the column decides it, and not guessed where none does', () => {
    const march = Date.UTC(2026, 2, 4) / 60_000;
    expect([...readTimestamps(['04/03/2026', '31/03/2026'], 0).minutes][0]).toBe(march);
    expect([...readTimestamps(['03/04/2026', '03/31/2026'], 0).minutes][0]).toBe(march);
    expect(readTimestamps(['03/04/2026', '05/06/2026'], 0)).toMatchObject({ unreadable: [0, 1], ambiguous: [0, 1] });
    expect(readTimestamps(['31/03/2026', '03/31/2026'], 0).ambiguous).toEqual([0, 1]);
  });

  it('say which have no time of day', () => {
    expect(readTimestamps(['2026-03-01', '2026-03-01 10:00'], 0).withoutTime).toEqual([0]);
  });
});
