import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { correctness } from '../../../../shared/stages/competitiveness/evaluation/changes.ts';
import { experimentResultSchema } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { linkedGains } from '../../../../shared/stages/competitiveness/strategy/linked-gains.ts';
import { strategyPlans } from '../../../../shared/stages/competitiveness/strategy/plans.ts';
import { strategyResultSchema } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { usabilityResultSchema } from '../../../../shared/stages/competitiveness/usability/results.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { asFloat32 } from '../../artifacts/parts.ts';
import { decisionModels } from './decision-models.ts';
import { needsOfTestRows } from './demand-weighted.ts';
import { lockedTest, type Measured, measuredFloors, testOf } from './predictions.ts';
import { currentStrategies } from './strategies.ts';

const decisionParamsSchema = z.strictObject({ draws: z.int().min(1) });

/** Everything that the rankings and the plans read, where it stands. */
function optionalInputs(slots: SlotReader): string[] {
  return [
    ...['competitiveness.run', 'competitiveness.compressed'].flatMap((kind) => slots.slotsOf(kind)),
    ...['competitiveness.experiment', 'competitiveness.usability'].flatMap((kind) => slots.slotsOf(kind)),
    ...(slots.current('competitiveness.strategies') === undefined ? [] : ['competitiveness.strategies']),
  ];
}

/** g: strategies ranked on needs and the gains of P and U, and the three plans that follow. */
export const decisionKind = defineKind({
  name: 'competitiveness.decision',
  stage: 'competitiveness',
  lane: 'compute',
  revision: 2,
  params: decisionParamsSchema,
  result: strategyResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => [
    'demand.needs',
    'competitiveness.labels',
    'competitiveness.split',
    'competitiveness.floors',
    ...optionalInputs(slots),
  ],
  defaultParams: () => null,
  async run({ params, seed, store, input, part, compute, signal, progress }) {
    const needs = input('demand.needs');
    const f1 = needsResultSchema.parse(needs.result);
    const floors = measuredFloors(store);
    if (floors === null) throw new AppError('artifact.input-missing', { slot: 'competitiveness.floors' });
    const choice = currentStrategies(store);
    const test = lockedTest(store);
    const rowNeeds = needsOfTestRows(store, needs, test);
    const models = decisionModels(
      store,
      floors.result.testLock,
      rowNeeds,
      f1.needs.map(({ weight }) => weight),
    );
    const referenceId = choice.referenceId ?? floors.result.strongestId;
    const measured = models.map((model) => model.measured);
    const reference = [...floors.floors, ...measured].find((candidate) => candidate.id === referenceId);
    if (reference === undefined) throw new AppError('artifact.not-found', { id: referenceId });
    const correct = (model: Measured) => correctness(testOf(store, model).actual, model.predictions);
    const experiments = store
      .slotsOf('competitiveness.experiment')
      .map((slot) => experimentResultSchema.parse(input(slot).result));
    const linked = linkedGains(choice.others, new Map(experiments.map((experiment) => [experiment.id, experiment])));
    const decision = await compute.run(
      'competitiveness.decide',
      {
        needs: f1.needs.map((need) => ({ needId: need.id, name: need.name, weight: need.weight })),
        weightDraws: asFloat32(part(needs, 'draws')),
        candidates: [
          ...models
            .filter(({ measured: { id } }) => id !== reference.id)
            .map(({ measured: model, exclusions }) => ({
              id: model.id,
              name: model.name,
              type: 'model' as const,
              correct: correct(model),
              gains: [],
              exclusions,
              latencyP95Ms: model.latencyP95Ms,
              sizeMb: model.sizeMb,
            })),
          ...choice.others.map(({ id, name, type, latencyP95Ms, sizeMb }, index) => ({
            id,
            name,
            type,
            correct: null,
            gains: linked.gains[index] ?? [],
            exclusions: linked.exclusions[index] ?? [],
            latencyP95Ms,
            sizeMb,
          })),
        ],
        reference: {
          id: reference.id,
          name: reference.name,
          correct: correct(reference),
          latencyP95Ms: reference.latencyP95Ms,
          sizeMb: reference.sizeMb,
        },
        rowNeeds,
        limits: choice.limits,
        links: linked.links,
        decisionShare: choice.decisionShare,
        draws: params.draws,
        seed,
      },
      { signal, onProgress: progress },
    );
    const plans = strategyPlans({
      decision,
      others: choice.others,
      models: models.map(({ plan }) => plan),
      experiments,
      usabilities: store
        .slotsOf('competitiveness.usability')
        .map((slot) => usabilityResultSchema.parse(input(slot).result)),
      textRowsOfNeed: new Map(f1.needs.map(({ id, topicIds, volume }) => [id, topicIds.length === 0 ? 0 : volume])),
    });
    return { type: 'done', result: { ...decision, plans } };
  },
});
