import type { CleanTable } from './clean-table.ts';
import type { CleaningStepId } from './recipe.ts';

/** Examples kept of a step. */
const MAX_EXAMPLES = 5;
const EXAMPLE_CHARS = 200;

/** Why a step that is switched on had nothing to work on. */
export type NotApplicable =
  | 'no-text'
  | 'no-scores'
  | 'no-answers'
  | 'scores-without-respondent'
  | 'scores-present'
  | 'too-few-items';

export interface StepExample {
  readonly row: number;
  /** null where the whole row is meant. */
  readonly columnId: string | null;
  /** null where it would show personal data. */
  readonly before: string | null;
  /** null where the row is removed. */
  readonly after: string | null;
}

export interface StepReport {
  readonly id: CleaningStepId;
  readonly enabled: boolean;
  readonly notApplicable: NotApplicable | null;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly cellsChanged: number;
  /** Removed duplicates that carry another label than the row that stays. */
  readonly labelConflicts: number;
  readonly examples: readonly StepExample[];
}

/** What the steps share: the table, which rows are gone and why, and the report of the step at work. */
export class CleaningRun {
  readonly table: CleanTable;
  /** 0 kept, else the 1-based place of the step that removed the row. */
  readonly status: Uint8Array;
  readonly duplicateOf: Int32Array;
  readonly reports: StepReport[] = [];
  #kept: number;
  #step = 0;
  #cellsChanged = 0;
  #labelConflicts = 0;
  #examples: StepExample[] = [];

  constructor(table: CleanTable) {
    this.table = table;
    this.status = new Uint8Array(table.rows);
    this.duplicateOf = new Int32Array(table.rows).fill(-1);
    this.#kept = table.rows;
  }

  isKept(row: number): boolean {
    return this.status[row] === 0;
  }

  /** Runs one step and files its report. `work` returns why it could not be applied, or null. */
  step(id: CleaningStepId, enabled: boolean, work: () => NotApplicable | null): void {
    this.#step++;
    this.#cellsChanged = 0;
    this.#labelConflicts = 0;
    this.#examples = [];
    const rowsIn = this.#kept;
    const notApplicable = enabled ? work() : null;
    this.reports.push({
      id,
      enabled,
      notApplicable,
      rowsIn,
      rowsOut: this.#kept,
      cellsChanged: this.#cellsChanged,
      labelConflicts: this.#labelConflicts,
      examples: this.#examples,
    });
  }

  remove(row: number, shown: string): void {
    this.status[row] = this.#step;
    this.#kept--;
    this.#addExample({ row, columnId: null, before: shown.slice(0, EXAMPLE_CHARS), after: null });
  }

  removeDuplicate(row: number, of: number, shown: string): void {
    this.duplicateOf[row] = of;
    const labels = this.table.label?.cells;
    if (labels !== undefined && labels[row] !== labels[of]) this.#labelConflicts++;
    this.remove(row, shown);
  }

  /** Counts a changed cell of a row that is kept. `before` is null where it must not be shown. */
  changed(row: number, columnId: string, before: string | null, after: string): void {
    this.#cellsChanged++;
    const shown = before === null ? null : before.slice(0, EXAMPLE_CHARS);
    this.#addExample({ row, columnId, before: shown, after: after.slice(0, EXAMPLE_CHARS) });
  }

  #addExample(example: StepExample): void {
    if (this.#examples.length < MAX_EXAMPLES) this.#examples.push(example);
  }
}
