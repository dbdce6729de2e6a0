import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { service } from '../../../../shared/stages/service/contract.ts';
import type { TriageResult } from '../../../../shared/stages/service/results.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import { modelSlot } from '../competitiveness/project-model.ts';
import { datasetName, hasRole } from '../demand/columns.ts';
import { corrections, disagrees, identityOfRow, isQueued, triagedRows } from './triaged-rows.ts';

type Names =
  | 'service.triage'
  | 'service.triaged'
  | 'service.triagedTickets'
  | 'service.correctTriage'
  | 'service.correctedLabels';

export const triageHandlers = (context: EngineContext): Pick<HandlersFor<typeof service.requests>, Names> => {
  const { store } = context;
  return {
    'service.triage': ({ datasetId, ...params }) => {
      if (!hasRole(store, datasetId, 'text'))
        throw new AppError('service.no-text', { dataset: datasetName(store, datasetId) });
      if (store.current(modelSlot(params.modelId)) === undefined)
        throw new AppError('artifact.not-found', { id: params.modelId });
      return context.start([{ slot: `service.triage:${datasetId}`, params, seed: DEFAULT_SEED }]);
    },
    'service.triaged': ({ datasetId }) => {
      const view = context.view<TriageResult>(`service.triage:${datasetId}`);
      const triaged = triagedRows(store, datasetId);
      if (view === null || triaged === null) return null;
      const counts = new Map<string, number>();
      for (const { effective } of triaged.rows) counts.set(effective, (counts.get(effective) ?? 0) + 1);
      return {
        view,
        corrections: { rows: triaged.rows.filter(({ corrected }) => corrected).length, notApplied: triaged.notApplied },
        effective: [...counts].map(([label, rows]) => ({ label, rows })).sort((a, b) => b.rows - a.rows),
      };
    },
    'service.triagedTickets': ({ datasetId, label, show, order, offset, limit }) => {
      const triaged = triagedRows(store, datasetId);
      if (triaged === null) return { total: 0, rows: [] };
      const found = triaged.rows.filter((ticket) => {
        if (label !== null && ticket.effective !== label) return false;
        if (show === 'low-confidence') return isQueued(ticket, triaged.confidenceBelow);
        if (show === 'corrected') return ticket.corrected;
        return show === 'all' || disagrees(ticket);
      });
      const ordered = order === 'row' ? found : found.sort((a, b) => a.confidence - b.confidence || a.row - b.row);
      return { total: ordered.length, rows: ordered.slice(offset, offset + limit) };
    },
    'service.correctTriage': async ({ datasetId, row, label }) => {
      const identity = identityOfRow(store, datasetId, row);
      const others = corrections(store, datasetId).filter((entry) => entry.identity !== identity);
      const kept = label === null ? others : [...others, { identity, label }];
      await context.decide(`service.corrections:${datasetId}`, { corrections: kept });
      return {};
    },
    'service.correctedLabels': ({ datasetId }) =>
      (triagedRows(store, datasetId)?.rows ?? [])
        .filter(({ corrected }) => corrected)
        .map(({ row, text, effective, label }) => ({ row, text, label: effective, predicted: label })),
  };
};
