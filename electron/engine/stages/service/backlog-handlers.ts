import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { service } from '../../../../shared/stages/service/contract.ts';
import {
  type BacklogNote,
  type BacklogResult,
  backlogEffortsSchema,
  backlogNotesSchema,
} from '../../../../shared/stages/service/results.ts';
import type { EngineContext } from '../../context.ts';

type Names = 'service.computeBacklog' | 'service.backlog' | 'service.setBacklogItem';

export const backlogHandlers = (context: EngineContext): Pick<HandlersFor<typeof service.requests>, Names> => {
  const { store } = context;
  const efforts = () => {
    const artifact = store.current('service.backlogEfforts');
    return artifact === undefined ? [] : backlogEffortsSchema.parse(artifact.params).efforts;
  };
  const notes = (): BacklogNote[] => {
    const artifact = store.current('service.backlogNotes');
    return artifact === undefined ? [] : backlogNotesSchema.parse(artifact.params).notes;
  };
  return {
    'service.computeBacklog': ({ draws, seed }) => {
      if (store.current('demand.needs') === undefined) throw new AppError('service.no-needs', {});
      return context.start([{ slot: 'service.backlog', params: { draws }, seed }]);
    },
    'service.backlog': () => {
      const view = context.view<BacklogResult>('service.backlog');
      const known = new Set(view?.result.items.map(({ id }) => id) ?? []);
      const decided = new Set([...efforts(), ...notes()].map(({ id }) => id));
      return { view, notes: notes(), notApplied: [...decided].filter((id) => !known.has(id)) };
    },
    'service.setBacklogItem': async ({ id, effort, ...note }) => {
      const others = notes().filter((entry) => entry.id !== id);
      await context.decide('service.backlogNotes', { notes: [...others, { id, ...note }] });
      const before = efforts().find((entry) => entry.id === id)?.effort ?? null;
      if (before === effort) return {};
      const kept = efforts().filter((entry) => entry.id !== id);
      await context.decide('service.backlogEfforts', { efforts: effort === null ? kept : [...kept, { id, effort }] });
      const stands = store.current('service.backlog');
      if (stands !== undefined) context.start([{ slot: stands.slot, params: stands.params, seed: stands.seed }]);
      return {};
    },
  };
};
