import { z } from 'zod';
import type { HandlersFor } from '../../../../shared/contract/index.ts';
import type { landing } from '../../../../shared/stages/landing/contract.ts';
import type { SolutionResult } from '../../../../shared/stages/landing/solution/results.ts';
import { suggestSolution } from '../../../../shared/stages/landing/solution/suggest-solution.ts';
import type { EngineContext } from '../../context.ts';
import { currentScenario, scenarioIds } from '../adaptation/scenario.ts';
import { modelSlot, projectModelIds } from '../competitiveness/project-model.ts';
import { currentSolutionSettings } from './solution.ts';
import { gatherFacts } from './solution-facts.ts';

type SolutionRequests =
  | 'landing.suggestSolution'
  | 'landing.solutionModels'
  | 'landing.setSolution'
  | 'landing.solutionSettings'
  | 'landing.computeSolution'
  | 'landing.solution';

const namedSchema = z.object({ name: z.string() });

export const solutionHandlers = (
  context: EngineContext,
): Pick<HandlersFor<typeof landing.requests>, SolutionRequests> => {
  const { store } = context;
  return {
    'landing.suggestSolution': ({ modelId, scenarioId, currency }) =>
      suggestSolution({ modelId, scenarioId, currency, ...gatherFacts(store, modelId, scenarioId, 0) }),
    'landing.solutionModels': () => ({
      models: projectModelIds(store).flatMap((id) => {
        const parsed = namedSchema.safeParse(store.current(modelSlot(id))?.result);
        return parsed.success ? [{ id, name: parsed.data.name }] : [];
      }),
      scenarios: scenarioIds(store).map((id) => ({ id, name: currentScenario(store, id).scenario.name })),
    }),
    'landing.setSolution': async (settings) => {
      await context.decide('landing.solutionSettings', settings);
      return {};
    },
    'landing.solutionSettings': () => currentSolutionSettings(store),
    'landing.computeSolution': ({ seed }) => context.start([{ slot: 'landing.solution', params: {}, seed }]),
    'landing.solution': () => context.view<SolutionResult>('landing.solution'),
  };
};
