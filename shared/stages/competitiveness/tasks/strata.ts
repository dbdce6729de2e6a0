import { quantileOfSorted } from '../../../statistics/quantile.ts';
import type { TextTask } from '../../../train/text-task.ts';

/** Fewer rows than this cannot be spread over train, dev and test by themselves. */
const FEWEST_ROWS = 10;
const BINS = 5;

export interface Strata {
  readonly names: readonly string[];
  /** Place in `names` of each row. */
  readonly of: Int32Array;
}

/** Groups of rows that the parts take equal shares of: by the rarest label of a row, by level, by fifths of the number. Groups of fewer than ten rows
 *  go together, and with the largest where they are still too few. `values` [rows, labels], or [rows]; only rows to be `drawn` are counted. */
export function strataOf(
  task: TextTask,
  values: Float32Array,
  labels: readonly string[],
  drawn: readonly number[],
): Strata {
  const keys =
    task === 'multi-label'
      ? rarestLabels(values, labels.length, drawn)
      : task === 'ordinal'
        ? [...values]
        : fifths(values, drawn);
  const counts = new Map<number, number>();
  for (const row of drawn) counts.set(keys[row]!, (counts.get(keys[row]!) ?? 0) + 1);
  const bySize = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const large = bySize.filter(([, rows]) => rows >= FEWEST_ROWS).map(([key]) => key);
  const rest = bySize.filter(([, rows]) => rows < FEWEST_ROWS).reduce((sum, [, rows]) => sum + rows, 0);
  const joins = rest < FEWEST_ROWS && large.length > 0 ? 0 : large.length;
  const place = new Map(large.map((key, at) => [key, at]));
  const nameOf = (key: number) => (task === 'regression' ? `${key + 1}/${BINS}` : (labels[key] ?? '∅'));
  const names = large.map(nameOf);
  if (joins === large.length && rest > 0) names.push('…');
  return { names, of: Int32Array.from(keys, (key) => place.get(key) ?? joins) };
}

/** The label of each row that the fewest rows have; −1 where it has none. */
function rarestLabels(values: Float32Array, labels: number, drawn: readonly number[]): number[] {
  const counts = new Float64Array(labels);
  for (const row of drawn) for (let label = 0; label < labels; label++) counts[label]! += values[row * labels + label]!;
  return Array.from({ length: values.length / labels }, (_, row) => {
    let rarest = -1;
    for (let label = 0; label < labels; label++) {
      if (values[row * labels + label] === 1 && (rarest < 0 || counts[label]! < counts[rarest]!)) rarest = label;
    }
    return rarest;
  });
}

/** In which fifth of the drawn values each stands; equal values are in one. */
function fifths(values: Float32Array, drawn: readonly number[]): number[] {
  const ascending = Float32Array.from(drawn, (row) => values[row]!).sort();
  const cuts = Array.from({ length: BINS - 1 }, (_, i) => quantileOfSorted(ascending, (i + 1) / BINS)!);
  return Array.from(values, (value) => cuts.filter((cut) => value > cut).length);
}
