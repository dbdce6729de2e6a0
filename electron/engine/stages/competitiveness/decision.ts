import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { correctness } from '../../../../shared/stages/competitiveness/evaluation/changes.ts';
import { strategyResultSchema } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { asFloat32, asInt32 } from '../../artifacts/parts.ts';
import type { ProjectStore } from '../../project-store.ts';
import { lockedTest, type Measured, measuredFloors, measuredRun, required, testOf } from './predictions.ts';
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
        rowNeeds: needsOfTestRows(store),
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

/** Index of the need of each locked test row, −1 where the row's text belongs to none. */
function needsOfTestRows(store: ProjectStore): Int32Array {
  const needs = required(store, 'demand.needs');
  const dataset = asInt32(store.part(needs, 'dataset'));
  const row = asInt32(store.part(needs, 'row'));
  const need = asInt32(store.part(needs, 'need'));
  const needOf = new Map<string, number>();
  need.forEach((index, at) => {
    needOf.set(`${dataset[at]}/${row[at]}`, index);
  });
  const { rows } = lockedTest(store);
  return rows.test.map((at) => needOf.get(`${rows.rows.dataset[at]}/${rows.rows.row[at]}`) ?? -1);
}
