import { type Choice, choiceSchema } from '../../../../shared/stages/adaptation/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { modelSlot } from '../competitiveness/project-model.ts';
import { standing } from '../demand/inputs.ts';
import { scenarioSlot } from './scenario.ts';
import { testsSlot } from './tests.ts';

/** Which model was chosen for which scenario, after the tests as they stood. */
export const choiceKind = defineKind({
  name: 'adaptation.choice',
  stage: 'adaptation',
  lane: 'compute',
  revision: 1,
  params: choiceSchema,
  result: choiceSchema,
  pausable: false,
  training: false,
  inputs: ({ choices }, slots) =>
    standing(slots, [
      ...new Set(
        choices.flatMap(({ scenarioId, modelId }) => [
          scenarioSlot(scenarioId),
          modelSlot(modelId),
          testsSlot(scenarioId, modelId),
        ]),
      ),
    ]),
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

export function currentChoices(slots: SlotReader): Choice['choices'] {
  const artifact = slots.current('adaptation.choice');
  return artifact === undefined ? [] : choiceSchema.parse(artifact.params).choices;
}
