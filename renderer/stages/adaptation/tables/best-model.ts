import type { TableModelResult, TableResult } from '../../../../shared/stages/adaptation/tables/results.ts';

/** The model of the largest area; of equal ones the first, which is the easier to explain. */
export function bestModel({ models }: TableResult): TableModelResult {
  return models.reduce((best, model) => (model.evaluation.auc.value > best.evaluation.auc.value ? model : best));
}
