import type { CandidateGain, StrategyCandidate, StrategyInput, StrategyReference } from './strategy-input.ts';

export type GainBasis = 'measured' | 'experiment' | 'assumption' | 'unmeasured';

export interface StrategyGains {
  readonly strategy: StrategyCandidate | (StrategyReference & Pick<StrategyCandidate, 'type' | 'gains' | 'exclusions'>);
  readonly isReference: boolean;
  /** Per need. */
  readonly basis: readonly GainBasis[];
  /** Where the gain of each need comes from, when it is not the test rows. */
  readonly source: readonly (CandidateGain['source'] | null)[];
  /** Gain per need: measured difference of accuracies, effect of an experiment, middle of an assumed range, 0 where unmeasured. */
  readonly gain: Float64Array;
  /** [draws, needs]; 0 where unmeasured. */
  readonly drawn: Float64Array;
  /** Accuracy per need on its test rows; null where there are none or the strategy is no run. */
  readonly accuracy: readonly (number | null)[];
}

export interface Draws {
  /** Weights [draws, needs], each row summing to 1. */
  readonly weights: Float64Array;
  /** The reference first, then the candidates in their order. */
  readonly strategies: readonly StrategyGains[];
  /** Locked test rows per need. */
  readonly rowsOfNeed: readonly (readonly number[])[];
}

/** Weights and gains of every draw: draw i takes f1 resample i (over again when they run out) and redraws the locked test rows of each need with
 *  replacement, the same rows for every strategy and the reference. Redrawing within needs keeps each need's gain defined in every draw.
 *  The effect of an experiment is drawn from its sampling distribution, once for all strategies that rest on it.
 *  @source Efron and Tibshirani 1993 (paired, stratified bootstrap) */
export function drawGains(input: StrategyInput): Draws {
  const { needs, rowNeeds, reference, draws, rng } = input;
  const rowsOfNeed: number[][] = needs.map(() => []);
  rowNeeds.forEach((need, row) => {
    if (need >= 0) rowsOfNeed[need]!.push(row);
  });
  const strategies = [{ ...reference, type: 'model' as const, gains: [], exclusions: [] }, ...input.candidates].map(
    (strategy) => pointGains(strategy, input, rowsOfNeed),
  );
  // Difference to the reference of each row, in the order of the need's rows.
  const differences = strategies.map(({ strategy, isReference }) =>
    isReference || strategy.correct === null
      ? null
      : rowsOfNeed.map((rows) => Int8Array.from(rows, (row) => strategy.correct![row]! - reference.correct[row]!)),
  );
  const taken = rowsOfNeed.map((rows) => new Int32Array(rows.length));
  for (let draw = 0; draw < draws; draw++) {
    if (draw % 100 === 0) input.onProgress?.(draw / draws);
    taken.forEach((rows, need) => {
      for (let i = 0; i < rows.length; i++) rows[i] = rng.int(rows.length);
      strategies.forEach(({ basis, drawn }, s) => {
        if (basis[need] !== 'measured') return;
        const difference = differences[s]?.[need];
        if (difference === undefined) return;
        let sum = 0;
        for (let i = 0; i < rows.length; i++) sum += difference[rows[i]!]!;
        drawn[draw * needs.length + need] = sum / rows.length;
      });
    });
    const effects = new Map<string, number>();
    for (const { source, drawn } of strategies)
      source.forEach((from, need) => {
        if (from === null) return;
        let gain: number;
        if (from.type === 'assumed') gain = from.low + (from.high - from.low) * rng.float();
        else {
          const key = JSON.stringify([from.experimentId, from.metricId, from.arm]);
          gain = effects.get(key) ?? from.value + from.standardError * rng.normal();
          effects.set(key, gain);
        }
        drawn[draw * needs.length + need] = gain;
      });
  }
  return { weights: drawnWeights(input), strategies, rowsOfNeed };
}

function pointGains(
  strategy: StrategyGains['strategy'],
  { needs, reference, draws }: StrategyInput,
  rowsOfNeed: readonly (readonly number[])[],
): StrategyGains {
  const gain = new Float64Array(needs.length);
  const accuracy = rowsOfNeed.map((rows) => (strategy.correct === null ? null : shareRight(strategy.correct, rows)));
  const source = needs.map((): CandidateGain['source'] | null => null);
  const basis = needs.map(({ needId }, need): GainBasis => {
    const measured = accuracy[need];
    if (measured !== null && measured !== undefined) {
      gain[need] = measured - shareRight(reference.correct, rowsOfNeed[need]!)!;
      return 'measured';
    }
    const own = strategy.gains.filter((one) => one.needId === needId).map((one) => one.source);
    const from = own.find(({ type }) => type === 'experiment') ?? own[0];
    if (from === undefined) return 'unmeasured';
    source[need] = from;
    gain[need] = from.type === 'experiment' ? from.value : (from.low + from.high) / 2;
    return from.type === 'experiment' ? 'experiment' : 'assumption';
  });
  const isReference = strategy.id === reference.id;
  return { strategy, isReference, basis, source, gain, accuracy, drawn: new Float64Array(draws * needs.length) };
}

function shareRight(correct: Uint8Array, rows: readonly number[]): number | null {
  return rows.length === 0 ? null : rows.reduce((sum, row) => sum + correct[row]!, 0) / rows.length;
}

function drawnWeights({ needs, weightDraws, draws }: StrategyInput): Float64Array {
  const k = needs.length;
  const resamples = weightDraws.length / k;
  const weights = new Float64Array(draws * k);
  for (let draw = 0; draw < draws; draw++) {
    const from = resamples === 0 ? -1 : (draw % resamples) * k;
    let sum = 0;
    for (let need = 0; need < k; need++) {
      weights[draw * k + need] = from < 0 ? needs[need]!.weight : weightDraws[from + need]!;
      sum += weights[draw * k + need]!;
    }
    if (sum > 0) for (let need = 0; need < k; need++) weights[draw * k + need]! /= sum;
  }
  return weights;
}
