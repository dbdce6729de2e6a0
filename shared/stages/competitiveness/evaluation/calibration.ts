import { AppError } from '../../../errors/app-error.ts';
import type { Calibration } from '../results.ts';

/** Expected calibration error: over equal-width bins of the confidence in the predicted class, Σ (rows in bin / rows) · |accuracy − confidence|.
 *  `probabilities` is [rows, classes]; bins are (low, high], as in the source. The predicted class is the one of highest probability.
 *  @throws AppError 'stats.empty', 'stats.shape'   @source Guo et al. 2017 */
export function expectedCalibrationError(
  actual: Int32Array,
  probabilities: Float32Array | Float64Array,
  classes: number,
  bins = 15,
): Calibration {
  const rows = actual.length;
  if (rows === 0) throw new AppError('stats.empty', { what: 'predictions' });
  if (probabilities.length !== rows * classes)
    throw new AppError('stats.shape', {
      what: 'probabilities',
      problem: `${probabilities.length} for ${rows} × ${classes}`,
    });
  const count = new Float64Array(bins);
  const confidence = new Float64Array(bins);
  const hits = new Float64Array(bins);
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (probabilities[row * classes + k]! > probabilities[row * classes + best]!) best = k;
    const p = Math.min(1, probabilities[row * classes + best]!);
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(p * bins) - 1));
    count[bin]! += 1;
    confidence[bin]! += p;
    if (best === actual[row]) hits[bin]! += 1;
  }
  let ece = 0;
  for (let bin = 0; bin < bins; bin++) ece += Math.abs(hits[bin]! - confidence[bin]!) / rows;
  return {
    ece,
    bins: Array.from({ length: bins }, (_, bin) => ({
      low: bin / bins,
      high: (bin + 1) / bins,
      rows: count[bin]!,
      confidence: count[bin] === 0 ? null : confidence[bin]! / count[bin]!,
      accuracy: count[bin] === 0 ? null : hits[bin]! / count[bin]!,
    })),
  };
}
