import { cohenKappa } from '../../../statistics/cohen-kappa.ts';
import type { ServiceNotice } from '../notices.ts';
import type { TriageResult } from '../results.ts';
import { shareEstimate } from '../tickets/sla.ts';

export interface TriageInput {
  readonly datasetId: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly labels: readonly string[];
  /** [rows × labels] */
  readonly logits: Float32Array;
  readonly confidenceBelow: number;
  /** Label that people gave each row, null where none; null without a column. */
  readonly truth: {
    readonly columnId: string;
    readonly name: string;
    readonly values: readonly (string | null)[];
  } | null;
  /** Rows kept by cleaning that have no text. */
  readonly withoutText: number;
  readonly truncated: number;
}

export interface TriageOutput {
  readonly result: TriageResult;
  /** Most probable label of each row. */
  readonly label: Int32Array;
  /** Its probability. */
  readonly confidence: Float32Array;
}

const LEVEL = 0.95;
const BINS = 10;

/** Labels of rows by the model's probabilities, how sure it is of them and, where people gave labels too, how often both agree. Values of the
 *  column that are none of the model's labels do not enter its accuracy and are listed. */
export function summariseTriage(input: TriageInput): TriageOutput {
  const { labels, logits, confidenceBelow } = input;
  const rows = logits.length / labels.length;
  const label = new Int32Array(rows);
  const confidence = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const cells = logits.subarray(row * labels.length, (row + 1) * labels.length);
    const best = cells.reduce((top, value, at) => (value > cells[top]! ? at : top), 0);
    let sum = 0;
    for (const cell of cells) sum += Math.exp(cell - cells[best]!);
    label[row] = best;
    confidence[row] = 1 / sum;
  }
  const isLow = Array.from(confidence, (value) => value < confidenceBelow);
  const notices: ServiceNotice[] = [];
  if (input.withoutText > 0) notices.push({ code: 'no-text', severity: 'info', params: { rows: input.withoutText } });
  if (input.truncated > 0)
    notices.push({ code: 'truncated-texts', severity: 'info', params: { rows: input.truncated } });
  const truth = input.truth === null ? null : agreement(input.truth, labels, label, isLow);
  if (truth !== null && truth.unknown.length > 0) {
    const unknownRows = truth.unknown.reduce((sum, entry) => sum + entry.rows, 0);
    const names = truth.unknown.map((entry) => entry.label).join(', ');
    notices.push({ code: 'unknown-labels', severity: 'warning', params: { labels: names, rows: unknownRows } });
  }
  const result: TriageResult = {
    datasetId: input.datasetId,
    modelId: input.modelId,
    modelName: input.modelName,
    labels: [...labels],
    n: rows,
    confidenceBelow,
    lowConfidence: isLow.filter(Boolean).length,
    meanConfidence: rows === 0 ? null : confidence.reduce((sum, value) => sum + value, 0) / rows,
    confidenceBins: Array.from({ length: BINS }, (_, bin) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      rows: confidence.filter((value) => Math.min(BINS - 1, Math.floor(value * BINS)) === bin).length,
    })),
    predicted: labels
      .map((name, at) => {
        const of = Array.from(label.keys()).filter((row) => label[row] === at);
        return {
          label: name,
          rows: of.length,
          share: shareEstimate(of.length, rows, LEVEL),
          lowConfidence: of.filter((row) => isLow[row]).length,
        };
      })
      .sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1)),
    truth,
    notices,
  };
  return { result, label, confidence };
}

function agreement(
  truth: NonNullable<TriageInput['truth']>,
  labels: readonly string[],
  predicted: Int32Array,
  isLow: readonly boolean[],
): NonNullable<TriageResult['truth']> {
  const indexOf = new Map(labels.map((name, at) => [name, at]));
  const unknown = new Map<string, number>();
  const counts = labels.map(() => labels.map(() => 0));
  const tally = { confident: { right: 0, n: 0 }, unsure: { right: 0, n: 0 } };
  truth.values.forEach((value, row) => {
    if (value === null) return;
    const actual = indexOf.get(value);
    if (actual === undefined) {
      unknown.set(value, (unknown.get(value) ?? 0) + 1);
      return;
    }
    counts[actual]![predicted[row]!]! += 1;
    const group = isLow[row] ? tally.unsure : tally.confident;
    group.n += 1;
    if (actual === predicted[row]) group.right += 1;
  });
  const correct = tally.confident.right + tally.unsure.right;
  const n = tally.confident.n + tally.unsure.n;
  const column = (at: number) => counts.reduce((sum, row) => sum + row[at]!, 0);
  return {
    columnId: truth.columnId,
    name: truth.name,
    n,
    correct,
    accuracy: shareEstimate(correct, n, LEVEL),
    kappa: cohenKappa(counts, LEVEL),
    confident: shareEstimate(tally.confident.right, tally.confident.n, LEVEL),
    unsure: shareEstimate(tally.unsure.right, tally.unsure.n, LEVEL),
    perLabel: labels.map((label, at) => {
      const rows = counts[at]!.reduce((sum, count) => sum + count, 0);
      return {
        label,
        rows,
        recall: shareEstimate(counts[at]![at]!, rows, LEVEL),
        precision: shareEstimate(counts[at]![at]!, column(at), LEVEL),
      };
    }),
    unknown: [...unknown].map(([label, rows]) => ({ label, rows })).sort((a, b) => b.rows - a.rows),
  };
}
