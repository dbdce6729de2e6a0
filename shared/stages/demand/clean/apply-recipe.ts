import type { ColumnRole } from '../import/column-role.ts';
import { emptyMissingCodes, emptyOutOfRange, maskCells, normaliseCells } from './cell-steps.ts';
import {
  type CategoryColumn,
  categoryColumns,
  createCleanTable,
  type NumberColumn,
  numberColumns,
  textOfRow,
} from './clean-table.ts';
import { type Language, languageOf } from './language.ts';
import type { Recipe } from './recipe.ts';
import {
  filterLanguages,
  removeEmptyRows,
  removeExactDuplicates,
  removeNearDuplicates,
  removeStraightLiners,
} from './row-steps.ts';
import { CleaningRun, type StepReport } from './step-report.ts';

/** A cleaned dataset. Every array has one entry per raw row, removed ones included, in the order of the rows. */
export interface CleaningResult {
  /** 0 kept, else the 1-based place in `CLEANING_STEPS` of the step that removed the row. */
  readonly status: Uint8Array;
  /** Row of which a removed duplicate is one; -1 elsewhere. */
  readonly duplicateOf: Int32Array;
  /** Cleaned text, several text columns one under the other; empty where there is none. */
  readonly texts: readonly string[];
  readonly languages: readonly Language[];
  /** Scores and weights; missing is NaN. */
  readonly numbers: readonly NumberColumn[];
  /** Choices, segments, labels, dates, respondents; missing is null. */
  readonly categories: readonly CategoryColumn[];
  readonly steps: readonly StepReport[];
}

/** Cleans rows by a recipe. The rows are not changed; the same input gives the same output. */
export function applyRecipe(
  rows: readonly (readonly string[])[],
  roles: readonly ColumnRole[],
  recipe: Recipe,
): CleaningResult {
  const table = createCleanTable(rows, roles);
  const run = new CleaningRun(table);
  const { exactDuplicates, nearDuplicates, straightLiners, languageFilter, personalData } = recipe;
  run.step('normalise', recipe.normalise.enabled, () => normaliseCells(run));
  run.step('missingCodes', recipe.missingCodes.enabled, () => emptyMissingCodes(run, recipe.missingCodes.codes));
  run.step('outOfRange', recipe.outOfRange.enabled, () => emptyOutOfRange(run));
  run.step('emptyRows', recipe.emptyRows.enabled, () => removeEmptyRows(run));
  run.step('exactDuplicates', exactDuplicates.enabled, () => removeExactDuplicates(run, exactDuplicates));
  run.step('nearDuplicates', nearDuplicates.enabled, () => removeNearDuplicates(run, nearDuplicates));
  run.step('straightLiners', straightLiners.enabled, () => removeStraightLiners(run, straightLiners.minItems));
  const languages = rows.map((_, row) => (table.texts.length === 0 ? 'none' : languageOf(textOfRow(table, row))));
  run.step('languageFilter', languageFilter.enabled, () => filterLanguages(run, languages, languageFilter.keep));
  run.step('personalData', personalData.enabled, () => maskCells(run, personalData.kinds));
  return {
    status: run.status,
    duplicateOf: run.duplicateOf,
    texts: rows.map((_, row) => (table.texts.length === 0 ? '' : textOfRow(table, row))),
    languages,
    numbers: numberColumns(table),
    categories: categoryColumns(table),
    steps: run.reports,
  };
}
