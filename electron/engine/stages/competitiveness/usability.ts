import {
  usabilityChoiceSchema,
  usabilityResultSchema,
} from '../../../../shared/stages/competitiveness/usability/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { datasetColumns } from '../demand/columns.ts';
import { rawColumns } from './raw-columns.ts';

/** Scores of a System Usability Scale questionnaire. */
export const usabilityKind = defineKind({
  name: 'competitiveness.usability',
  stage: 'competitiveness',
  lane: 'compute',
  revision: 1,
  params: usabilityChoiceSchema,
  result: usabilityResultSchema,
  pausable: false,
  training: false,
  inputs: ({ datasetId }) => [`demand.dataset:${datasetId}`],
  defaultParams: () => null,
  async run({ key, params, store, compute, signal }) {
    const groupColumns = params.groupColumn === null ? [] : [params.groupColumn];
    const cells = rawColumns(store, params.datasetId, [...params.itemColumns, ...groupColumns]);
    const columns = datasetColumns(store, params.datasetId);
    const items = params.itemColumns.map((columnId, index) => ({
      columnId,
      name: columns.find(({ id }) => id === columnId)?.name ?? columnId,
      cells: cells[index] ?? [],
    }));
    const { result, scores, groupOfRow } = await compute.run(
      'competitiveness.usability',
      { id: key, choice: params, cells: { items, group: params.groupColumn === null ? null : (cells.at(-1) ?? []) } },
      { signal },
    );
    const group = Buffer.from(JSON.stringify(groupOfRow), 'utf8');
    return { type: 'done', result, parts: { scores: bytesOf(scores), group } };
  },
});
