import { createRng, type Rng, shuffle } from '../../../rng.ts';
import { DOMAIN_FEWEST_ROWS, domainClassifier } from '../../../statistics/domain-classifier.ts';
import { holmAdjusted } from '../../../statistics/holm.ts';
import type { ServiceNotice } from '../notices.ts';
import type { DomainTest, DriftResult, DriftSlices } from '../results.ts';
import { shareEstimate } from '../tickets/sla.ts';
import { labelShift } from './label-shift.ts';
import { unlikeTexts } from './unlike-texts.ts';
import { wordShifts } from './word-shift.ts';

export interface DriftSide {
  readonly texts: readonly string[];
  /** [texts × dimensions], of length 1. */
  readonly vectors: Float32Array;
  /** Content words of each text, each once. */
  readonly words: readonly ReadonlySet<string>[];
}

export interface DriftInput {
  readonly datasetId: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly encoderId: string;
  readonly dimensions: number;
  readonly reference: DriftSide;
  readonly current: DriftSide;
  readonly slicedBy: DriftSlices;
  /** Slice of each new text; null where it has none or nothing is sliced. */
  readonly sliceOf: readonly (string | null)[];
  readonly labels: readonly string[];
  readonly referenceLabels: { readonly origin: 'test-predictions' | 'training-labels'; readonly label: Int32Array };
  readonly currentLabels: Int32Array;
  readonly permutations: number;
  readonly seed: number;
  readonly withoutText: number;
  readonly onProgress?: (share: number) => void;
}

export interface DriftOutput {
  readonly result: DriftResult;
  /** Cosine of each new text to its nearest reference text. */
  readonly nearest: Float32Array;
  /** New texts that are farther than the bound. */
  readonly unlike: readonly number[];
  /** Texts with each word of the result. */
  readonly wordTexts: readonly { readonly word: string; readonly reference: number[]; readonly current: number[] }[];
}

const LEVEL = 0.95;
/** Texts of a side that a test looks at; more cost time and change little. */
const MOST_TEXTS = 600;
const FEWEST_IN_SLICE = 40;

/** Whether new texts differ from those that a model was trained on, which of them, in which words, and whether the model's answers shifted. Each
 *  slice is held against all reference texts; Holm over the slices. Flagged only above the band of the permutations.
 *  @throws AppError 'stats.too-few' with fewer than 20 texts on a side */
