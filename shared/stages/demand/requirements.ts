import { quantileOfSorted } from '../../statistics/quantile.ts';
import type { RequirementOrigin, RequirementsResult, Targets } from './results.ts';

export interface RequirementsInput {
  /** Label of each labelled text and the slot they come from; null where the project has no labels yet. */
  readonly labels: { readonly values: readonly string[]; readonly slot: string } | null;
  /** Texts kept by cleaning, with their languages and ISO dates (null where unknown), and the slot they come from. */
  readonly texts: readonly string[];
  readonly languages: readonly (string | null)[];
  readonly dates: readonly (string | null)[];
  readonly slot: string;
  readonly targets: Targets;
}

const UNKNOWN_LANGUAGE = 'unknown';

/** Requirement parameters for the next stages: what the data say, each with the slot it was counted from, and the
 *  analyst's targets, "not set" where none was entered. */
export function requirementParameters(input: RequirementsInput): RequirementsResult {
  const { targets } = input;
  const fromTexts: RequirementOrigin = { type: 'data', slot: input.slot };
  const fromLabels: RequirementOrigin =
    input.labels === null ? { type: 'not-set' } : { type: 'data', slot: input.labels.slot };
  const labels = countsOf(input.labels?.values ?? []).map(([label, rows]) => ({ label, rows }));
  const target = <V>(value: V | null) => ({ value, origin: ofAnalyst(value) });
  const lengths = Float64Array.from(input.texts, (text) => [...text].length).sort();
  const n = input.texts.length;
  return {
    taskType: {
      value: labels.length < 2 ? null : labels.length === 2 ? 'binary-classification' : 'multiclass-classification',
      origin: labels.length < 2 ? { type: 'not-set' } : fromLabels,
    },
    labels: { value: labels, origin: fromLabels },
    languages: {
      value: countsOf(input.languages.map((language) => language ?? UNKNOWN_LANGUAGE)).map(([language, rows]) => ({
        language,
        rows,
        share: rows / n,
      })),
      origin: fromTexts,
    },
    volume: { value: { texts: n, perMonth: textsPerMonth(input.dates) }, origin: fromTexts },
    textLength: {
      value:
        n === 0
          ? null
          : { p50: quantileOfSorted(lengths, 0.5)!, p95: quantileOfSorted(lengths, 0.95)!, longest: lengths.at(-1)! },
      origin: fromTexts,
    },
    accuracy: target(targets.accuracy),
    latencyMs: target(targets.latencyMs),
    explainability: target(targets.explainability),
    privacy: target(targets.privacy),
  };
}

/** Dated texts per calendar month from the first to the last month, both counted; null within a single month. */
function textsPerMonth(dates: readonly (string | null)[]): number | null {
  const months = dates.flatMap((date) => {
    const match = /^(\d{4})-(\d{2})/.exec(date ?? '');
    return match === null ? [] : [Number(match[1]) * 12 + Number(match[2])];
  });
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const month of months) {
    first = Math.min(first, month);
    last = Math.max(last, month);
  }
  return last > first ? months.length / (last - first + 1) : null;
}

function ofAnalyst(value: unknown): RequirementOrigin {
  return value === null ? { type: 'not-set' } : { type: 'analyst' };
}

/** Most frequent first, ties by code unit order. */
function countsOf(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
