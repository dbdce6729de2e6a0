import type { HandlersFor, ProjectRequests } from '../../shared/contract/index.ts';
import type { EngineContext } from './context.ts';
import { jobHandlers } from './project/jobs.ts';
import { projectHandlers } from './project/project.ts';
import { competitivenessHandlers } from './stages/competitiveness.ts';
import { demandHandlers } from './stages/demand.ts';

/** All handlers of an open project; a request without one does not compile. */
export function createHandlers(context: EngineContext): HandlersFor<ProjectRequests> {
  return {
    ...projectHandlers(context),
    ...jobHandlers(context),
    ...demandHandlers(context),
    ...competitivenessHandlers(context),
  };
}
