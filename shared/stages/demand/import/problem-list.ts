import type { Problems, RowProblem } from './import-options.ts';
import { MAX_PROBLEMS } from './limits.ts';

/** Collects findings about rows: all are counted, the first are kept. */
export class ProblemList {
  #total = 0;
  readonly #first: RowProblem[] = [];

  add(record: number, kind: RowProblem['kind'], detail: string): void {
    this.#total++;
    if (this.#first.length < MAX_PROBLEMS) this.#first.push({ record, kind, detail });
  }

  get problems(): Problems {
    return { total: this.#total, first: this.#first };
  }
}
