import type { EvidenceRef, EvidenceRow, EvidenceRows } from '../../../shared/contract/evidence.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { stringAt } from '../artifacts/parts.ts';
import type { EngineContext } from '../context.ts';
import { scenarioDataSelection, scenarioTestSelection } from '../stages/adaptation/selections.ts';
import { tableSelection } from '../stages/adaptation/tables/selection.ts';
import { experimentSelection, usabilitySelection } from '../stages/competitiveness/experiment-selections.ts';
import { confusionSelection, differenceSelection, labelSelection } from '../stages/competitiveness/selections.ts';
import { datasetColumns, datasetName } from '../stages/demand/columns.ts';
import { cleanSelection, datasetSelection, needSelection, topicSelection } from '../stages/demand/selections.ts';
import { packageSampleSelection } from '../stages/landing/package/selections.ts';
import { pilotSelection } from '../stages/landing/selections.ts';
import { driftSelection, roundScoreSelection, ticketSelection, triageSelection } from '../stages/service/selections.ts';

/** Rows in the order in which they are shown: dataset number and row, with facts about each where a selection has some. */
export interface Selection {
  readonly total: number;
  /** The rows [offset, offset + limit) of the selection. */
  page(offset: number, limit: number): readonly SelectedRow[];
}

export interface SelectedRow {
  readonly dataset: number;
  readonly row: number;
  readonly notes: readonly { readonly id: string; readonly value: string }[];
}

/** A selection over whole index arrays. */
export function listSelection(rows: readonly SelectedRow[]): Selection {
  return { total: rows.length, page: (offset, limit) => rows.slice(offset, offset + limit) };
}

/** Exactly the rows that a number counts. */
export function evidenceRows(context: EngineContext, ref: EvidenceRef, offset: number, limit: number): EvidenceRows {
  const selection = selectRows(context, ref);
  return { total: selection.total, rows: selection.page(offset, limit).map(rowReader(context)) };
}

export interface Evidence {
  readonly total: number;
  page(offset: number, limit: number): readonly EvidenceRow[];
  /** The columns of all datasets that have rows in it, as imported. */
  columns(): readonly {
    readonly datasetId: string;
    readonly datasetName: string;
    readonly columnId: string;
    readonly name: string;
  }[];
}

const ROWS_LOOKED_AT = 10_000;

/** The rows that a number counts, to be read from the first to the last. */
export function readEvidence(context: EngineContext, ref: EvidenceRef): Evidence {
  const selection = selectRows(context, ref);
  return {
    total: selection.total,
    page: (offset, limit) => selection.page(offset, limit).map(rowReader(context)),
    columns() {
      const datasets = new Set<number>();
      for (let offset = 0; offset < selection.total; offset += ROWS_LOOKED_AT) {
        for (const { dataset } of selection.page(offset, ROWS_LOOKED_AT)) datasets.add(dataset);
      }
      return [...datasets].flatMap((dataset) => {
        const datasetId = `d${dataset}`;
        const name = datasetName(context.store, datasetId);
        return datasetColumns(context.store, datasetId).map((column) => ({
          datasetId,
          datasetName: name,
          columnId: column.id,
          name: column.name,
        }));
      });
    },
  };
}

export function selectRows(context: EngineContext, ref: EvidenceRef): Selection {
  switch (ref.type) {
    case 'dataset':
      return datasetSelection(context, ref.datasetId);
    case 'clean':
      return cleanSelection(context, ref.datasetId, ref.step);
    case 'topic':
      return topicSelection(context, ref.topicId);
    case 'need':
      return needSelection(context, ref.needId, ref.segment);
    case 'label':
      return labelSelection(context, ref.label, ref.part);
    case 'confusion':
      return confusionSelection(context, ref.runId, ref.actual, ref.predicted);
    case 'difference':
      return differenceSelection(context, ref.runId, ref.referenceId, ref.change);
    case 'experiment':
      return experimentSelection(context, ref);
    case 'usability':
      return usabilitySelection(context, ref);
    case 'pilot':
      return pilotSelection(context, ref);
    case 'packageSample':
      return packageSampleSelection(context, ref.packageId);
    case 'ticket':
      return ticketSelection(context, ref);
    case 'triage':
      return triageSelection(context, ref);
    case 'roundScore':
      return roundScoreSelection(context, ref);
    case 'drift':
      return driftSelection(context, ref);
    case 'scenarioTest':
      return scenarioTestSelection(context, ref);
    case 'table':
      return tableSelection(context, ref);
    case 'scenarioData':
      return scenarioDataSelection(context, ref);
  }
}

/** Reads selected rows with their cells; what a dataset's rows have in common is looked up once. */
export function rowReader({ store }: EngineContext): (selected: SelectedRow) => EvidenceRow {
  const known = new Map<number, ReturnType<typeof lookUp>>();
  const lookUp = (dataset: number) => {
    const datasetId = `d${dataset}`;
    const clean = store.current(`demand.clean:${datasetId}`);
    const bytes = clean?.parts.textBytes === undefined ? null : store.part(clean, 'textBytes');
    const offsets = clean === undefined || bytes === null ? null : store.part(clean, 'textOffsets');
    return {
      datasetId,
      datasetName: datasetName(store, datasetId),
      columns: datasetColumns(store, datasetId),
      textAt: (row: number) => (bytes === null || offsets === null ? null : stringAt(bytes, offsets, row)),
    };
  };
  return ({ dataset, row, notes }) => {
    const common = known.get(dataset) ?? lookUp(dataset);
    known.set(dataset, common);
    const { datasetId, columns, textAt } = common;
    const stored = store.rows.get(dataset, row);
    if (stored === undefined) throw new AppError('artifact.not-found', { id: `${datasetId}/${row}` });
    const values = JSON.parse(stored.cells) as string[];
    const cleaned = textAt(row);
    return {
      datasetId,
      datasetName: common.datasetName,
      row,
      text: cleaned === '' ? null : cleaned,
      cells: columns.map((column, index) => ({ columnId: column.id, name: column.name, value: values[index] ?? '' })),
      notes: [...notes],
    };
  };
}
