import type { TableColumn, TableData } from './table-data.ts';

/** One feature of the design: a number, whether it is missing, or one value of a category. */
export interface Feature {
  /** Index into the columns of the table. */
  readonly column: number;
  readonly part:
    | { readonly type: 'number' }
    | { readonly type: 'missing' }
    | { readonly type: 'level'; readonly levels: readonly number[]; readonly rest: boolean };
}

/** Numbers and one-hot categories, row-major; NaN where a number is missing. */
export interface Design {
  readonly features: readonly Feature[];
  readonly rows: number;
  /** [rows × features] */
  readonly x: Float32Array;
}

/** Values of a category with fewer rows than this share, or than ten, are one feature together. */
const RARE_SHARE = 0.005;
const RARE_ROWS = 10;
const ROUNDING = 1e-7;

/** What features a table has. Levels and gaps are counted over all rows: they know nothing of the outcome. */
export function featuresOf({ columns, event }: TableData): readonly Feature[] {
  const fewest = Math.max(RARE_ROWS, RARE_SHARE * event.length);
  return columns.flatMap((column, at): Feature[] => {
    if (column.type === 'number') {
      const missing: Feature[] = column.values.some(Number.isNaN) ? [{ column: at, part: { type: 'missing' } }] : [];
      return [{ column: at, part: { type: 'number' } }, ...missing];
    }
    const counts = new Float64Array(column.levels.length);
    let missing = 0;
    for (const code of column.codes) {
      if (code < 0) missing++;
      else counts[code]! += 1;
    }
    const levels = column.levels.map((_, level) => level);
    const rare = levels.filter((level) => counts[level]! < fewest);
    return [
      ...levels
        .filter((level) => counts[level]! >= fewest)
        .map((level): Feature => ({ column: at, part: { type: 'level', levels: [level], rest: false } })),
      ...(rare.length === 0
        ? []
        : [{ column: at, part: { type: 'level', levels: rare, rest: true } } satisfies Feature]),
      ...(missing === 0 ? [] : [{ column: at, part: { type: 'missing' } } satisfies Feature]),
    ];
  });
}

export function designOf(features: readonly Feature[], columns: readonly TableColumn[], rows: number): Design {
  const x = new Float32Array(rows * features.length);
  features.forEach(({ column: at, part }, feature) => {
    const column = columns[at]!;
    const isOn = (row: number): number => {
      if (column.type === 'number') {
        const value = column.values[row]!;
        return part.type === 'missing' ? Number(Number.isNaN(value)) : value;
      }
      const code = column.codes[row]!;
      return part.type === 'level' ? Number(part.levels.includes(code)) : Number(code < 0);
    };
    for (let row = 0; row < rows; row++) x[row * features.length + feature] = isOn(row);
  });
  return { features, rows, x };
}

/** Mean and standard deviation of each feature on the rows that a model learns from; a gap stands at the mean. */
export interface Scaling {
  readonly mean: Float64Array;
  /** 0 where the feature does not vary: it then says nothing. */
  readonly deviation: Float64Array;
}

export function scalingOf({ features, x }: Design, rows: Int32Array): Scaling {
  const width = features.length;
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let feature = 0; feature < width; feature++) {
    let [n, sum] = [0, 0];
    for (const row of rows) {
      const value = x[row * width + feature]!;
      if (Number.isNaN(value)) continue;
      n++;
      sum += value;
    }
    mean[feature] = n === 0 ? 0 : sum / n;
    let squares = 0;
    for (const row of rows) {
      const value = x[row * width + feature]!;
      if (!Number.isNaN(value)) squares += (value - mean[feature]!) ** 2;
    }
    const found = n === 0 ? 0 : Math.sqrt(squares / n);
    // What is left of a constant after rounding is no spread.
    deviation[feature] = found > ROUNDING * Math.abs(mean[feature]!) ? found : 0;
  }
  return { mean, deviation };
}

/** Standardised rows [rows × features], as models read them. */
export function standardise(x: Float32Array, rows: Int32Array, { mean, deviation }: Scaling): Float32Array {
  const width = mean.length;
  const out = new Float32Array(rows.length * width);
  rows.forEach((row, at) => {
    for (let feature = 0; feature < width; feature++) {
      const value = x[row * width + feature]!;
      const scale = deviation[feature]!;
      out[at * width + feature] = scale === 0 || Number.isNaN(value) ? 0 : (value - mean[feature]!) / scale;
    }
  });
  return out;
}
