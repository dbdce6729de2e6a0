import type { SampleLanguage } from './compose.ts';
import { type SampleStep, step } from './step.ts';
import { PRIORITIES, TICKET_COLUMNS, TICKET_WORDS, type TicketColumn } from './ticket-words.ts';
import { TICKET_AS_OF, TICKET_CALENDAR, TICKET_TARGETS } from './tickets.ts';

const SEED = 42;
const MODEL = 'R1';
const ROUND_NAMES = {
  'zh-CN': { before: '第一轮（上线前）', after: '第二轮（上线后）' },
  en: { before: 'Round 1 (before go-live)', after: 'Round 2 (after go-live)' },
} as const;

function columnOf(column: TicketColumn): string {
  return `c${TICKET_COLUMNS.indexOf(column)}`;
}

/** What the one button does in this stage: tickets, rounds, drift and backlog; then the second round becomes part of D, and what it touches is
 *  computed anew. */
export function serviceRest(language: SampleLanguage): SampleStep[] {
  const words = TICKET_WORDS[language];
  const names = ROUND_NAMES[language];
  const drift = (datasetId: string) =>
    step('service.monitorDrift', { datasetId, modelId: MODEL, slices: null, permutations: 100, seed: SEED });
  return [
    step('service.analyseTickets', {
      datasetId: 'd7',
      columns: {
        id: columnOf('id'),
        createdAt: columnOf('createdAt'),
        firstResponseAt: columnOf('firstResponseAt'),
        resolvedAt: columnOf('resolvedAt'),
        text: columnOf('text'),
        category: columnOf('category'),
        priority: columnOf('priority'),
        team: columnOf('team'),
        status: null,
      },
      sla: PRIORITIES.map((priority) => ({
        priority: words.priorities[priority],
        firstResponseMinutes: TICKET_TARGETS[priority].firstResponse,
        resolutionMinutes: TICKET_TARGETS[priority].resolution,
      })),
      calendar: { timeZoneOffsetMinutes: words.timeZoneOffsetMinutes, ...TICKET_CALENDAR },
      asOf: new Date((TICKET_AS_OF - words.timeZoneOffsetMinutes) * 60_000).toISOString(),
    }),
    step('service.triage', {
      datasetId: 'd7',
      modelId: MODEL,
      confidenceBelow: 0.6,
      truthColumn: columnOf('category'),
    }),
    step('service.setRounds', {
      rounds: [
        { id: 'round-1', name: names.before, date: '2026-08-31', datasetIds: ['d1', 'd2'] },
        { id: 'round-2', name: names.after, date: '2026-11-30', datasetIds: ['d8', 'd9'] },
      ],
    }),
    step('service.computeRounds', {}),
    drift('d7'),
    drift('d8'),
    step('service.computeBacklog', { draws: 1000, seed: SEED }),
    step('service.adoptRound', { datasetId: 'd8' }),
    step('service.adoptRound', { datasetId: 'd9' }),
    step('project.recompute', { includeTraining: false }),
  ];
}
