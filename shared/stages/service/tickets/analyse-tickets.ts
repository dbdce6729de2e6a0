import { AppError } from '../../../errors/app-error.ts';
import type { TicketAnalysis } from '../contract.ts';
import type { ServiceNotice } from '../notices.ts';
import { TICKET_MEASURES, type TicketGroup, type TicketMeasure, type TicketsResult } from '../results.ts';
import { measureTickets } from './measure-tickets.ts';
import { serviceClock, weekOf } from './service-clock.ts';
import { targetMinutes } from './sla.ts';
import { type ReadTimestamps, readTimestamps } from './timestamps.ts';

export interface TicketsInput extends TicketAnalysis {
  readonly datasetId: string;
  readonly rows: number;
  /** Name and cells [rows] of the columns that are used, by column id. */
  readonly cells: Readonly<Record<string, { readonly name: string; readonly values: readonly string[] }>>;
}

/** One measure of every row of the file [rows]. */
export interface MeasuredRows {
  readonly measure: TicketMeasure;
  /** Minutes on the service clock, until done or until looked at; NaN where the row does not count. */
  readonly minutes: Float64Array;
  /** 1 where it is done. */
  readonly done: Uint8Array;
  /** Minutes within which it had to be; NaN without a target. */
  readonly target: Float64Array;
}

export interface TicketsOutput {
  readonly result: TicketsResult;
  readonly measures: readonly MeasuredRows[];
  /** Value of each row by kind of group; null where it has none or does not count. */
  readonly groups: readonly { readonly by: TicketGroup; readonly values: readonly (string | null)[] }[];
  /** Rows that could not be read as a time, by column id. */
  readonly unreadable: readonly { readonly columnId: string; readonly rows: readonly number[] }[];
}

const LEVEL = 0.95;
const EXAMPLES = 5;
const MS_PER_MINUTE = 60_000;
/** With more values than this a column tells tickets apart, not groups of them. */
const MOST_GROUPS = 50;
const CLOSED = /^(closed?|resolved?|solved|done|completed?|finished|已?(关闭|解决|完成|办结|结单|处理完毕?))$/i;

/** Times and targets of tickets. A ticket counts from its creation; each id counts once, its first row. What happens after `asOf` has not happened
 *  yet. A ticket that was resolved without a first response on record was answered by its resolution. One that its status calls closed but
 *  that has no time of resolution does not count in that measure, since how long it took is not known.
 *  @throws AppError 'import.column-missing', 'service.no-tickets' where no row has a readable creation date */
