import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { correctness } from '../../../../shared/stages/competitiveness/evaluation/changes.ts';
import { strategyResultSchema } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { asFloat32 } from '../../artifacts/parts.ts';
import { needsOfTestRows } from './demand-weighted.ts';
import { lockedTest, type Measured, measuredFloors, measuredRun, testOf } from './predictions.ts';
import { currentStrategies } from './strategies.ts';

const decisionParamsSchema = z.strictObject({ draws: z.int().min(1) });

/** g: strategies ranked on needs and measured gains. */
export const decisionKind = defineKind({
  name: 'competitiveness.decision',
  stage: 'competitiveness',
  lane: 'compute',
  revision: 1,
  params: decisionParamsSchema,
  result: strategyResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => [
    'demand.needs',
    'competitiveness.labels',
    'competitiveness.split',
    'competitiveness.floors',
    ...slots.slotsOf('competitiveness.run'),
    ...(slots.current('competitiveness.strategies') === undefined ? [] : ['competitiveness.strategies']),
  ],
  defaultParams: () => null,
  async run({ params, seed, store, input, part, compute, signal, progress }) {
    const needs = input('demand.needs');
    const f1 = needsResultSchema.parse(needs.result);
    const floors = measuredFloors(store);
    if (floors === null) throw new AppError('artifact.input-missing', { slot: 'competitiveness.floors' });
    const choice = currentStrategies(store);
    const { testLock } = floors.result;
    const runs = store
      .slotsOf('competitiveness.run')
      .map((slot) => measuredRun(store, slot.slice('competitiveness.run:'.length)))
      // A run measured on other test rows says nothing about these.
      .filter((run) => run.testLock === testLock);
    const referenceId = choice.referenceId ?? floors.result.strongestId;
    const reference = [...floors.floors, ...runs].find((candidate) => candidate.id === referenceId);
    if (reference === undefined) throw new AppError('artifact.not-found', { id: referenceId });
    const correct = (model: Measured) => correctness(testOf(store, model).actual, model.predictions);
    const result = await compute.run(
      'competitiveness.decide',
      {
        needs: f1.needs.map((need) => ({ needId: need.id, name: need.name, weight: need.weight })),
        weightDraws: asFloat32(part(needs, 'draws')),
        candidates: [
          ...runs
            .filter((run) => run.id !== reference.id)
            .map((run) => ({ ...run, correct: correct(run), assumed: [] })),
          ...choice.assumed.map(({ gains, ...strategy }) => ({ ...strategy, correct: null, assumed: gains })),
        ].map(({ id, name, correct: right, assumed, latencyP95Ms, sizeMb }) => ({
          id,
          name,
          correct: right,
          assumed,
          latencyP95Ms,
          sizeMb,
        })),
        reference: {
          id: reference.id,
          name: reference.name,
          correct: correct(reference),
          latencyP95Ms: reference.latencyP95Ms,
          sizeMb: reference.sizeMb,
        },
        rowNeeds: needsOfTestRows(store, needs, lockedTest(store)),
        limits: choice.limits,
        decisionShare: choice.decisionShare,
        draws: params.draws,
        seed,
      },
      { signal, onProgress: progress },
    );
    return { type: 'done', result };
  },
});
