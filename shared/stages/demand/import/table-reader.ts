import { AppError } from '../../../errors/app-error.ts';
import type { Column, ImportOptions } from './import-options.ts';
import { MAX_ROWS, SAMPLE_ROWS } from './limits.ts';
import type { ProblemList } from './problem-list.ts';
import { columnsOf, fitRows, tableWidth } from './table-shape.ts';

/** Turns records into rows of one width. The first records are held back until the width is known. */
export class TableReader {
  readonly #options: ImportOptions;
  readonly #file: string;
  readonly #problems: ProblemList;
  readonly #keys: readonly string[] | null;
  #held: string[][] | null = [];
  #width = 0;
  #records = 0;
  #rows = 0;
  columns: Column[] = [];

  /** `keys`: the columns of a JSON file, whose records have no header; null for every other format. */
  constructor(options: ImportOptions, file: string, problems: ProblemList, keys: readonly string[] | null) {
    this.#options = options;
    this.#file = file;
    this.#problems = problems;
    this.#keys = keys;
  }

  get rows(): number {
    return this.#rows;
  }

  /** @throws AppError 'import.too-many-rows' */
  push(records: string[][]): string[][] {
    if (this.#held === null) return this.#fit(records);
    for (const record of records) this.#held.push(record);
    return this.#held.length > SAMPLE_ROWS ? this.#release() : [];
  }

  /** @throws AppError 'import.empty' */
  end(): string[][] {
    const rows = this.#held === null ? [] : this.#release();
    if (this.#rows === 0) throw new AppError('import.empty', { file: this.#file });
    return rows;
  }

  #release(): string[][] {
    const held = this.#held ?? [];
    this.#held = null;
    const header = this.#options.hasHeader && this.#keys === null;
    this.#width = this.#keys?.length ?? tableWidth(held, header);
    this.columns = columnsOf(this.#keys ?? (header ? (held[0] ?? []) : null), this.#width);
    if (header) this.#records = Math.min(1, held.length);
    return this.#fit(header ? held.slice(1) : held);
  }

  #fit(rows: string[][]): string[][] {
    fitRows(rows, this.#width, this.#records + 1, this.#options.format === 'delimited', this.#problems);
    this.#records += rows.length;
    this.#rows += rows.length;
    if (this.#rows > MAX_ROWS) throw new AppError('import.too-many-rows', { file: this.#file, limit: MAX_ROWS });
    return rows;
  }
}
