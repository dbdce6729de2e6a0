import { AppError } from '../../../errors/app-error.ts';
import type { AppliedTemperature, TemperatureResult } from '../results.ts';

const LOWEST = 0.05;
const HIGHEST = 20;
const ROUNDS = 60;

/** Temperature T for which softmax(logits / T) has the least negative log-likelihood on rows that were not trained on. The likelihood is convex in 1/T,
 *  so its slope is bisected. `limited` where the least lies beyond [0.05, 20], as where every row is right. Answers stay what they are.
 *  @param logits [rows, classes]
 *  @throws AppError 'stats.empty', 'stats.shape'   @source Guo et al. 2017, "On calibration of modern neural networks" */
export function fitTemperature(
  labels: Int32Array,
  logits: Float32Array,
  classes: number,
): { readonly temperature: number; readonly limited: boolean } {
  if (labels.length === 0) throw new AppError('stats.empty', { what: 'dev rows' });
  if (logits.length !== labels.length * classes) {
    const problem = `${logits.length} for ${labels.length} × ${classes}`;
    throw new AppError('stats.shape', { what: 'logits', problem });
  }
  // In the logarithm, where halving steps are alike at both ends.
  let low = Math.log(1 / HIGHEST);
  let high = Math.log(1 / LOWEST);
  if (slope(labels, logits, classes, 1 / LOWEST) < 0) return { temperature: LOWEST, limited: true };
  if (slope(labels, logits, classes, 1 / HIGHEST) > 0) return { temperature: HIGHEST, limited: true };
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    if (slope(labels, logits, classes, Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return { temperature: Math.exp(-(low + high) / 2), limited: false };
}

/** What leaves the product goes by; null where none was fitted, and at a bound, where nothing but the bound keeps the model from being quite sure. */
export function appliedTemperature(fitted: TemperatureResult | null): AppliedTemperature | null {
  if (fitted === null || fitted.limited) return null;
  const { temperature, devRows, rows, resamples, before, after } = fitted;
  return { temperature, devRows, rows, resamples, before: before.ece, after: after.ece };
}

/** Of the summed negative log-likelihood to 1/T: Σ (E[z] − z of the label). */
function slope(labels: Int32Array, logits: Float32Array, classes: number, inverse: number): number {
  let sum = 0;
  for (const [row, label] of labels.entries()) {
    const own = logits.subarray(row * classes, (row + 1) * classes);
    const top = own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let mass = 0;
    let mean = 0;
    for (const logit of own) {
      const weight = Math.exp(inverse * (logit - top));
      mass += weight;
      mean += weight * logit;
    }
    sum += mean / mass - own[label]!;
  }
  return sum;
}
