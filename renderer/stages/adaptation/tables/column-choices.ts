import type { TableColumnProfile } from '../../../../shared/stages/adaptation/tables/contract.ts';
import type { TableColumnChoice, TableSetup } from '../../../../shared/stages/adaptation/tables/results.ts';

/** How every column but the outcome is read: as chosen, else as suggested. */
export function columnChoices(
  { outcomeColumn, columns: chosen }: Pick<TableSetup, 'outcomeColumn' | 'columns'>,
  columns: readonly TableColumnProfile[],
): TableColumnChoice[] {
  return columns
    .filter(({ columnId }) => columnId !== outcomeColumn)
    .map(({ columnId, suggested }) => ({
      columnId,
      type: chosen.find((choice) => choice.columnId === columnId)?.type ?? suggested,
    }));
}
