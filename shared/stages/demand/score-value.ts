/** A figure with its sample size; `value` is null for n = 0, the interval where it is not defined. */
export interface ScoreValue {
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Share of the sampling distribution between `low` and `high`, everywhere in this stage. */
export const INTERVAL_LEVEL = 0.95;

export function scoreValue(n: number, value: number | null, interval: readonly [number, number] | null): ScoreValue {
  return { n, value, low: interval?.[0] ?? null, high: interval?.[1] ?? null };
}
