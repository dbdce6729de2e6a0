import { AppError } from '../../../errors/app-error.ts';
import type { Rng } from '../../../rng.ts';
import type { StrategyType } from './choice.ts';
import type { GainLink, StrategyExclusion } from './results.ts';

export interface StrategyNeed {
  readonly needId: string;
  readonly name: string;
  /** f1 weight; all weights sum to 1. */
  readonly weight: number;
}

/** A gain on a need that does not come from the locked test rows, on 0–1. */
export interface CandidateGain {
  readonly needId: string;
  readonly source: /** An analyst's range, uniform between the bounds. */
    | { readonly type: 'assumed'; readonly low: number; readonly high: number }
    /** The effect of an experiment, normal with its standard error. */
    | {
        readonly type: 'experiment';
        readonly experimentId: string;
        readonly metricId: string;
        readonly metric: string;
        readonly arm: string;
        /** Units of this arm and of the control. */
        readonly units: number;
        readonly value: number;
        readonly low: number;
        readonly high: number;
        readonly standardError: number;
      };
}

/** Something that could be done. Gains on a need come from `correct` where it has test rows, else from an experiment, else from an assumption. */
export interface StrategyCandidate {
  readonly id: string;
  readonly name: string;
  readonly type: StrategyType;
  /** 1 where a locked test row is right [rows]; null for a strategy that is not a run. */
  readonly correct: Uint8Array | null;
  readonly gains: readonly CandidateGain[];
  /** Why it may not be done whatever its score. */
  readonly exclusions: readonly StrategyExclusion[];
  readonly latencyP95Ms: number | null;
  readonly sizeMb: number | null;
}

export interface StrategyReference {
  readonly id: string;
  readonly name: string;
  readonly correct: Uint8Array;
  readonly latencyP95Ms: number | null;
  readonly sizeMb: number | null;
}

export interface StrategyLimits {
  readonly latencyP95Ms: number | null;
  readonly sizeMb: number | null;
  readonly mustBe: readonly { readonly needId: string; readonly minimumAccuracy: number }[];
}

export interface StrategyInput {
  readonly needs: readonly StrategyNeed[];
  /** f1 draws [R, needs], row-major; empty to keep the weights fixed. */
  readonly weightDraws: Float32Array;
  readonly candidates: readonly StrategyCandidate[];
  /** What gains are measured against; it takes part as the strategy of changing nothing. */
  readonly reference: StrategyReference;
  /** Index into `needs` per locked test row, −1 for none [rows]. */
  readonly rowNeeds: Int32Array;
  readonly limits: StrategyLimits;
  /** What became of the gains that were to come from experiments; kept in the result. */
  readonly links?: readonly GainLink[];
  readonly decisionShare: number;
  readonly draws: number;
  readonly rng: Rng;
  /** Called with the share of draws done; may throw to stop. */
  readonly onProgress?: (share: number) => void;
}

/** @throws AppError 'stats.empty' without needs or draws; 'stats.shape' where arrays do not fit each other or an id occurs twice */
export function checkStrategyInput(input: StrategyInput): void {
  const { needs, rowNeeds, candidates, reference, weightDraws } = input;
  if (needs.length === 0) throw new AppError('stats.empty', { what: 'needs' });
  if (input.draws < 1) throw new AppError('stats.empty', { what: 'draws' });
  if (weightDraws.length % needs.length !== 0)
    throw new AppError('stats.shape', { what: 'f1 draws', problem: `${weightDraws.length} for ${needs.length} needs` });
  if (rowNeeds.some((need) => need < -1 || need >= needs.length))
    throw new AppError('stats.shape', { what: 'needs of test rows', problem: `outside −1 … ${needs.length - 1}` });
  for (const { id, correct } of [reference, ...candidates])
    if (correct !== null && correct.length !== rowNeeds.length)
      throw new AppError('stats.shape', { what: id, problem: `${correct.length} rows of ${rowNeeds.length}` });
  const ids = [reference, ...candidates].map(({ id }) => id);
  if (new Set(ids).size !== ids.length)
    throw new AppError('stats.shape', { what: 'strategies', problem: 'an id occurs twice' });
}

/** Needs that limits or assumptions name and f1 no longer has, each once: after a new f1 they have to be set again. */
export function lostNeeds({ needs, candidates, limits }: StrategyInput): string[] {
  const known = new Set(needs.map(({ needId }) => needId));
  const named = [...limits.mustBe, ...candidates.flatMap(({ gains }) => gains)].map(({ needId }) => needId);
  return [...new Set(named)].filter((needId) => !known.has(needId));
}
