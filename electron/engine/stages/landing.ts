import type { HandlersFor } from '../../../shared/contract/index.ts';
import type { landing } from '../../../shared/stages/landing/contract.ts';
import type { EngineContext } from '../context.ts';
import { goalHandlers } from './landing/goal-handlers.ts';
import { packageHandlers } from './landing/package/package-handlers.ts';
import { pilotHandlers } from './landing/pilot-handlers.ts';
import { solutionHandlers } from './landing/solution-handlers.ts';

export const landingHandlers = (context: EngineContext): HandlersFor<typeof landing.requests> => ({
  // goals
  ...goalHandlers(context),
  // solution
  ...solutionHandlers(context),
  // package
  ...packageHandlers(context),
  // pilot
  ...pilotHandlers(context),
});