export function measureDrift(input: DriftInput): DriftOutput {
  const { reference, current, dimensions, labels, seed } = input;
  const rng = createRng(seed);
  const notices: ServiceNotice[] = [];
  if (input.withoutText > 0) notices.push({ code: 'no-text', severity: 'info', params: { rows: input.withoutText } });
  const referenceRows = sampled(reference.texts.length, 'reference', rng, notices);
  const slices = [...new Set(input.sliceOf.filter((slice) => slice !== null))].sort();
  const rowsOf = (slice: string) => Array.from(current.texts.keys()).filter((row) => input.sliceOf[row] === slice);
  const large = slices.filter((slice) => rowsOf(slice).length >= FEWEST_IN_SLICE);
  const tests = 1 + large.length;
  let done = 0;
  const test = (rows: readonly number[], of: number): DomainTest => {
    const found = domainClassifier({
      reference: vectorsOf(reference.vectors, referenceRows, dimensions),
      current: vectorsOf(current.vectors, rows, dimensions),
      dimensions,
      groups: [...referenceRows.map((row) => reference.texts[row]!), ...rows.map((row) => current.texts[row]!)],
      permutations: input.permutations,
      rng: createRng(seed + done),
      onProgress: (share) => input.onProgress?.((done + share) / tests),
    });
    done += 1;
    return {
      referenceN: referenceRows.length,
      referenceOf: reference.texts.length,
      newN: rows.length,
      newOf: of,
      auc: found.auc,
      bandLow: found.bandLow,
      band: found.bandHigh,
      permutations: found.permutations,
      p: found.pValue,
      pAdjusted: found.pValue,
      flagged: found.differs && found.pValue <= 1 - LEVEL,
    };
  };
  const overall = test(sampled(current.texts.length, 'new', rng, notices), current.texts.length);
  const measured = slices.map((slice) => {
    const rows = rowsOf(slice);
    if (rows.length < FEWEST_IN_SLICE) {
      const params = { slice, rows: rows.length, needed: FEWEST_IN_SLICE };
      notices.push({ code: 'slice-too-small', severity: 'info', params });
      return { slice, ...notMeasured(overall, rows.length) };
    }
    return {
      slice,
      ...test(
        sampled(rows.length, null, rng, notices).map((at) => rows[at]!),
        rows.length,
      ),
    };
  });
  const adjusted = holmAdjusted(measured.map(({ p }) => p));
  const { nearest, unlike } = unlikeTexts(
    vectorsOf(reference.vectors, referenceRows, dimensions),
    current.vectors,
    dimensions,
  );
  const words = wordShifts(reference.words, current.words);
  const having = (texts: readonly ReadonlySet<string>[], word: string) =>
    Array.from(texts.keys()).filter((row) => texts[row]!.has(word));
  return {
    nearest,
    unlike,
    wordTexts: words.map(({ word }) => ({
      word,
      reference: having(reference.words, word),
      current: having(current.words, word),
    })),
    result: {
      datasetId: input.datasetId,
      modelId: input.modelId,
      modelName: input.modelName,
      encoderId: input.encoderId,
      slicedBy: input.slicedBy,
      overall,
      slices: measured.map((slice, at) => ({
        ...slice,
        pAdjusted: adjusted[at] ?? null,
        flagged: slice.flagged === null ? null : slice.flagged && (adjusted[at] ?? 1) <= 1 - LEVEL,
      })),
      unlike: shareEstimate(unlike.length, current.texts.length, LEVEL),
      words,
      labelShift: shiftOf(input, labels),
      notices,
    },
  };
}

/** Fewest texts of a side that can be compared. */
export const FEWEST_DRIFT_TEXTS = DOMAIN_FEWEST_ROWS;

function notMeasured(overall: DomainTest, rows: number): DomainTest {
  return {
    ...overall,
    newN: 0,
    newOf: rows,
    auc: null,
    bandLow: null,
    band: null,
    permutations: 0,
    p: null,
    pAdjusted: null,
    flagged: null,
  };
}

/** Row numbers, at most as many as a test looks at, in order. */
function sampled(rows: number, side: 'reference' | 'new' | null, rng: Rng, notices: ServiceNotice[]): number[] {
  const all = Array.from({ length: rows }, (_, row) => row);
  if (rows <= MOST_TEXTS) return all;
  if (side !== null)
    notices.push({ code: 'subsampled', severity: 'info', params: { side, rows: MOST_TEXTS, of: rows } });
  return shuffle(all, rng)
    .slice(0, MOST_TEXTS)
    .sort((a, b) => a - b);
}

function vectorsOf(all: Float32Array, rows: readonly number[], dimensions: number): Float32Array {
  const found = new Float32Array(rows.length * dimensions);
  rows.forEach((row, at) => {
    found.set(all.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  });
  return found;
}

function shiftOf(input: DriftInput, labels: readonly string[]): DriftResult['labelShift'] {
  const count = (of: Int32Array) => labels.map((_, at) => of.reduce((sum, label) => sum + (label === at ? 1 : 0), 0));
  const before = count(input.referenceLabels.label);
  const now = count(input.currentLabels);
  const shift = labelShift(before, now, createRng(input.seed));
  if (shift === null) return null;
  const [n, m] = [input.referenceLabels.label.length, input.currentLabels.length];
  return {
    reference: input.referenceLabels.origin,
    referenceN: n,
    newN: m,
    labels: labels.map((label, at) => ({
      label,
      referenceRows: before[at]!,
      newRows: now[at]!,
      referenceShare: before[at]! / n,
      newShare: now[at]! / m,
    })),
    ...shift,
    flagged: shift.p <= 1 - LEVEL && shift.psi > shift.psiBand,
  };
}
