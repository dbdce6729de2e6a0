import { z } from 'zod';
import { isScoreRole } from '../../../../shared/stages/demand/import/column-role.ts';
import { satisfactionResultSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { asFloat32, asInt32, bytesOf } from '../../artifacts/parts.ts';
import { type CleanedRows, cleanedRows, satisfactionValues } from './cleaned-rows.ts';
import { datasetNumber, demandDatasetIds, hasRole } from './columns.ts';
import type { EmbeddingsResult } from './embeddings.ts';
import { columnInputs } from './inputs.ts';

/** Roles that say how satisfied a row is as a whole, most direct first. */
const OVERALL_ROLES = ['csat', 'rating', 'outcome', 'nps'] as const;

/** Text datasets whose unrated rows a head could fill in: there are rated texts somewhere. */
function datasetsForHead(slots: SlotReader): string[] {
  const withText = demandDatasetIds(slots).filter((id) => hasRole(slots, id, 'text'));
  const rated = withText.some((id) => OVERALL_ROLES.some((role) => hasRole(slots, id, role)));
  return rated ? withText : [];
}

/** How satisfied each row is: by its rating, by a head trained on rated texts, or not available. */
export const satisfactionKind = defineKind({
  name: 'demand.satisfaction',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: z.strictObject({}),
  result: satisfactionResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => [
    ...columnInputs(slots),
    ...datasetsForHead(slots).map((id) => `demand.embeddings:${id}`),
  ],
  defaultParams: () => ({}),
  async run({ seed, store, input, part, compute, signal, progress }) {
    const forHead = new Set(datasetsForHead(store));
    const sources = demandDatasetIds(store).map((datasetId) => {
      const cleaned = cleanedRows(store, datasetId, input(`demand.clean:${datasetId}`));
      const column = overallColumn(cleaned);
      const embeddings = forHead.has(datasetId) ? input(`demand.embeddings:${datasetId}`) : null;
      return {
        datasetId,
        name: cleaned.name,
        columnId: column?.id ?? null,
        rows: cleaned.rows,
        rated: column === undefined ? null : satisfactionValues(cleaned, column),
        vectors:
          embeddings === null
            ? null
            : {
                modelId: (embeddings.result as EmbeddingsResult).modelId,
                rows: asInt32(part(embeddings, 'rows')),
                values: asFloat32(part(embeddings, 'vectors')),
              },
      };
    });
    const found = await compute.run('demand.satisfaction', { sources, seed }, { signal, onProgress: progress });
    const rows = sources.reduce((sum, source) => sum + source.rows.length, 0);
    const dataset = new Int32Array(rows);
    const row = new Int32Array(rows);
    let at = 0;
    for (const source of sources) {
      dataset.fill(datasetNumber(source.datasetId), at, at + source.rows.length);
      row.set(source.rows, at);
      at += source.rows.length;
    }
    return {
      type: 'done',
      result: found.result,
      parts: { dataset: bytesOf(dataset), row: bytesOf(row), value: bytesOf(found.value), origin: found.origin },
    };
  },
});

function overallColumn(cleaned: CleanedRows) {
  return OVERALL_ROLES.flatMap((role) => cleaned.columnsOf(role)).find(
    (column) => isScoreRole(column.role) && column.scale !== undefined,
  );
}
