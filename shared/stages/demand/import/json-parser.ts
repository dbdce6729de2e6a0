import { AppError } from '../../../errors/app-error.ts';
import { because, type Reason } from '../../../errors/reasons.ts';
import { checkRecord } from './delimited-parser.ts';
import { MAX_COLUMNS, MAX_RECORD_CHARS } from './limits.ts';
import type { ProblemList } from './problem-list.ts';
import { createNewlineNormaliser, type RecordParser } from './record-parser.ts';

/** The column of records that are bare values instead of objects. */
const VALUE_COLUMN = 'text';
/** Joins the values of a list in one cell; the separator of multiple choices in the exports of Chinese survey tools. */
const LIST_SEPARATOR = '┋';

/** Keys of JSON records as columns, in the order in which they are first seen. A `Map`, so that `__proto__` is a key like any other. */
export class KeyColumns {
  readonly #places = new Map<string, number>();
  readonly #file: string;

  constructor(file: string, names: readonly string[] = []) {
    this.#file = file;
    for (const name of names) this.#places.set(name, this.#places.size);
  }

  get names(): string[] {
    return [...this.#places.keys()];
  }

  /** @throws AppError 'import.too-many-columns' */
  place(name: string, record: number): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.#places.size;
    if (place >= MAX_COLUMNS) {
      throw new AppError('import.too-many-columns', {
        file: this.#file,
        row: record,
        columns: place + 1,
        limit: MAX_COLUMNS,
      });
    }
    this.#places.set(name, place);
    return place;
  }
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  const flat = Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object');
  return flat ? value.map(cellOf).join(LIST_SEPARATOR) : JSON.stringify(value);
}

/** Cells of one JSON value in the order of `columns`, which grow as new keys are met. */
function cellsOf(value: unknown, columns: KeyColumns, record: number): string[] {
  const cells: string[] = [];
  const put = (name: string, cell: string) => {
    const place = columns.place(name, record);
    while (cells.length <= place) cells.push('');
    cells[place] = cell;
  };
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) put(name, cellOf(inner));
  } else {
    put(VALUE_COLUMN, cellOf(value));
  }
  return cells;
}

/** Records of JSON Lines, or of one JSON array. Invalid records are collected as problems and left out.
 *  @throws AppError 'import.too-many-columns', 'import.cell-too-large', and 'import.format' where the text is no array */
export function createJsonParser(
  shape: 'jsonl' | 'json',
  columns: KeyColumns,
  file: string,
  problems: ProblemList,
): RecordParser {
  const normalise = createNewlineNormaliser();
  const elements = createElementSplitter(file);
  let rest = '';
  let records = 0;

  const accept = (sources: readonly string[]): string[][] => {
    const kept: string[][] = [];
    for (const source of sources) {
      if (source.trim() === '') continue;
      records++;
      let value: unknown;
      try {
        value = JSON.parse(source);
      } catch (cause) {
        problems.add(records, 'invalid-json', cause instanceof Error ? cause.message.slice(0, 200) : '');
        continue;
      }
      const cells = cellsOf(value, columns, records);
      checkRecord(cells, records, file);
      kept.push(cells);
    }
    return kept;
  };

  const splitLines = (text: string): string[] => {
    rest += normalise(text);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_RECORD_CHARS) refuse(file, because('json-record-long', { most: MAX_RECORD_CHARS }));
    return lines;
  };

  return {
    push: (text) => accept(shape === 'jsonl' ? splitLines(text) : elements.push(text)),
    end() {
      if (shape === 'json') return accept(elements.end());
      const last = rest;
      rest = '';
      return accept([last]);
    },
  };
}

function refuse(file: string, problem: Reason): never {
  throw new AppError('import.format', { file, problem });
}

/** Cuts the text of a JSON array into the texts of its elements, without holding more than one of them. */
function createElementSplitter(file: string): { push(text: string): string[]; end(): string[] } {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let element = '';
  let state: 'before' | 'within' | 'after' = 'before';

  return {
    push(text) {
      const found: string[] = [];
      let start = 0;
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        if (inString) {
          if (escaped) escaped = false;
          else if (code === 0x5c) escaped = true;
          else if (code === 0x22) inString = false;
          continue;
        }
        if (state !== 'within') {
          if (code <= 0x20) continue;
          if (state === 'after' || code !== 0x5b)
            refuse(file, because(state === 'after' ? 'json-text-after' : 'json-no-array', {}));
          state = 'within';
          start = i + 1;
        } else if (code === 0x22) {
          inString = true;
        } else if (code === 0x7b || code === 0x5b) {
          depth++;
        } else if ((code === 0x2c || code === 0x5d) && depth === 0) {
          found.push(element + text.slice(start, i));
          element = '';
          start = i + 1;
          if (code === 0x5d) state = 'after';
        } else if (code === 0x7d || code === 0x5d) {
          depth--;
        }
      }
      if (state === 'within') element += text.slice(start);
      if (element.length > MAX_RECORD_CHARS) refuse(file, because('json-record-long', { most: MAX_RECORD_CHARS }));
      return found;
    },
    end() {
      if (state !== 'after') refuse(file, because(state === 'before' ? 'json-no-array' : 'json-not-closed', {}));
      return [];
    },
  };
}
