import { describe, expect, it } from 'vitest';
import { analyseTickets, type TicketsInput } from './analyse-tickets.ts';
import { guessTicketColumns } from './guess-ticket-columns.ts';

const HEADER = ['id', 'created', 'responded', 'resolved', 'team', 'status'] as const;
const COLUMNS: TicketsInput['columns'] = {
  id: 'c0',
  createdAt: 'c1',
  firstResponseAt: 'c2',
  resolvedAt: 'c3',
  text: null,
  category: null,
  priority: null,
  team: 'c4',
  status: 'c5',
};

function analysed(rows: readonly (readonly string[])[], changes: Partial<TicketsInput> = {}) {
  const cells = HEADER.map((name, at) => [`c${at}`, { name, values: rows.map((row) => row[at] ?? '') }] as const);
  return analyseTickets({
    datasetId: 'd1',
    rows: rows.length,
    cells: Object.fromEntries(cells),
    columns: COLUMNS,
    sla: [{ priority: null, firstResponseMinutes: 60, resolutionMinutes: 600 }],
    calendar: null,
    asOf: '2026-03-02T00:00:00Z',
    ...changes,
  });
}

const codes = (rows: readonly (readonly string[])[]) => analysed(rows).result.notices.map(({ code }) => code);

describe('ticket analysis', () => {
  it('counts met, late, open beyond the target and open within it', () => {
    const { result, measures } = analysed([
      ['1', '2026-03-01 10:00', '2026-03-01 10:30', '2026-03-01 12:00', 'a', ''],
      ['2', '2026-03-01 10:00', '2026-03-01 12:00', '', 'a', ''],
      ['3', '2026-03-01 10:00', '', '', 'b', ''],
      ['4', '2026-03-01 23:30', '', '', 'b', ''],
    ]);
    const [response, resolution] = result.measures;
    expect(response!.sla).toMatchObject({ met: 1, breached: 2, undecided: 1, share: { n: 3, value: 1 / 3 } });
    expect(resolution!.sla).toMatchObject({ met: 1, breached: 2, undecided: 1 });
    expect([response!.n, response!.done, response!.open]).toEqual([4, 2, 2]);
    expect([...measures[0]!.minutes]).toEqual([30, 120, 840, 30]);
    expect(
      response!.groups.find(({ by }) => by === 'team')!.rows.map(({ value, tickets }) => [value, tickets]),
    ).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });

  it('takes a resolution for the answer where no first response is on record', () => {
    const { measures } = analysed([['1', '2026-03-01 10:00', '', '2026-03-01 10:45', 'a', '']]);
    expect([measures[0]!.minutes[0], measures[0]!.done[0]]).toEqual([45, 1]);
  });

  it('leaves out what it cannot measure, and says so', () => {
    const good = ['9', '2026-03-01 10:00', '2026-03-01 10:30', '2026-03-01 12:00', 'a', ''];
    expect(codes([good, ['1', 'soon', '', '', 'a', '']])).toEqual(['unreadable-dates', 'no-created-date']);
    expect(codes([good, good])).toEqual(['duplicate-ids']);
    expect(codes([good, ['1', '2026-03-01 10:00', '2026-03-01 11:00', '2026-02-01 10:00', 'a', '']])).toEqual([
      'times-out-of-order',
    ]);
    expect(codes([good, ['1', '2026-03-05 10:00', '', '', 'a', '']])).toEqual(['after-as-of']);
    expect(codes([good, ['1', '2026-03-01 10:00', '2026-03-01 10:01', '', 'a', 'closed']])).toEqual([
      'closed-without-time',
    ]);
  });

  it('has no share without targets, and no median where nobody answered yet', () => {
    const rows = [['1', '2026-03-01 10:00', '', '', 'a', '']];
    const { result } = analysed(rows, { sla: [] });
    expect(result.measures[0]).toMatchObject({ sla: null, median: { n: 1, value: null }, p50: { n: 0, value: null } });
  });

  it('has only the measures of the columns that there are', () => {
    const rows = [['1', '2026-03-01 10:00', '', '2026-03-01 11:00', 'a', '']];
    const { result } = analysed(rows, { columns: { ...COLUMNS, firstResponseAt: null } });
    expect(result.measures.map(({ measure }) => measure)).toEqual(['resolution']);
  });

  it('is refused without a single readable creation date, and with a column that is not there', () => {
    expect(() => analysed([['1', 'soon', '', '', 'a', '']])).toThrow('service.no-tickets');
    expect(() => analysed([], {})).toThrow('service.no-tickets');
    expect(() => analysed([['1']], { columns: { ...COLUMNS, createdAt: 'c9' } })).toThrow('import.column-missing');
  });
});

describe('guessed ticket columns', () => {
  it('are found by English and Chinese names, times by their cells', () => {
    const guess = (names: readonly string[], row: readonly string[]) =>
      guessTicketColumns(
        names.map((name, at) => ({ id: `c${at}`, name })),
        [row],
      );
    const time = '2026-03-01 10:00';
    expect(
      guess(
        ['Ticket ID', 'Created', 'First reply time', 'Solved at', 'Priority', 'Group', 'Type', 'Status', 'Subject'],
        ['1', time, time, time, 'high', 'x', 'bug', 'open', 'help'],
      ),
    ).toEqual({
      id: 'c0',
      createdAt: 'c1',
      firstResponseAt: 'c2',
      resolvedAt: 'c3',
      priority: 'c4',
      team: 'c5',
      category: 'c6',
      status: 'c7',
      text: 'c8',
    });
    expect(
      guess(
        ['工单编号', '提交时间', '首次响应时间', '解决时间', '优先级', '处理团队', '内容'],
        ['1', time, time, '', '高', '一组', '帮忙'],
      ),
    ).toMatchObject({
      id: 'c0',
      createdAt: 'c1',
      firstResponseAt: 'c2',
      resolvedAt: 'c3',
      priority: 'c4',
      team: 'c5',
      text: 'c6',
      status: null,
    });
  });
});
