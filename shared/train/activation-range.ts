/** What values an activation takes on sample texts, and the bytes that stand for them. */

export const HISTOGRAM_BINS = 2048;
const BYTE_STEPS = 255;

export interface ActivationRange {
  readonly low: number;
  readonly high: number;
}

/** The range widened by values. */
export function widened({ low, high }: ActivationRange, values: Float32Array): ActivationRange {
  let [least, most] = [low, high];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { low: least, high: most };
}

/** Counts values into equal bins over a range that holds them all. */
export function countInto(histogram: Float64Array, { low, high }: ActivationRange, values: Float32Array): void {
  const scale = histogram.length / (high - low || 1);
  for (const value of values) {
    const bin = Math.min(histogram.length - 1, Math.max(0, Math.floor((value - low) * scale)));
    histogram[bin]! += 1;
  }
}

/** The edges between which `percentile` % of the counted values lie, as much cut off at either end.
 *  @source onnxruntime, quantization/calibrate.py, HistogramCollector.compute_percentile (asymmetric) */
export function percentileRange(histogram: Float64Array, range: ActivationRange, percentile: number): ActivationRange {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const cut = (100 - percentile) / 200;
  const width = (range.high - range.low) / histogram.length;
  // The first bin at which the cumulative share has reached `share`, as numpy.searchsorted gives it.
  const binAt = (share: number) => {
    let sum = 0;
    for (let bin = 0; bin < histogram.length; bin++) {
      sum += histogram[bin]! / total;
      if (sum >= share) return bin;
    }
    return histogram.length;
  };
  return { low: range.low + width * binAt(cut), high: range.low + width * binAt(1 - cut) };
}

/** Scale and zero point of unsigned bytes over a range that is widened to hold 0, which is exact.
 *  @source onnxruntime, quantization/quant_utils.py, compute_scale_zp */
export function byteScale({ low, high }: ActivationRange): { readonly scale: number; readonly zero: number } {
  const [least, most] = [Math.min(0, low), Math.max(0, high)];
  const scale = Math.fround((most - least) / BYTE_STEPS) || 1;
  return { scale, zero: Math.max(0, Math.min(BYTE_STEPS, Math.round(-least / scale))) };
}
