import { TABLE_MODELS, type TableModelResult, type TableResult } from './results.ts';

const LEVEL = 0.05;

/** The model to take: of those that are not shown to be worse than the best (by area, p adjusted) the one that is easiest to explain. */
export function recommendedModel({
  models,
  comparisons,
}: Pick<TableResult, 'models' | 'comparisons'>): TableModelResult {
  const best = models.reduce((top, model) => (model.evaluation.auc.value > top.evaluation.auc.value ? model : top));
  const isWorse = (model: TableModelResult) =>
    comparisons.some(({ first, second, difference, adjustedP }) => {
      const isPair = first === best.model ? second === model.model : second === best.model && first === model.model;
      const lead = first === best.model ? difference.value : -difference.value;
      return isPair && lead > 0 && adjustedP !== null && adjustedP < LEVEL;
    });
  const good = models.filter((model) => !isWorse(model));
  return TABLE_MODELS.flatMap((type) => good.find(({ model }) => model === type) ?? [])[0] ?? best;
}
