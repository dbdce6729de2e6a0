import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { service } from '../../../shared/stages/service/contract.ts';
import type { DriftResult, RoundsComputed, TicketsResult } from '../../../shared/stages/service/results.ts';
import type { EngineContext } from '../context.ts';
import type { StepKinds } from '../project/overview.ts';
import { projectModelIds } from './competitiveness/project-model.ts';
import { allDatasetIds, datasetResult, hasRole } from './demand/columns.ts';

export const serviceStepKinds: Readonly<Record<(typeof service.steps)[number], StepKinds>> = {
  tickets: { kinds: ['service.tickets', 'service.triage', 'service.corrections'], done: ['service.tickets'] },
  rounds: { kinds: ['service.roundsSetup', 'service.rounds'], done: ['service.rounds'] },
  monitoring: { kinds: ['service.drift'], done: ['service.drift'] },
  improvement: {
    kinds: ['service.backlogEfforts', 'service.backlogNotes', 'service.backlog'],
    done: ['service.backlog'],
  },
};

/** CSAT of the last round, tickets answered in time, and how many datasets drifted. */
export function serviceFigures({ store, view }: EngineContext): MapFigure[] {
  const rounds = view<RoundsComputed>('service.rounds')?.result;
  const csat = rounds?.series.find(({ type }) => type === 'csat')?.rounds.findLast(({ score }) => score.n > 0)?.score;
  const ticketSlot = store.slotsOf('service.tickets')[0] ?? null;
  const measures = ticketSlot === null ? [] : (view<TicketsResult>(ticketSlot)?.result.measures ?? []);
  const sla = (measures.find(({ measure }) => measure === 'firstResponse') ?? measures[0])?.sla?.share;
  const driftSlots = store.slotsOf('service.drift');
  const drifts = driftSlots.flatMap((slot) => view<DriftResult>(slot) ?? []);
  const flagged = drifts.filter(({ result }) => result.overall.flagged === true);
  return [
    {
      id: 'csat',
      value: csat?.value ?? null,
      low: csat?.low ?? null,
      high: csat?.high ?? null,
      text: null,
      unit: 'share',
      slot: csat === undefined ? null : 'service.rounds',
    },
    {
      id: 'sla',
      value: sla?.value ?? null,
      low: sla?.low ?? null,
      high: sla?.high ?? null,
      text: null,
      unit: 'share',
      slot: sla === undefined ? null : ticketSlot,
    },
    {
      id: 'drift',
      value: drifts.length === 0 ? null : flagged.length,
      low: null,
      high: null,
      text: null,
      unit: 'count',
      slot: (flagged[0] ?? drifts[0])?.artifact.slot ?? null,
    },
  ];
}

export function serviceNext({ store }: EngineContext): Overview['next'] {
  const step = (id: string, at: (typeof service.steps)[number], dataset?: string): Overview['next'] => [
    { id: `service.${id}`, stage: 'service', step: at, params: dataset === undefined ? {} : { dataset } },
  ];
  const hasModel = projectModelIds(store).length > 0;
  const ofKind = (kind: string) => allDatasetIds(store).filter((id) => datasetResult(store, id).kind === kind);
  const nameOf = (id: string) => datasetResult(store, id).name;
  const [tickets, rounds] = [ofKind('tickets'), ofKind('round')];
  // What comes after a product is in use is suggested once there is something to use.
  if (tickets.length + rounds.length === 0) return hasModel ? step('importTickets', 'tickets') : [];
  const unmeasured = tickets.find((id) => store.current(`service.tickets:${id}`) === undefined);
  if (unmeasured !== undefined) return step('analyseTickets', 'tickets', nameOf(unmeasured));
  const untriaged = tickets.find((id) => store.current(`service.triage:${id}`) === undefined);
  if (hasModel && untriaged !== undefined) return step('triage', 'tickets', nameOf(untriaged));
  if (rounds.length > 0) {
    if (store.current('service.roundsSetup') === undefined) return step('setRounds', 'rounds');
    if (store.current('service.rounds') === undefined) return step('computeRounds', 'rounds');
  }
  const unwatched = [...tickets, ...rounds].find(
    (id) => hasRole(store, id, 'text') && store.current(`service.drift:${id}`) === undefined,
  );
  if (hasModel && unwatched !== undefined) return step('monitorDrift', 'monitoring', nameOf(unwatched));
  if (store.current('service.backlog') === undefined && store.current('demand.needs') !== undefined) {
    return step('computeBacklog', 'improvement');
  }
  const outside = rounds.find((id) => store.current(`demand.adoption:${id}`) === undefined);
  return outside === undefined ? [] : step('adoptRound', 'rounds', nameOf(outside));
}
