import { type ColumnRole, isScoreRole } from '../../../../shared/stages/demand/import/column-role.ts';
import type { Dataset } from '../../../components/use-datasets.ts';

/** What may be explained and what may explain it, with the first choice. */
export interface SurveyColumns {
  readonly outcomes: readonly ColumnRole[];
  readonly items: readonly ColumnRole[];
  readonly outcome: string | null;
  readonly chosenItems: readonly string[];
}

const FIRST_OUTCOMES = ['outcome', 'csat', 'nps', 'ces', 'rating'] as const;

/** Columns of a survey for a driver analysis: an outcome first, else the nearest thing to one; all items that are not it. */
export function surveyColumns(
  columns: readonly ColumnRole[],
  choice: { readonly outcome: string | null; readonly items: readonly string[] } | undefined,
): SurveyColumns {
  const scores = columns.filter(({ role }) => isScoreRole(role));
  const preferred = FIRST_OUTCOMES.flatMap((role) => scores.filter((column) => column.role === role))[0]?.id ?? null;
  const outcome = scores.some(({ id }) => id === choice?.outcome) ? (choice?.outcome ?? null) : preferred;
  const items = scores.filter(({ id }) => id !== outcome);
  const wanted = choice?.items ?? items.filter(({ role }) => role === 'item').map(({ id }) => id);
  return { outcomes: scores, items, outcome, chosenItems: wanted.filter((id) => items.some((item) => item.id === id)) };
}

/** Datasets with at least an outcome and an item to choose from. */
export function surveysOf(datasets: readonly Dataset[]): readonly Dataset[] {
  return datasets.filter(({ columns }) => columns.filter(({ role }) => isScoreRole(role)).length >= 2);
}
