import type { HandlersFor } from '../../../../../shared/contract/index.ts';
import { defineSlice } from '../../../../../shared/contract/stage.ts';
import { encoderRequests, type TunedEncoder } from '../../../../../shared/stages/competitiveness/encoders/contract.ts';
import type { EngineContext } from '../../../context.ts';
import { nextNumber } from '../next-number.ts';
import { required } from '../predictions.ts';
import { encoderSlot } from './encoder.ts';

const slice = defineSlice('competitiveness', encoderRequests);

/** Requests about encoders that are tuned without a classifier. */
export const encoderHandlers = (context: EngineContext): HandlersFor<typeof slice.requests> => {
  const { store } = context;
  return {
    'competitiveness.tuneEncoder': ({ seed, ...params }) =>
      context.start([{ slot: encoderSlot(`V${nextNumber(context, 'competitiveness.encoder')}`), params, seed }]),
    'competitiveness.tunedEncoders': () =>
      store.slotsOf('competitiveness.encoder').flatMap((slot) => context.view<TunedEncoder>(slot) ?? []),
    'competitiveness.removeEncoder': ({ encoderId }) => {
      required(store, encoderSlot(encoderId));
      context.clear([encoderSlot(encoderId)]);
      return {};
    },
  };
};
