import type { EvidenceRef } from '../../../../../shared/contract/evidence.ts';
import type { EngineContext } from '../../../context.ts';
import { listSelection, type SelectedRow, type Selection } from '../../../project/evidence.ts';
import { datasetNumber } from '../../demand/columns.ts';
import { tableCases } from './handlers.ts';

/** Rows of a scored table by what a model decides at its threshold and what came true, largest probability first. */
export function tableSelection({ store }: EngineContext, ref: Extract<EvidenceRef, { type: 'table' }>): Selection {
  const { datasetId, row, event, probability, threshold } = tableCases(store, ref.tableId, ref.model);
  const wanted = (at: number) => {
    const flagged = probability[at]! >= threshold;
    const happened = event[at] === 1;
    switch (ref.rows) {
      case 'all':
        return true;
      case 'flagged':
        return flagged;
      case 'caught':
        return flagged && happened;
      case 'missed':
        return !flagged && happened;
      case 'false-alarm':
        return flagged && !happened;
    }
  };
  const found: SelectedRow[] = Array.from(row.keys())
    .filter(wanted)
    .sort((a, b) => probability[b]! - probability[a]! || a - b)
    .map((at) => ({
      dataset: datasetNumber(datasetId),
      row: row[at]!,
      notes: [{ id: 'probability', value: probability[at]!.toFixed(3) }],
    }));
  return listSelection(found);
}
