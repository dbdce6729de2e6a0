import type { Rng } from '../../shared/rng.ts';
import { createRng } from '../../shared/rng.ts';
import { drawWeighted, pick, type SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS } from './labels.ts';
import { createLaterComposer, quota } from './later-texts.ts';
import { INTENT_PLAN } from './messages.ts';
import { INTENTS, type Intent } from './phrases.ts';
import { PRIORITIES, type Priority, QUEUE_OF, QUEUES, TEAMS, type Team, TICKET_WORDS } from './ticket-words.ts';

/** Days of the service desk, local: Monday to Friday, nine to six, without the autumn holidays. */
export const TICKET_CALENDAR = {
  workdays: [1, 2, 3, 4, 5],
  from: '09:00',
  to: '18:00',
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
};
/** Minutes on the service clock. */
export const TICKET_TARGETS: Readonly<
  Record<Priority, { readonly firstResponse: number; readonly resolution: number }>
> = {
  high: { firstResponse: 60, resolution: 480 },
  normal: { firstResponse: 240, resolution: 1440 },
  low: { firstResponse: 480, resolution: 2700 },
};
/** Share of tickets that a team answers, and resolves, within the target: one team is slow. */
const KEPT: Readonly<Record<Team, { readonly firstResponse: number; readonly resolution: number }>> = {
  east: { firstResponse: 0.92, resolution: 0.88 },
  south: { firstResponse: 0.9, resolution: 0.86 },
  west: { firstResponse: 0.66, resolution: 0.62 },
};
const SLOW_TEAM: Team = 'west';
const FIRST_DAY = Date.UTC(2026, 8, 7) / 60_000;
const DAYS = 70;
/** When the desk's list was written: a Monday evening. What was not done by then is open. */
export const TICKET_AS_OF = Date.UTC(2026, 10, 16, 18) / 60_000;
const DAY = 1440;
const OPENS = 540;
const CLOSES = 1080;
const NOISY_QUEUE_SHARE = 0.04;
const MISLABELLED_SHARE = 0.025;
const NEVER_RESOLVED_SHARE = 0.02;
const RATED_SHARE = 0.6;

export interface SampleTicket {
  readonly cells: Readonly<Record<keyof (typeof TICKET_WORDS)['en']['headers'], string>>;
}

type State = 'met' | 'breached' | 'undecided';
interface Counted {
  met: number;
  breached: number;
  undecided: number;
}

