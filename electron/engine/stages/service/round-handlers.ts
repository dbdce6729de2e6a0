import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { service } from '../../../../shared/stages/service/contract.ts';
import type { RoundsComputed } from '../../../../shared/stages/service/results.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import { datasetName, datasetResult, demandDatasetIds } from '../demand/columns.ts';
import { demandChange, isAdoptable } from './demand-change.ts';
import { roundsSetup } from './rounds.ts';

type Names =
  | 'service.setRounds'
  | 'service.roundsSetup'
  | 'service.computeRounds'
  | 'service.rounds'
  | 'service.adoptRound'
  | 'service.withdrawRound'
  | 'service.demandChange';

export const roundHandlers = (context: EngineContext): Pick<HandlersFor<typeof service.requests>, Names> => {
  const { store } = context;
  const adoptable = (datasetId: string) => {
    if (!isAdoptable(store, datasetId)) {
      throw new AppError('service.not-adoptable', { dataset: datasetName(store, datasetId) });
    }
    return `demand.adoption:${datasetId}`;
  };
  return {
    'service.setRounds': async ({ rounds }) => {
      for (const { datasetIds } of rounds) for (const id of datasetIds) datasetResult(store, id);
      await context.decide('service.roundsSetup', { rounds });
      return {};
    },
    'service.roundsSetup': () => roundsSetup(store),
    'service.computeRounds': () => {
      if (roundsSetup(store).rounds.length === 0) throw new AppError('service.no-rounds', {});
      return context.start([{ slot: 'service.rounds', params: {}, seed: DEFAULT_SEED }]);
    },
    'service.rounds': () => {
      const view = context.view<RoundsComputed>('service.rounds');
      if (view === null) return null;
      const ofDemand = new Set(demandDatasetIds(store));
      const rounds = view.result.rounds.map((round) => ({
        ...round,
        adopted: round.datasetIds.every((id) => ofDemand.has(id)),
      }));
      return { artifact: view.artifact, result: { ...view.result, rounds } };
    },
    'service.adoptRound': async ({ datasetId }) => {
      await context.decide(adoptable(datasetId), {});
      return {};
    },
    'service.withdrawRound': ({ datasetId }) => {
      context.clear([adoptable(datasetId)]);
      return {};
    },
    'service.demandChange': () => demandChange(context),
  };
};
