import type { AdaptationNotice } from './notices.ts';
import type { Scenario } from './results.ts';

/** What the model calls each class of a scenario; null where it has no such class. */
export function modelLabels(
  labels: readonly string[],
  labelMap: Scenario['labelMap'],
  known: readonly string[],
): (string | null)[] {
  return labels.map((label) => {
    const entry = labelMap?.find((candidate) => candidate.label === label);
    const name = labelMap === null ? label : (entry?.modelLabel ?? null);
    return name !== null && known.includes(name) ? name : null;
  });
}

export interface AnswerMap {
  /** Output of the model for each class of the scenario, −1 where it cannot answer it. */
  readonly outputOf: Int32Array;
  readonly notices: AdaptationNotice[];
}

/** Which output of a model answers which class. Where several classes are one to the model, it answers the one with most rows.
 *  `rows`: rows of each class, for that choice and for the notices. */
export function answerMap(
  labels: readonly string[],
  named: readonly (string | null)[],
  known: readonly string[],
  rows: readonly number[],
): AnswerMap {
  const notices: AdaptationNotice[] = [];
  const outputOf = new Int32Array(labels.length).fill(-1);
  const takenBy = new Map<string, number>();
  const byRows = labels.map((_, k) => k).sort((a, b) => rows[b]! - rows[a]! || a - b);
  for (const k of byRows) {
    const name = named[k] ?? null;
    const label = labels[k]!;
    if (name === null) {
      notices.push({ code: 'label-unknown-to-model', severity: 'warning', params: { label, rows: rows[k]! } });
      continue;
    }
    const taken = takenBy.get(name);
    if (taken !== undefined) {
      notices.push({ code: 'labels-share-answer', severity: 'warning', params: { label, other: labels[taken]! } });
      continue;
    }
    takenBy.set(name, k);
    outputOf[k] = known.indexOf(name);
  }
  return { outputOf, notices };
}

/** So small that its class is never answered, and its probability is 0 in float32. */
const NEVER = -1e9;

/** Logits of the scenario's classes [rows × outputs] out of those of a model's [rows × width]. */
export function scenarioLogits(logits: Float32Array, width: number, outputOf: Int32Array): Float32Array {
  const rows = logits.length / width;
  const mapped = new Float32Array(rows * outputOf.length).fill(NEVER);
  for (let row = 0; row < rows; row++)
    outputOf.forEach((output, k) => {
      if (output >= 0) mapped[row * outputOf.length + k] = logits[row * width + output]!;
    });
  return mapped;
}
