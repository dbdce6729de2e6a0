import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { Role } from '../../../../shared/stages/demand/import/column-role.ts';
import {
  type RoundScoreType,
  type RoundsSetup,
  roundsComputedSchema,
  roundsSetupSchema,
} from '../../../../shared/stages/service/results.ts';
import type { RoundSource } from '../../../../shared/stages/service/rounds/compute-rounds.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { cleanedRows, ratingScale } from '../demand/cleaned-rows.ts';
import { allDatasetIds } from '../demand/columns.ts';
import { columnInputs } from '../demand/inputs.ts';

/** Which datasets make which feedback round, as a person said. */
export const roundsSetupKind = defineKind({
  name: 'service.roundsSetup',
  stage: 'service',
  lane: 'compute',
  revision: 1,
  params: roundsSetupSchema,
  result: roundsSetupSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

/** The rounds as set, without data that was taken away since. */
export function roundsSetup(slots: SlotReader): RoundsSetup {
  const artifact = slots.current('service.roundsSetup');
  if (artifact === undefined) return { rounds: [] };
  const known = new Set(allDatasetIds(slots));
  const rounds = roundsSetupSchema
    .parse(artifact.params)
    .rounds.map((round) => ({ ...round, datasetIds: round.datasetIds.filter((id) => known.has(id)) }));
  return { rounds: rounds.filter(({ datasetIds }) => datasetIds.length > 0) };
}

/** What a column is scored as, by its role. Overall satisfaction counts as CSAT and as a mean. */
const SCORED: Partial<Readonly<Record<Role, readonly RoundScoreType[]>>> = {
  nps: ['nps'],
  csat: ['csat'],
  ces: ['ces'],
  rating: ['mean'],
  outcome: ['csat', 'mean'],
  item: ['item'],
};

/** Scores of the rounds, their differences and control limits. */
export const roundsKind = defineKind({
  name: 'service.rounds',
  stage: 'service',
  lane: 'compute',
  revision: 1,
  params: z.strictObject({}),
  result: roundsComputedSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => {
    const ids = new Set(roundsSetup(slots).rounds.flatMap(({ datasetIds }) => datasetIds));
    return ['service.roundsSetup', ...columnInputs(slots, [...ids])];
  },
  defaultParams: () => ({}),
  async run({ store, input, compute, signal, progress }) {
    const { rounds } = roundsSetup(store);
    if (rounds.length === 0) throw new AppError('service.no-rounds', {});
    const result = await compute.run(
      'service.rounds',
      rounds.map((round) => ({
        ...round,
        sources: round.datasetIds.map((id) => roundSource(store, id, input(`demand.clean:${id}`))),
      })),
      { signal, onProgress: progress },
    );
    return { type: 'done', result };
  },
});

function roundSource(store: ProjectStore, datasetId: string, clean: ArtifactRecord): RoundSource {
  const cleaned = cleanedRows(store, datasetId, clean);
  return {
    datasetId,
    rows: cleaned.rows.length,
    months: cleaned.months(),
    columns: cleaned.columns.flatMap((column) => {
      const types = SCORED[column.role];
      const scale = ratingScale(column);
      if (types === undefined || scale === null) return [];
      return [{ columnId: column.id, name: column.name, types, scale, answers: cleaned.numbers(column.id) }];
    }),
  };
}
