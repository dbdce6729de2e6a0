import { isScoreRole, type Scale } from '../import/column-role.ts';
import { parseScore } from '../import/parse-cell.ts';
import { isMissingCode, missingCodeSet } from './missing-codes.ts';
import { normaliseText } from './normalise-text.ts';
import { maskPersonalData, type PersonalDataKind } from './personal-data.ts';
import { remembered } from './remembered.ts';
import type { CleaningRun, NotApplicable } from './step-report.ts';

/** Printable ASCII without spaces needs no normalising; most cells of a survey are that. */
const PLAIN = /^[\x21-\x7e]*$/;

export function normaliseCells(run: CleaningRun): null {
  for (const { role, cells } of run.table.columns) {
    for (let row = 0; row < cells.length; row++) {
      const before = cells[row]!;
      if (PLAIN.test(before)) continue;
      const after = normaliseText(before);
      if (after === before) continue;
      cells[row] = after;
      run.changed(row, role.id, before, after);
    }
  }
  return null;
}

/** Empties cells that mean "no answer". A number within the column's scale is an answer, whatever the list says. */
export function emptyMissingCodes(run: CleaningRun, codes: readonly string[]): null {
  const set = missingCodeSet(codes);
  const longest = codes.reduce((most, code) => Math.max(most, code.length), 0) + 2;
  for (const { role, cells } of run.table.columns) {
    const isMissing = remembered((cell) => isMissingCode(cell, set) && !isOnScale(cell, role.scale));
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row]!;
      if (cell === '' || cell.length > longest) continue;
      if (!isMissing(cell)) continue;
      cells[row] = '';
      run.changed(row, role.id, cell, '');
    }
  }
  return null;
}

function isOnScale(cell: string, scale: Scale | undefined): boolean {
  const score = scale === undefined ? null : parseScore(cell, scale);
  return score !== null && scale !== undefined && score >= scale.min && score <= scale.max;
}

/** Empties scores outside of their scale and what is no score at all. */
export function emptyOutOfRange(run: CleaningRun): NotApplicable | null {
  if (run.table.scores.length === 0) return 'no-scores';
  for (const { role, cells } of run.table.scores) {
    const onScale = remembered((cell) => isOnScale(cell, role.scale));
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row]!;
      if (cell === '' || onScale(cell)) continue;
      cells[row] = '';
      run.changed(row, role.id, cell, '');
    }
  }
  return null;
}

/** Masks the kept rows' texts, and category cells too, since a name column may hold a number. Scores and dates are left alone;
 *  so are respondent ids, which only link rows. */
export function maskCells(run: CleaningRun, kinds: readonly PersonalDataKind[]): null {
  for (const { role, cells } of run.table.columns) {
    if (isScoreRole(role.role) || role.role === 'date' || role.role === 'respondentId' || role.role === 'weight')
      continue;
    for (let row = 0; row < cells.length; row++) {
      const before = cells[row]!;
      const after = maskPersonalData(before, kinds).text;
      if (after === before) continue;
      cells[row] = after;
      if (run.isKept(row)) run.changed(row, role.id, null, after);
    }
  }
  return null;
}
