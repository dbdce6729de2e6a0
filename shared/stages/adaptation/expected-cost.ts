import { AppError } from '../../errors/app-error.ts';
import type { ErrorCost } from './results.ts';

/** What answers of a model cost in a scenario. */
export interface CostRule {
  /** By class index: passing over a text of the class, and answering the class for a text of another. */
  readonly miss: Float64Array;
  readonly falseAlarm: Float64Array;
  /** Null where nobody can look. */
  readonly humanLook: number | null;
}

/** Classes without an entry cost 1 either way. */
export function costRule(
  labels: readonly string[],
  errorCosts: readonly ErrorCost[],
  humanLook: number | null,
): CostRule {
  const of = (label: string) => errorCosts.find((entry) => entry.label === label);
  return {
    miss: Float64Array.from(labels, (label) => of(label)?.miss ?? 1),
    falseAlarm: Float64Array.from(labels, (label) => of(label)?.falseAlarm ?? 1),
    humanLook,
  };
}

/** Cost of one answer: 0 where it is right, else that of the class missed and of the class wrongly answered. */
export function errorCost(rule: CostRule, actual: number, predicted: number): number {
  return actual === predicted ? 0 : rule.miss[actual]! + rule.falseAlarm[predicted]!;
}

/** Mean cost of a text, where those answered with less than `confidence` go to a person (0: all are answered).
 *  @throws AppError 'stats.empty'   @source Elkan 2001; reject option after Chow 1970 */
export function expectedCost(
  rule: CostRule,
  actual: Int32Array,
  predicted: Int32Array,
  confidences: Float32Array | null,
  confidence = 0,
): number {
  if (actual.length === 0) throw new AppError('stats.empty', { what: 'cost' });
  let sum = 0;
  actual.forEach((label, row) => {
    const rejected = confidences !== null && confidences[row]! < confidence;
    sum += rejected ? (rule.humanLook ?? 0) : errorCost(rule, label, predicted[row]!);
  });
  return sum / actual.length;
}
