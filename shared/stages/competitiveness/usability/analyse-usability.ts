import { AppError } from '../../../errors/app-error.ts';
import { meanAndDeviation, meanDifference } from '../../../statistics/mean-difference.ts';
import { quantileOfSorted } from '../../../statistics/quantile.ts';
import { studentTQuantile } from '../../../statistics/student-t.ts';
import { parseScore } from '../../demand/import/parse-cell.ts';
import type { SusSummary, UsabilityChoice, UsabilityResult } from './results.ts';
import { susReading } from './sus-grade.ts';
import { susPoints, systemUsabilityScore } from './system-usability-scale.ts';

const BINS = 10;
/** More different values than this and the column does not tell groups apart. */
const MOST_GROUPS = 12;

/** Raw cells of a questionnaire: ten item columns, and one that names groups. */
export interface UsabilityCells {
  readonly items: readonly { readonly columnId: string; readonly name: string; readonly cells: readonly string[] }[];
  readonly group: readonly string[] | null;
}

/** Scores of a System Usability Scale questionnaire, and group of each row: NaN where a row has no score, '' where it has no group.
 *  @throws AppError 'competitiveness.usability-empty' where no row has ten answers, 'competitiveness.usability-groups' */
export function analyseUsability(
  id: string,
  { name, datasetId, level, referenceGroup }: UsabilityChoice,
  { items, group }: UsabilityCells,
): { readonly result: UsabilityResult; readonly scores: Float64Array; readonly groupOfRow: readonly string[] } {
  const rows = items[0]?.cells.length ?? 0;
  const answers = Array.from({ length: rows }, (_, row) =>
    items.map(({ cells }) => parseScore(cells[row] ?? '', undefined)),
  );
  const scores = Float64Array.from(answers, (row) => systemUsabilityScore(row) ?? Number.NaN);
  const scored = answers.filter((_, row) => !Number.isNaN(scores[row]!));
  if (scored.length === 0) throw new AppError('competitiveness.usability-empty', { rows });
  const groupOfRow = Array.from({ length: rows }, (_, row) => (group?.[row] ?? '').trim());
  const names = [...new Set(groupOfRow.filter((one) => one !== ''))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  if (names.length > MOST_GROUPS) throw new AppError('competitiveness.usability-groups', { n: names.length });
  const scoresOf = (wanted: string) =>
    [...scores].filter((score, row) => groupOfRow[row] === wanted && !Number.isNaN(score));
  const excludedOf = (wanted: string) =>
    groupOfRow.filter((one, row) => one === wanted && Number.isNaN(scores[row]!)).length;
  const reference = names.length < 2 ? null : names.includes(referenceGroup ?? '') ? referenceGroup! : names[0]!;
  const all = [...scores].filter((score) => !Number.isNaN(score));
  const result: UsabilityResult = {
    id,
    name,
    datasetId,
    level,
    rows,
    excluded: rows - all.length,
    sameAnswers: scored.filter((row) => new Set(row).size === 1).length,
    overall: summaryOf(all, level),
    items: items.map(({ columnId, name: item }, index) => {
      const given = meanAndDeviation(scored.map((row) => row[index]!));
      const points = intervalOfMean(
        scored.map((row) => susPoints(row[index]!, index)!),
        level,
      );
      return { columnId, name: item, wording: index % 2 === 0 ? 'positive' : 'negative', mean: given.mean, points };
    }),
    histogram: Array.from({ length: BINS }, (_, bin) => ({
      from: bin * 10,
      to: bin * 10 + 10,
      rows: all.filter((score) => Math.min(BINS - 1, Math.floor(score / 10)) === bin).length,
    })),
    groups: names.map((one) => ({
      group: one,
      excluded: excludedOf(one),
      summary: summaryOf(scoresOf(one), level),
    })),
    withoutGroup: group === null ? 0 : groupOfRow.filter((one) => one === '').length,
    referenceGroup: reference,
    differences:
      reference === null
        ? []
        : names
            .filter((one) => one !== reference)
            .map((one) => ({ group: one, ...differenceOf(scoresOf(one), scoresOf(reference), level) })),
  };
  return { result, scores, groupOfRow };
}

function intervalOfMean(values: readonly number[], level: number) {
  const { n, mean, sd } = meanAndDeviation(values);
  if (mean === null || sd === null) return null;
  const half = studentTQuantile(0.5 + level / 2, n - 1)! * (sd / Math.sqrt(n));
  return { value: mean, low: mean - half, high: mean + half };
}

function summaryOf(scores: readonly number[], level: number): SusSummary {
  const { n, mean, sd } = meanAndDeviation(scores);
  const interval = intervalOfMean(scores, level);
  return {
    n,
    mean,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    sd,
    median: quantileOfSorted(
      [...scores].sort((a, b) => a - b),
      0.5,
    ),
    reading: mean === null ? null : susReading(mean),
  };
}

function differenceOf(scores: readonly number[], reference: readonly number[], level: number) {
  const [a, b] = [meanAndDeviation(scores), meanAndDeviation(reference)];
  const found =
    a.mean === null || a.sd === null || b.mean === null || b.sd === null
      ? null
      : meanDifference({ n: a.n, mean: a.mean, sd: a.sd }, { n: b.n, mean: b.mean, sd: b.sd }, level);
  if (found === null) return { difference: null, p: null, verdict: 'not-measured' as const };
  const { value, low, high, p } = found;
  const verdict = low > 0 ? ('better' as const) : high < 0 ? ('worse' as const) : ('unclear' as const);
  return { difference: { value, low, high }, p, verdict };
}
