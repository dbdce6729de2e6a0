import { quantileOfSorted } from '../../statistics/quantile.ts';
import type { LengthSummary } from './results.ts';

const BINS = 20;

/** Quantiles and histogram of token counts, and how many texts a maximum length cuts; null without texts. */
export function lengthSummary(lengths: Int32Array, maxLength: number): LengthSummary | null {
  if (lengths.length === 0) return null;
  const ascending = lengths.slice().sort();
  const max = ascending[ascending.length - 1]!;
  const width = Math.max(1, Math.ceil((max + 1) / BINS));
  const histogram = Array.from({ length: Math.ceil((max + 1) / width) }, (_, bin) => ({
    from: bin * width,
    to: (bin + 1) * width - 1,
    rows: 0,
  }));
  let sum = 0;
  let truncated = 0;
  for (const length of ascending) {
    histogram[Math.floor(length / width)]!.rows++;
    sum += length;
    if (length > maxLength) truncated++;
  }
  return {
    mean: sum / ascending.length,
    min: ascending[0]!,
    p25: quantileOfSorted(ascending, 0.25)!,
    p50: quantileOfSorted(ascending, 0.5)!,
    p75: quantileOfSorted(ascending, 0.75)!,
    p95: quantileOfSorted(ascending, 0.95)!,
    max,
    histogram,
    maxLength,
    truncated,
    truncatedShare: truncated / ascending.length,
  };
}
