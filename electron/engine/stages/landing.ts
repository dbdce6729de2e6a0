import type { HandlersFor } from '../../../shared/contract/index.ts';
import type { landing } from '../../../shared/stages/landing/contract.ts';
import type { EngineContext } from '../context.ts';

export const landingHandlers = (_context: EngineContext): HandlersFor<typeof landing.requests> => ({
  // goals
  // solution
  // package
  // pilot
});
