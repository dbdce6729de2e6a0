import { type CleanTable, textOfRow } from './clean-table.ts';
import type { Language } from './language.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { comparisonForm, normaliseText } from './normalise-text.ts';
import type { Recipe } from './recipe.ts';
import type { CleaningRun, NotApplicable } from './step-report.ts';

/** Removes rows in which there is nothing to analyse: no text, and no answer where the dataset has answers. */
export function removeEmptyRows(run: CleaningRun): NotApplicable | null {
  const { table } = run;
  if (table.texts.length + table.answers.length === 0) return 'no-answers';
  const looked = [...table.texts, ...table.answers];
  for (let row = 0; row < table.rows; row++) {
    if (looked.every(({ cells }) => cells[row]!.trim() === '')) run.remove(row, '');
  }
  return null;
}

/** With rated items, or without texts, a dataset is a survey: its rows are people, not texts. */
function isSurvey({ texts, columns }: CleanTable): boolean {
  return texts.length === 0 || columns.some(({ role }) => role.role === 'item');
}

/** The scores of a row: a text that is repeated with another score is another opinion. */
function scoresOf({ scores }: CleanTable, row: number): string {
  return scores.map(({ cells }) => cells[row]).join('\u0001');
}

/** In a dataset of texts: the same text with the same scores (of the same respondent, where a column names them). In a survey: all cells the
 *  same and the same respondent; equal answers of two people are two answers. */
export function removeExactDuplicates(run: CleaningRun, options: Recipe['exactDuplicates']): NotApplicable | null {
  const { table } = run;
  const survey = isSurvey(table);
  if (survey && table.respondent === null) return 'scores-without-respondent';
  const apart = survey || !options.acrossRespondents ? table.respondent : null;
  const first = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    if (!run.isKept(row)) continue;
    const text = textOfRow(table, row);
    const respondent = apart === null ? '' : apart.cells[row]!;
    if (apart !== null && respondent === '') continue;
    if (!survey && text === '') continue;
    const key = survey
      ? table.columns.map(({ cells }) => cells[row]).join('\u0001')
      : `${respondent}\u0001${scoresOf(table, row)}\u0001${normaliseText(text).normalize('NFKC').toLowerCase()}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row);
    else run.removeDuplicate(row, earlier, text === '' ? respondent : text);
  }
  return null;
}

/** Only in datasets of texts, among rows with the same scores: in a survey alike texts are different people's answers. */
export function removeNearDuplicates(run: CleaningRun, options: Recipe['nearDuplicates']): NotApplicable | null {
  const { table } = run;
  if (table.texts.length === 0) return 'no-text';
  if (isSurvey(table)) return 'scores-present';
  const apart = options.acrossRespondents ? null : table.respondent;
  const forms = Array.from({ length: table.rows }, (_, row) => {
    if (!run.isKept(row) || (apart !== null && apart.cells[row] === '')) return null;
    return comparisonForm(textOfRow(table, row));
  });
  const groups = forms.map((_, row) => `${apart?.cells[row] ?? ''}\u0001${scoresOf(table, row)}`);
  const found = nearDuplicates(forms, groups, options.threshold);
  for (let row = 0; row < table.rows; row++) {
    if (found[row]! >= 0) run.removeDuplicate(row, found[row]!, textOfRow(table, row));
  }
  return null;
}

/** Removes rows that give one and the same answer to all items they answer, at least `minItems` of them. */
export function removeStraightLiners(run: CleaningRun, minItems: number): NotApplicable | null {
  const items = run.table.columns.filter(({ role }) => role.role === 'item');
  if (items.length < minItems) return 'too-few-items';
  for (let row = 0; row < run.table.rows; row++) {
    if (!run.isKept(row)) continue;
    const answers = items.map(({ cells }) => cells[row]!).filter((cell) => cell !== '');
    if (answers.length >= minItems && answers.every((answer) => answer === answers[0])) {
      run.remove(row, `${answers[0]} × ${answers.length}`);
    }
  }
  return null;
}

/** Removes rows whose text is in none of the languages to keep; rows without text stay. */
export function filterLanguages(
  run: CleaningRun,
  languages: readonly Language[],
  keep: readonly Language[],
): NotApplicable | null {
  if (run.table.texts.length === 0) return 'no-text';
  for (let row = 0; row < run.table.rows; row++) {
    if (!run.isKept(row) || keep.includes(languages[row]!)) continue;
    const text = textOfRow(run.table, row);
    if (text !== '') run.remove(row, text);
  }
  return null;
}
