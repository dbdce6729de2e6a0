import { z } from 'zod';
import type { Role } from '../../../../shared/stages/demand/import/column-role.ts';
import type { Score } from '../../../../shared/stages/demand/results.ts';
import { scoresResultSchema } from '../../../../shared/stages/demand/results.ts';
import type { ScoreColumn } from '../../../../shared/stages/demand/scores.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { cleanedRows, ratingScale } from './cleaned-rows.ts';
import { demandDatasetIds } from './columns.ts';
import { columnInputs } from './inputs.ts';

/** Roles that are scored, and as what. */
const SCORED: readonly (readonly [Role, Score['type']])[] = [
  ['nps', 'nps'],
  ['csat', 'csat'],
  ['ces', 'ces'],
  ['rating', 'mean'],
  ['outcome', 'mean'],
];

/** NPS, CSAT, CES and means of every column that has such a role. */
export const scoresKind = defineKind({
  name: 'demand.scores',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: z.strictObject({}),
  result: scoresResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => columnInputs(slots),
  defaultParams: () => ({}),
  async run({ store, input, compute, signal, progress }) {
    const columns: ScoreColumn[] = demandDatasetIds(store).flatMap((datasetId) => {
      const cleaned = cleanedRows(store, datasetId, input(`demand.clean:${datasetId}`));
      const periods = cleaned.months();
      const segments = cleaned.segments();
      return SCORED.flatMap(([role, type]) =>
        cleaned.columnsOf(role).flatMap((column) => {
          const scale = ratingScale(column);
          if (scale === null) return [];
          return [
            {
              datasetId,
              columnId: column.id,
              name: column.name,
              type,
              scale,
              answers: cleaned.numbers(column.id),
              ...(periods === null ? {} : { periods }),
              ...(segments === null ? {} : { segments }),
            },
          ];
        }),
      );
    });
    const result = await compute.run('demand.scores', columns, { signal, onProgress: progress });
    return { type: 'done', result };
  },
});
