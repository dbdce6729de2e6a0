import type { HandlersFor, ProjectRequests } from '../../shared/contract/index.ts';
import type { EngineContext } from './context.ts';
import { jobHandlers } from './project/jobs.ts';
import { projectHandlers } from './project/project.ts';
import { reportHandlers } from './report/handlers.ts';
import { adaptationHandlers } from './stages/adaptation.ts';
import { competitivenessHandlers } from './stages/competitiveness.ts';
import { demandHandlers } from './stages/demand.ts';
import { landingHandlers } from './stages/landing.ts';
import { serviceHandlers } from './stages/service.ts';

/** All handlers of an open project; a request without one does not compile. */
export function createHandlers(context: EngineContext): HandlersFor<ProjectRequests> {
  return {
    ...projectHandlers(context),
    ...jobHandlers(context),
    ...demandHandlers(context),
    ...competitivenessHandlers(context),
    ...adaptationHandlers(context),
    ...landingHandlers(context),
    ...serviceHandlers(context),
    ...reportHandlers(context),
  };
}
