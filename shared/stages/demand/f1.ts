import { AppError } from '../../errors/app-error.ts';
import { createRng, type Rng } from '../../rng.ts';
import { percentileInterval, quantileOfSorted } from '../../statistics/quantile.ts';
import { ranksOf } from '../../statistics/ranks.ts';
import { resample, totalOf } from '../../statistics/resample-units.ts';
import { type NeedEvidence, needEvidence, needPeriods, needVolumes } from './need-counts.ts';
import {
  assignNeeds,
  type NeedAssignment,
  type NeedSource,
  OVERALL_COUNT,
  OVERALL_SUM,
  type SourceSums,
  sumSource,
} from './need-sources.ts';
import { type CombinedWeights, combineParts, type NeedFigures, needFigures } from './need-weights.ts';
import type { NeedPart, NeedsResult, NeedsSetup, PartWeights } from './results.ts';
import { INTERVAL_LEVEL } from './score-value.ts';

export interface F1Input {
  readonly sources: readonly NeedSource[];
  readonly topicIds: readonly string[];
  readonly setup: NeedsSetup;
  readonly resamples: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Called between resamples; throws to stop. */
  readonly checkCancelled?: () => void;
}

export interface F1Output {
  readonly result: NeedsResult;
  /** resamples × needs: weights of each resample, for the strategy model. */
  readonly draws: Float32Array<ArrayBuffer>;
  /** The rows behind each volume. */
  readonly evidence: NeedEvidence;
}

/** Under this many respondents a segment gets figures without interval. */
const LOW_BASE = 30;
const SEGMENT_RESAMPLES = 250;
const PROGRESS_EVERY = 20;

/** f1(D): weights of needs with percentile intervals. Each resample redraws respondents within each source and recomputes
 *  every part, the regression included; topics stay as they are. Equal input and seed give equal output.
 *  @throws AppError 'demand.no-needs', 'demand.no-evidence' when no need has any part */
export function computeF1(input: F1Input): F1Output {
  const { sources, setup } = input;
  const { needs, partWeights } = setup;
  if (needs.length === 0) throw new AppError('demand.no-needs', {});
  const assigned = sources.map((source) => assignNeeds(source, input.topicIds, needs));
  const segments = segmentNames(sources);
  const resamplesOfSegments = Math.min(input.resamples, SEGMENT_RESAMPLES);
  const total = input.resamples + segments.length * resamplesOfSegments;
  const tick = (done: number) => {
    input.checkCancelled?.();
    if (done % PROGRESS_EVERY === 0 || done === total) input.onProgress?.(done, total);
  };

  const hasTopics = needs.map((need) => need.topicIds.length > 0);
  const whole = fitNeeds(sources, assigned, setup, () => () => true);
  if (whole === null) throw new AppError('demand.no-evidence', {});
  const draws = drawWeights(whole, hasTopics, partWeights, input.resamples, createRng(input.seed), tick);
  const spread = summariseDraws(draws, needs.length);
  const ranks = ranksOf(whole.combined.weights);
  const evidence = needEvidence(sources, assigned, needs);
  const volumes = needVolumes(evidence, needs.length, () => true);
  const periods = needPeriods(sources, assigned, needs.length);

  const result: NeedsResult = {
    level: INTERVAL_LEVEL,
    resamples: input.resamples,
    partWeights,
    missingParts: [...whole.combined.missing],
    overallSatisfaction: overallSatisfaction(whole),
    sources: sources.map((source, s) => {
      const { unit, sums, drivers } = whole.sums[s]!;
      const regression = whole.figures.regressions[s] ?? null;
      return {
        datasetId: source.datasetId,
        name: source.name,
        rows: source.rows,
        unit,
        units: sums.units,
        drivers:
          drivers === null || regression === null
            ? null
            : { of: drivers.of, n: regression.n, rSquared: regression.rSquared },
      };
    }),
    needs: needs.map((need, i) => ({
      ...need,
      ...figuresOf(whole, volumes, i, spread.intervals[i]!),
      rank: ranks[i]!,
      ...spread.ranks[i]!,
      mentionShare: whole.figures.raw.mention[i]!,
      referenceSatisfaction: whole.figures.reference[i]!,
      parts: {
        driver: partOf(whole, 'driver', i),
        mention: partOf(whole, 'mention', i),
        gap: partOf(whole, 'gap', i),
      },
      periods: periods[i]!,
    })),
    segments: segments.flatMap((segment, index) => {
      const keepOf = (source: NeedSource) => (row: number) => source.segments?.[row] === segment;
      const part = fitNeeds(sources, assigned, setup, keepOf);
      if (part === null) return [];
      const respondents = part.sums.reduce((sum, source) => sum + source.sums.units, 0);
      const done = input.resamples + index * resamplesOfSegments;
      const rng = createRng(input.seed + 1 + index);
      const segmentDraws =
        respondents < LOW_BASE
          ? null
          : drawWeights(part, hasTopics, partWeights, resamplesOfSegments, rng, (i) => tick(done + i));
      const intervals = segmentDraws === null ? null : summariseDraws(segmentDraws, needs.length).intervals;
      const volumesHere = needVolumes(evidence, needs.length, (s, row) => sources[s]!.segments?.[row] === segment);
      return [
        {
          segment,
          respondents,
          lowBase: respondents < LOW_BASE,
          needs: needs.map((need, i) => ({
            needId: need.id,
            ...figuresOf(part, volumesHere, i, intervals?.[i] ?? null),
          })),
        },
      ];
    }),
  };
  return { result, draws, evidence };
}

