import { compareRobustness, type PairedChange } from '../../../../shared/stages/adaptation/compare-robustness.ts';
import { type RobustnessResult, testsResultSchema } from '../../../../shared/stages/adaptation/results.ts';
import { asInt32, stringAt } from '../../artifacts/parts.ts';
import { DEFAULT_SEED } from '../../context.ts';
import type { ProjectStore } from '../../project-store.ts';
import { scenarioIds } from './scenario.ts';
import { testsSlot } from './tests.ts';

const RESAMPLES = 2000;

/** Two models on the same changed texts of the first scenario in which both were tested; null where there is none. */
export function robustnessOf(store: ProjectStore, modelId: string, referenceId: string): RobustnessResult | null {
  for (const scenarioId of scenarioIds(store)) {
    const mine = movedAnswers(store, scenarioId, modelId);
    const theirs = movedAnswers(store, scenarioId, referenceId);
    if (mine === null || theirs === null) continue;
    // The text is part of the key: with another seed the same row was changed otherwise.
    const pairs: PairedChange[] = [...mine].flatMap(([key, { row, moved }]) => {
      const other = theirs.get(key);
      return other === undefined ? [] : [{ row, moved, referenceMoved: other.moved }];
    });
    const compared = compareRobustness(pairs, RESAMPLES, DEFAULT_SEED);
    if (compared !== null) return { scenarioId, resamples: RESAMPLES, ...compared };
  }
  return null;
}

/** Of every changed text in a suite whether the answer moved, by change, row and text; null where there is no suite. */
function movedAnswers(store: ProjectStore, scenarioId: string, modelId: string) {
  const artifact = store.current(testsSlot(scenarioId, modelId));
  if (artifact === undefined) return null;
  const { tests } = testsResultSchema.parse(artifact.result);
  const test = asInt32(store.part(artifact, 'evidenceTest'));
  const row = asInt32(store.part(artifact, 'evidenceRow'));
  const failed = store.part(artifact, 'evidenceFailed');
  const bytes = store.part(artifact, 'evidenceTextBytes');
  const offsets = store.part(artifact, 'evidenceTextOffsets');
  const moved = new Map<string, { readonly row: number; readonly moved: boolean }>();
  for (const [at, index] of test.entries()) {
    const { type, id } = tests[index]!;
    if (type !== 'perturbation' && type !== 'personalData') continue;
    const key = JSON.stringify([id, row[at], stringAt(bytes, offsets, at)]);
    moved.set(key, { row: row[at]!, moved: failed[at] === 1 });
  }
  return moved;
}