export function analyseTickets(input: TicketsInput): TicketsOutput {
  const { columns, calendar, sla, rows } = input;
  const offset = calendar?.timeZoneOffsetMinutes ?? 0;
  const notices: ServiceNotice[] = [];
  const warn = (notice: Omit<ServiceNotice, 'severity'>) =>
    notices.push({ ...notice, severity: 'warning' } as ServiceNotice);
  const column = (id: string) => {
    const found = input.cells[id];
    if (found === undefined) throw new AppError('import.column-missing', { column: id });
    return found;
  };
  const times = (id: string | null) => (id === null ? null : readTimestamps(column(id).values, offset));
  const created = readTimestamps(column(columns.createdAt).values, offset);
  const responded = times(columns.firstResponseAt);
  const resolved = times(columns.resolvedAt);
  const timeColumns = [
    [columns.createdAt, created],
    [columns.firstResponseAt, responded],
    [columns.resolvedAt, resolved],
  ].filter((pair): pair is [string, ReadTimestamps] => pair[0] !== null && pair[1] !== null);
  for (const [id, read] of timeColumns) {
    const { name } = column(id);
    if (read.unreadable.length > read.ambiguous.length)
      warn({
        code: 'unreadable-dates',
        params: { column: name, rows: read.unreadable.length - read.ambiguous.length },
      });
    if (read.ambiguous.length > 0)
      warn({ code: 'ambiguous-dates', params: { column: name, rows: read.ambiguous.length } });
    if (read.withoutTime.length > 0)
      warn({ code: 'dates-without-time', params: { column: name, rows: read.withoutTime.length } });
  }

  const asOf = input.asOf === null ? lastTime(timeColumns) : Date.parse(input.asOf) / MS_PER_MINUTE;
  const cellOf = (id: string | null, row: number): string | null => {
    const value = id === null ? '' : (column(id).values[row] ?? '').trim();
    return value === '' ? null : value;
  };
  const counts = new Uint8Array(rows);
  const seen = new Set<string>();
  const left = { noDate: 0, later: 0, repeated: 0 };
  for (let row = 0; row < rows; row++) {
    const id = cellOf(columns.id, row);
    if (Number.isNaN(created.minutes[row]!)) left.noDate += 1;
    else if (created.minutes[row]! > asOf) left.later += 1;
    else if (id !== null && seen.has(id)) left.repeated += 1;
    else {
      counts[row] = 1;
      if (id !== null) seen.add(id);
    }
  }
  const tickets = counts.reduce((sum, value) => sum + value, 0);
  if (tickets === 0) throw new AppError('service.no-tickets', { column: column(columns.createdAt).name, rows });
  if (left.noDate > 0) warn({ code: 'no-created-date', params: { rows: left.noDate } });
  if (left.later > 0) warn({ code: 'after-as-of', params: { rows: left.later } });
  if (left.repeated > 0) warn({ code: 'duplicate-ids', params: { rows: left.repeated } });

  const groups: { by: TicketGroup; values: (string | null)[] }[] = [];
  for (const by of ['priority', 'team', 'category'] as const) {
    if (columns[by] === null) continue;
    const values = Array.from(counts, (counted, row) => (counted === 1 ? cellOf(columns[by], row) : null));
    const distinct = new Set(values).size;
    if (distinct > MOST_GROUPS)
      warn({ code: 'too-many-groups', params: { column: column(columns[by]).name, groups: distinct } });
    else groups.push({ by, values });
  }
  const weeks = Array.from(counts, (counted, row) => (counted === 1 ? weekOf(created.minutes[row]!, offset) : null));
  groups.push({ by: 'week', values: weeks });

  const clock = serviceClock(calendar);
  const measures: MeasuredRows[] = [];
  for (const measure of TICKET_MEASURES) {
    const ends = measure === 'firstResponse' ? responded : resolved;
    if (ends === null) continue;
    const minutes = new Float64Array(rows).fill(Number.NaN);
    const target = new Float64Array(rows).fill(Number.NaN);
    const done = new Uint8Array(rows);
    const unreadable = new Set(ends.unreadable);
    const trouble = { order: 0, closed: 0, noTarget: 0 };
    for (let row = 0; row < rows; row++) {
      if (counts[row] === 0) continue;
      const start = created.minutes[row]!;
      if (unreadable.has(row)) continue;
      let end = ends.minutes[row]!;
      if (measure === 'firstResponse' && Number.isNaN(end)) end = resolved?.minutes[row] ?? Number.NaN;
      if (end < start) {
        trouble.order += 1;
        continue;
      }
      const isDone = end <= asOf;
      if (!isDone && measure === 'resolution' && Number.isNaN(end) && CLOSED.test(cellOf(columns.status, row) ?? '')) {
        trouble.closed += 1;
        continue;
      }
      minutes[row] = clock(start, isDone ? end : asOf);
      done[row] = isDone ? 1 : 0;
      const within = targetMinutes(sla, measure, cellOf(columns.priority, row));
      if (within === null) trouble.noTarget += 1;
      else target[row] = within;
    }
    if (trouble.order > 0) warn({ code: 'times-out-of-order', params: { rows: trouble.order } });
    if (trouble.closed > 0) warn({ code: 'closed-without-time', params: { rows: trouble.closed } });
    if (trouble.noTarget > 0 && sla.length > 0)
      notices.push({ code: 'no-target', severity: 'info', params: { rows: trouble.noTarget } });
    if (measure === 'firstResponse') {
      const waiting = done.filter((isDone, row) => isDone === 0 && !Number.isNaN(minutes[row]!)).length;
      if (waiting > 0) notices.push({ code: 'no-response-yet', severity: 'info', params: { rows: waiting } });
    }
    measures.push({ measure, minutes, done, target });
  }

  const starts = Array.from(created.minutes).filter((_, row) => counts[row] === 1);
  const priorities = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const priority = counts[row] === 1 ? cellOf(columns.priority, row) : null;
    if (priority !== null) priorities.set(priority, (priorities.get(priority) ?? 0) + 1);
  }
  const result: TicketsResult = {
    datasetId: input.datasetId,
    level: LEVEL,
    rows,
    tickets,
    asOf: isoTime(asOf),
    from: isoTime(starts.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)),
    to: isoTime(starts.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)),
    clock: calendar === null ? 'around-the-clock' : 'business-hours',
    targets: [...sla],
    measures: measures.map((measured) => measureTickets(measured, groups, counts, LEVEL)),
    unreadable: timeColumns
      .filter(([, read]) => read.unreadable.length > 0)
      .map(([columnId, read]) => ({
        columnId,
        name: column(columnId).name,
        rows: read.unreadable.length,
        examples: read.unreadable.slice(0, EXAMPLES).map((row) => ({ row, value: column(columnId).values[row] ?? '' })),
      })),
    priorities: [...priorities]
      .map(([priority, count]) => ({ priority, tickets: count }))
      .sort((a, b) => b.tickets - a.tickets || (a.priority < b.priority ? -1 : 1)),
    notices,
  };
  return {
    result,
    measures,
    groups,
    unreadable: timeColumns.map(([columnId, read]) => ({ columnId, rows: read.unreadable })),
  };
}

function lastTime(columns: readonly (readonly [string, ReadTimestamps])[]): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const [, { minutes }] of columns) for (const time of minutes) if (time > last) last = time;
  return last;
}

function isoTime(minutes: number): string {
  return new Date(Number.isFinite(minutes) ? minutes * MS_PER_MINUTE : 0).toISOString();
}
