import type { HandlersFor } from '../../../../../shared/contract/index.ts';
import { defineSlice } from '../../../../../shared/contract/stage.ts';
import { encoderRequests, type TunedEncoder } from '../../../../../shared/stages/competitiveness/encoders/contract.ts';
import { requireTrainable } from '../../../../models/describe-model.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { nextNumber } from '../../../artifacts/next-number.ts';
import type { EngineContext } from '../../../context.ts';
import { required } from '../predictions.ts';
import { encoderSlot } from './encoder.ts';

const slice = defineSlice('competitiveness', encoderRequests);

/** Requests about encoders that are tuned without a classifier. */
export const encoderHandlers = (context: EngineContext): HandlersFor<typeof slice.requests> => {
  const { store, deps } = context;
  return {
    'competitiveness.tuneEncoder': async ({ seed, ...params }) => {
      await requireTrainable(modelFolderOf(deps, params.modelId));
      const key = `V${nextNumber(context, 'competitiveness.encoder')}`;
      return context.start([{ slot: encoderSlot(key), params, seed }]);
    },
    'competitiveness.tunedEncoders': () =>
      store.slotsOf('competitiveness.encoder').flatMap((slot) => context.view<TunedEncoder>(slot) ?? []),
    'competitiveness.removeEncoder': ({ encoderId }) => {
      required(store, encoderSlot(encoderId));
      context.clear([encoderSlot(encoderId)]);
      return {};
    },
  };
};
