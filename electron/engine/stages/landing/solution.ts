import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { goalResultSchema } from '../../../../shared/stages/landing/goals/results.ts';
import {
  type SolutionSettings,
  solutionResultSchema,
  solutionSettingsSchema,
} from '../../../../shared/stages/landing/solution/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { modelSlot } from '../competitiveness/project-model.ts';
import { factSlots, gatherFacts } from './solution-facts.ts';

/** What a person decided that the solution consists of. */
export const solutionSettingsKind = defineKind({
  name: 'landing.solutionSettings',
  stage: 'landing',
  lane: 'compute',
  revision: 1,
  params: solutionSettingsSchema,
  result: solutionSettingsSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

export function currentSolutionSettings(slots: SlotReader): SolutionSettings | null {
  const artifact = slots.current('landing.solutionSettings');
  return artifact === undefined ? null : solutionSettingsSchema.parse(artifact.params);
}

/** The solution: sizing from what was measured, money from ranges, risks with the facts behind them, and the document. */
export const solutionKind = defineKind({
  name: 'landing.solution',
  stage: 'landing',
  lane: 'compute',
  revision: 1,
  params: z.strictObject({}),
  result: solutionResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => {
    const settings = currentSolutionSettings(slots);
    if (settings === null) return ['landing.solutionSettings'];
    const { modelId, scenarioId } = settings;
    return [
      'landing.solutionSettings',
      modelSlot(modelId),
      ...factSlots(slots, modelId, scenarioId),
      ...slots.slotsOf('landing.goal'),
    ];
  },
  defaultParams: () => ({}),
  async run({ seed, store, compute, signal }) {
    const settings = currentSolutionSettings(store);
    if (settings === null) throw new AppError('artifact.input-missing', { slot: 'landing.solutionSettings' });
    const { facts, model, measured, scenario } = gatherFacts(
      store,
      settings.modelId,
      settings.scenarioId,
      settings.load.spareInstances,
    );
    const goals = store
      .slotsOf('landing.goal')
      .flatMap((slot) => goalResultSchema.safeParse(store.current(slot)?.result).data ?? []);
    const result = await compute.run(
      'landing.solution',
      { settings, model, measured, scenario, facts, goals, seed },
      { signal },
    );
    return { type: 'done', result };
  },
});
