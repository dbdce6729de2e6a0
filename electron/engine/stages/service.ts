import type { HandlersFor } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { service } from '../../../shared/stages/service/contract.ts';
import type { DriftResult, TicketsResult } from '../../../shared/stages/service/results.ts';
import { DEFAULT_SEED, type EngineContext } from '../context.ts';
import { projectModel } from './competitiveness/project-model.ts';
import { datasetName, datasetResult, hasRole } from './demand/columns.ts';
import { EMBEDDING_MAX_LENGTH } from './demand/embeddings.ts';
import { backlogHandlers } from './service/backlog-handlers.ts';
import { continuedTrainingHandlers } from './service/continued-training.ts';
import { driftReference } from './service/drift-reference.ts';
import { roundHandlers } from './service/round-handlers.ts';
import { ticketColumns } from './service/ticket-columns.ts';
import { triageHandlers } from './service/triage-handlers.ts';

export const serviceHandlers = (context: EngineContext): HandlersFor<typeof service.requests> => {
  const { store } = context;
  return {
    ...triageHandlers(context),
    ...continuedTrainingHandlers(context),
    ...roundHandlers(context),
    ...backlogHandlers(context),
    'service.guessTicketColumns': ({ datasetId }) => ticketColumns(store, datasetId),
    'service.analyseTickets': ({ datasetId, ...params }) => {
      datasetResult(store, datasetId);
      return context.start([{ slot: `service.tickets:${datasetId}`, params, seed: DEFAULT_SEED }]);
    },
    'service.tickets': ({ datasetId }) => context.view<TicketsResult>(`service.tickets:${datasetId}`),
    'service.monitorDrift': ({ datasetId, seed, ...params }) => {
      if (!hasRole(store, datasetId, 'text')) {
        throw new AppError('service.no-text', { dataset: datasetName(store, datasetId) });
      }
      driftReference(store, params.modelId);
      const { modelId } = projectModel(store, context.deps, params.modelId);
      const slot = `demand.embeddings:${datasetId}`;
      const embeddings = { slot, params: { modelId, maxLength: EMBEDDING_MAX_LENGTH }, seed: DEFAULT_SEED };
      const drift = { slot: `service.drift:${datasetId}`, params, seed };
      return context.start(store.current(slot) === undefined ? [embeddings, drift] : [drift]);
    },
    'service.drift': ({ datasetId }) => context.view<DriftResult>(`service.drift:${datasetId}`),
    'service.drifts': () => store.slotsOf('service.drift').flatMap((slot) => context.view<DriftResult>(slot) ?? []),
  };
};
