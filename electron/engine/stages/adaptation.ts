import type { HandlersFor } from '../../../shared/contract/index.ts';
import type { adaptation } from '../../../shared/stages/adaptation/contract.ts';
import type { EngineContext } from '../context.ts';

export const adaptationHandlers = (_context: EngineContext): HandlersFor<typeof adaptation.requests> => ({});
