import type { RunConfig } from '../../train/run-config.ts';
import type { RunRecord } from './results.ts';

export type RunOption = keyof RunConfig;

/** Two runs that differ in one option alone: the later of them against the earlier, or the one with the option against the one without. */
export interface AblationPair {
  readonly option: RunOption;
  readonly run: RunRecord;
  readonly reference: RunRecord;
}

/** All pairs of runs of one base model, seed and test rows whose configs differ in exactly one option: what it brings is the difference of the two.
 *  The reference is the run that leaves the option at rest where just one of the two does, else the earlier one. */
export function ablationPairs(runs: readonly RunRecord[]): readonly AblationPair[] {
  const ordered = [...runs].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  const pairs: AblationPair[] = [];
  for (const [i, earlier] of ordered.entries()) {
    for (const later of ordered.slice(i + 1)) {
      const option = onlyDifference(earlier, later);
      if (option === null) continue;
      const [run, reference] =
        isAtRest(later, option) && !isAtRest(earlier, option) ? [earlier, later] : [later, earlier];
      pairs.push({ option, run, reference });
    }
  }
  return pairs;
}

/** The one option in which two runs differ; null where they differ in none, in several, or in something else. */
function onlyDifference(a: RunRecord, b: RunRecord): RunOption | null {
  if (a.config === null || b.config === null || a.kind !== 'tuned' || b.kind !== 'tuned') return null;
  if (a.modelHash !== b.modelHash || a.testLock !== b.testLock) return null;
  const options = [...new Set([...Object.keys(a.config), ...Object.keys(b.config)])] as RunOption[];
  const different = options.filter((option) => JSON.stringify(a.config![option]) !== JSON.stringify(b.config![option]));
  const [only] = different;
  return different.length === 1 && only !== undefined && only !== 'seed' ? only : null;
}

function isAtRest({ config }: RunRecord, option: RunOption): boolean {
  const value = config?.[option];
  return value === undefined || value === 'none';
}