interface Fitted {
  readonly sums: readonly SourceSums[];
  readonly totals: readonly Float64Array[];
  readonly figures: NeedFigures;
  readonly combined: CombinedWeights;
}

function fitNeeds(
  sources: readonly NeedSource[],
  assigned: readonly NeedAssignment[],
  setup: NeedsSetup,
  keepOf: (source: NeedSource) => (row: number) => boolean,
): Fitted | null {
  const hasTopics = setup.needs.map((need) => need.topicIds.length > 0);
  const sums = sources.map((source, s) => sumSource(source, assigned[s]!, hasTopics.length, keepOf(source)));
  const totals = sums.map((source) => totalOf(source.sums));
  const figures = needFigures(
    totals,
    sums.map((source) => source.drivers),
    hasTopics,
  );
  const combined = combineParts(figures.raw, setup.partWeights);
  return combined === null ? null : { sums, totals, figures, combined };
}

/** Weights of each resample; one in which nothing weighs anything says nothing and counts every need alike. */
function drawWeights(
  whole: Fitted,
  hasTopics: readonly boolean[],
  partWeights: PartWeights,
  resamples: number,
  rng: Rng,
  tick: (done: number) => void,
): Float32Array<ArrayBuffer> {
  const needs = hasTopics.length;
  const draws = new Float32Array(resamples * needs);
  const drivers = whole.sums.map((source) => source.drivers);
  const counts = whole.sums.map((source) => new Uint16Array(source.sums.units));
  const drawn = whole.totals.map((total) => new Float64Array(total.length));
  for (let draw = 0; draw < resamples; draw++) {
    whole.sums.forEach((source, s) => {
      resample(source.sums, rng, counts[s]!, drawn[s]!);
    });
    const combined = combineParts(needFigures(drawn, drivers, hasTopics).raw, partWeights);
    for (let need = 0; need < needs; need++) draws[draw * needs + need] = combined?.weights[need] ?? 1 / needs;
    tick(draw + 1);
  }
  return draws;
}

/** Intervals of the weights, intervals of the ranks and how often each need comes first and among the first two. */
function summariseDraws(draws: Float32Array, needs: number) {
  const resamples = draws.length / needs;
  const rank = Array.from({ length: needs }, () => new Float64Array(resamples));
  for (let draw = 0; draw < resamples; draw++)
    ranksOf(draws.subarray(draw * needs, (draw + 1) * needs)).forEach((r, need) => {
      rank[need]![draw] = r;
    });
  const share = (values: Float64Array, most: number) => values.filter((r) => r <= most).length / resamples;
  return {
    intervals: rank.map((_, need) =>
      percentileInterval(
        Float64Array.from({ length: resamples }, (__, draw) => draws[draw * needs + need]!),
        INTERVAL_LEVEL,
      ),
    ),
    ranks: rank.map((values) => {
      const sorted = values.slice().sort();
      return {
        rankLow: Math.floor(quantileOfSorted(sorted, (1 - INTERVAL_LEVEL) / 2)!),
        rankHigh: Math.ceil(quantileOfSorted(sorted, (1 + INTERVAL_LEVEL) / 2)!),
        firstShare: share(values, 1),
        topTwoShare: share(values, 2),
      };
    }),
  };
}

function figuresOf(
  { figures, combined }: Fitted,
  volumes: readonly number[],
  need: number,
  interval: readonly [number, number] | null,
) {
  return {
    weight: combined.weights[need]!,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
    volume: volumes[need]!,
    satisfaction: figures.satisfaction[need]!,
    gap: figures.raw.gap[need]!,
  };
}

function partOf({ figures, combined }: Fitted, part: NeedPart, need: number) {
  const value = combined.values[part][need] ?? null;
  if (value === null) return null;
  return { raw: figures.raw[part][need]!, value, partWeight: combined.partWeights[need]![part] };
}

function overallSatisfaction({ totals }: Fitted): number | null {
  let sum = 0;
  let count = 0;
  for (const total of totals) {
    sum += total[OVERALL_SUM]!;
    count += total[OVERALL_COUNT]!;
  }
  return count === 0 ? null : sum / count;
}

function segmentNames(sources: readonly NeedSource[]): string[] {
  const names = new Set<string>();
  for (const source of sources) for (const segment of source.segments ?? []) if (segment !== null) names.add(segment);
  return [...names].sort();
}
