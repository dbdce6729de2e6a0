import type { HandlersFor } from '../../../shared/contract/index.ts';
import type { service } from '../../../shared/stages/service/contract.ts';
import type { EngineContext } from '../context.ts';

export const serviceHandlers = (_context: EngineContext): HandlersFor<typeof service.requests> => ({});