/** Tickets of the ten weeks after go-live, in the mix of the messages of before. Same arguments, same result. */
export function makeTickets(language: SampleLanguage, rowCount: number, seed: number, existing: readonly string[]) {
  const rng = createRng(seed);
  const words = TICKET_WORDS[language];
  const types = MESSAGE_WORDS[language].requestTypes;
  const compose = createLaterComposer(language, existing);
  const mix = Object.fromEntries(
    INTENTS.map((intent) => [intent, INTENT_PLAN[intent].first + INTENT_PLAN[intent].last]),
  ) as Record<Intent, number>;
  const drafts = quota(mix, rowCount, rng)
    .map((intent) => ({ intent, created: creationTime(rng) }))
    .sort((a, b) => a.created - b.created);

  const sla = { firstResponse: counted(), resolution: counted() };
  const byTeam = Object.fromEntries(
    TEAMS.map((team) => [words.teams[team], { firstResponse: counted(), resolution: counted() }]),
  );
  const unreadable: { id: string; value: string }[] = [];
  const outOfOrder: string[] = [];
  const rows = drafts.map(({ intent, created }, at): SampleTicket => {
    const id = `T${String(at + 1).padStart(4, '0')}`;
    const author = rng.float() < INTENT_PLAN[intent].staff ? 'staff' : 'customer';
    const priority = PRIORITIES[drawWeighted([0.2, 0.55, 0.25], rng)]!;
    const team = TEAMS[drawWeighted([0.38, 0.34, 0.28], rng)]!;
    const target = TICKET_TARGETS[priority];
    const response = duration(target.firstResponse, rng.float() < KEPT[team].firstResponse, 0, rng);
    const resolution = duration(target.resolution, rng.float() < KEPT[team].resolution, response, rng);
    const neverResolved = rng.float() < NEVER_RESOLVED_SHARE;
    const respondedAt = afterServiceMinutes(created, response);
    const resolvedAt = neverResolved ? Number.POSITIVE_INFINITY : afterServiceMinutes(created, resolution);
    const isOpen = resolvedAt > TICKET_AS_OF;
    const wrongTime = at % 199 === 40 ? words.noTime[unreadable.length % words.noTime.length]! : null;
    // Somebody typed the day of the resolution wrong: it lies before the creation.
    const isOutOfOrder = wrongTime === null && !isOpen && at % 149 === 60;
    const typeIsWrong = rng.float() < MISLABELLED_SHARE;
    const queue = rng.float() < NOISY_QUEUE_SHARE ? pick(QUEUES, rng) : QUEUE_OF[intent];
    const rating = Math.round(
      INTENT_PLAN[intent].satisfaction + 0.5 - (team === SLOW_TEAM ? 0.6 : 0) + rng.normal() * 0.9,
    );
    const rated = rng.float() < RATED_SHARE;
    if (wrongTime === null) {
      const until = (end: number, minutes: number, limit: number): State => {
        if (end <= TICKET_AS_OF) return minutes <= limit ? 'met' : 'breached';
        return serviceMinutes(created, TICKET_AS_OF) > limit ? 'breached' : 'undecided';
      };
      const states = { firstResponse: until(respondedAt, response, target.firstResponse) } as Record<string, State>;
      if (!isOutOfOrder) states.resolution = until(resolvedAt, resolution, target.resolution);
      for (const [measure, state] of Object.entries(states)) {
        sla[measure as 'resolution'][state] += 1;
        byTeam[words.teams[team]]![measure as 'resolution'][state] += 1;
      }
    } else unreadable.push({ id, value: wrongTime });
    if (isOutOfOrder) outOfOrder.push(id);
    return {
      cells: {
        id,
        createdAt: wrongTime ?? localTime(created),
        firstResponseAt: respondedAt > TICKET_AS_OF ? '' : localTime(respondedAt),
        resolvedAt: isOpen ? '' : localTime(isOutOfOrder ? created - 3 * DAY : resolvedAt),
        priority: words.priorities[priority],
        team: words.teams[team],
        category: typeIsWrong
          ? pick(
              Object.values(types).filter((type) => type !== types[intent]),
              rng,
            )
          : types[intent],
        queue: words.queues[queue],
        text: compose(intent, author, rng),
        rating: isOpen || !rated ? '' : String(Math.min(5, Math.max(1, rating))),
      },
    };
  });
  return {
    rows,
    planted: {
      asOf: `${localTime(TICKET_AS_OF)}`,
      calendar: { timeZoneOffsetMinutes: words.timeZoneOffsetMinutes, ...TICKET_CALENDAR },
      targets: Object.fromEntries(PRIORITIES.map((priority) => [words.priorities[priority], TICKET_TARGETS[priority]])),
      slowTeam: words.teams[SLOW_TEAM],
      sla,
      slaByTeam: byTeam,
      unreadableCreationTimes: unreadable,
      resolvedBeforeCreation: outOfOrder,
    },
  };
}

function counted(): Counted {
  return { met: 0, breached: 0, undecided: 0 };
}

/** Local minutes since 1970: mostly in office hours, some at night and on days off. */
function creationTime(rng: Rng): number {
  let day = rng.int(DAYS);
  if (!isWorkday(FIRST_DAY / DAY + day) && rng.float() < 0.7) day = rng.int(DAYS);
  const inHours = rng.float() < 0.8;
  const minute = inHours ? OPENS + rng.int(CLOSES - OPENS) : rng.int(DAY);
  return FIRST_DAY + day * DAY + minute;
}

/** Service minutes, within the target or beyond it, after those that are gone already. */
function duration(target: number, isKept: boolean, from: number, rng: Rng): number {
  if (!isKept) return Math.ceil(Math.max(target, from) * (1.05 + 1.2 * rng.float()));
  return Math.max(1, Math.floor(from + (target - from) * (0.08 + 0.87 * rng.float() ** 1.5)));
}

function isWorkday(day: number): boolean {
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
  return TICKET_CALENDAR.workdays.includes(weekday) && !TICKET_CALENDAR.holidays.includes(isoDay(day));
}

/** The local time at which so many service minutes have passed, by walking from shift to shift. */
function afterServiceMinutes(from: number, minutes: number): number {
  let left = minutes;
  for (let day = Math.floor(from / DAY); ; day++) {
    if (!isWorkday(day)) continue;
    const opens = Math.max(from, day * DAY + OPENS);
    const room = Math.max(0, day * DAY + CLOSES - opens);
    if (left <= room && room > 0) return opens + left;
    left -= room;
  }
}

function serviceMinutes(from: number, to: number): number {
  let minutes = 0;
  for (let day = Math.floor(from / DAY); day * DAY < to; day++) {
    if (!isWorkday(day)) continue;
    minutes += Math.max(0, Math.min(to, day * DAY + CLOSES) - Math.max(from, day * DAY + OPENS));
  }
  return minutes;
}

function isoDay(day: number): string {
  return new Date(day * DAY * 60_000).toISOString().slice(0, 10);
}

function localTime(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}
