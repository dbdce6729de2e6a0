import type { HandlersFor } from '../../../../../shared/contract/index.ts';
import { defineSlice } from '../../../../../shared/contract/stage.ts';
import { packStrings } from '../../../../../shared/data/string-table.ts';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { tableRequests } from '../../../../../shared/stages/adaptation/tables/contract.ts';
import {
  type TableModelType,
  type TableResult,
  tableResultSchema,
  tableSetupSchema,
} from '../../../../../shared/stages/adaptation/tables/results.ts';
import { asFloat64, asInt32 } from '../../../artifacts/parts.ts';
import type { EngineContext } from '../../../context.ts';
import type { ArtifactRecord } from '../../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../../project-store.ts';
import { required } from '../../competitiveness/predictions.ts';
import { rawColumns } from '../../competitiveness/raw-columns.ts';
import { datasetColumns, datasetNumber, datasetResult } from '../../demand/columns.ts';
import { tableSlot } from './table.ts';

const slice = defineSlice('adaptation', tableRequests);

/** Rows from which the columns of a table are guessed. */
const ROWS_LOOKED_AT = 5000;

export const tableHandlers = (
  context: EngineContext,
  nextNumber: (kind: string) => number,
): HandlersFor<typeof slice.requests> => {
  const { store } = context;
  return {
    'adaptation.tableColumns': async ({ datasetId }) => {
      const { rowCount } = datasetResult(store, datasetId);
      const columns = datasetColumns(store, datasetId);
      const ids = columns.map(({ id }) => id);
      const cells = rawColumns(store, datasetId, ids, ROWS_LOOKED_AT);
      const guesses = await context.previewCompute.run('adaptation.guessTable', {
        columns: columns.map(({ name }, at) => ({ name, cells: packStrings(cells[at]!) })),
      });
      return {
        rows: rowCount,
        columns: columns.map(({ id, name }, at) => {
          const { type: suggested, ...rest } = guesses[at]!;
          return { columnId: id, name, suggested, ...rest };
        }),
      };
    },
    'adaptation.scoreTable': ({ tableId, setup, seed }) => {
      if (tableId !== null) required(store, tableSlot(tableId));
      const known = new Set(datasetColumns(store, setup.datasetId).map(({ id }) => id));
      const named = [setup.outcomeColumn, ...setup.columns.map(({ columnId }) => columnId), setup.groupColumn];
      const stranger = named.find((id) => id !== null && !known.has(id));
      if (stranger != null) throw new AppError('import.column-missing', { column: stranger });
      const slot = tableSlot(tableId ?? `T${nextNumber('adaptation.table')}`);
      return context.start([{ slot, params: setup, seed }]);
    },
    'adaptation.tables': () =>
      store.slotsOf('adaptation.table').flatMap((slot) => {
        const view = context.view<TableResult>(slot);
        if (view === null) return [];
        return [{ id: slot.slice(tableSlot('').length), setup: tableSetupSchema.parse(view.artifact.params), view }];
      }),
    'adaptation.table': ({ tableId }) => context.view<TableResult>(tableSlot(tableId)),
    'adaptation.removeTable': ({ tableId }) => {
      required(store, tableSlot(tableId));
      context.clear([tableSlot(tableId)]);
      return {};
    },
    'adaptation.tableCases': ({ tableId, model, order, offset, limit }) => {
      const cases = tableCases(store, tableId, model);
      const distance = (at: number) => Math.abs(cases.probability[at]! - cases.threshold);
      const sorted = Int32Array.from(cases.row.keys()).sort((a, b) => {
        if (order === 'nearest') return distance(a) - distance(b) || a - b;
        const difference = cases.probability[b]! - cases.probability[a]!;
        return (order === 'highest' ? difference : -difference) || a - b;
      });
      return {
        total: sorted.length,
        cases: Array.from(sorted.slice(offset, offset + limit), (at) => ({
          row: cases.row[at]!,
          probability: cases.probability[at]!,
          event: cases.event[at] === 1,
          flagged: cases.probability[at]! >= cases.threshold,
        })),
      };
    },
    'adaptation.explainCase': async ({ tableId, model, case: asked }) => {
      const cases = tableCases(store, tableId, model);
      const place = 'row' in asked ? cases.row.indexOf(asked.row) : -1;
      if ('row' in asked && place < 0) throw new AppError('artifact.not-found', { id: `${tableId}/${asked.row}` });
      const cells = 'row' in asked ? cellsOf(store, cases.datasetId, asked.row) : new Map(Object.entries(asked.values));
      const found = await context.previewCompute.run('adaptation.explainCase', {
        models: Buffer.from(store.part(cases.artifact, 'models')).toString('utf8'),
        model,
        cells,
      });
      if (found === null) throw new AppError('artifact.not-found', { id: `${tableId}/${model}` });
      return {
        ...found,
        unseenProbability: place < 0 ? null : cases.probability[place]!,
        event: place < 0 ? null : cases.event[place] === 1,
      };
    },
  };
};

interface TableCases {
  readonly artifact: ArtifactRecord;
  readonly datasetId: string;
  /** Row of the file, outcome and unseen probability of each row. */
  readonly row: Int32Array;
  readonly event: Uint8Array;
  readonly probability: Float64Array;
  readonly threshold: number;
}

/** @throws AppError 'artifact.input-missing', 'artifact.not-found' for a model that the table was not scored with */
export function tableCases(store: ProjectStore, tableId: string, model: TableModelType): TableCases {
  const artifact = required(store, tableSlot(tableId));
  const result = tableResultSchema.parse(artifact.result);
  const found = result.models.find((candidate) => candidate.model === model);
  if (found === undefined) throw new AppError('artifact.not-found', { id: `${tableId}/${model}` });
  return {
    artifact,
    datasetId: result.datasetId,
    row: asInt32(store.part(artifact, 'row')),
    event: store.part(artifact, 'event'),
    probability: asFloat64(store.part(artifact, `score.${model}`)),
    threshold: found.evaluation.cost.threshold,
  };
}

/** Cells of one row as imported, by column id. */
function cellsOf(store: ProjectStore, datasetId: string, row: number): ReadonlyMap<string, string> {
  const stored = store.rows.get(datasetNumber(datasetId), row);
  if (stored === undefined) throw new AppError('artifact.not-found', { id: `${datasetId}/${row}` });
  const values = JSON.parse(stored.cells) as string[];
  return new Map(datasetColumns(store, datasetId).map(({ id }, at) => [id, values[at] ?? '']));
}
