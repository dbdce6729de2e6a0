import { createRng } from '../../../../shared/rng.ts';
import {
  DEFAULT_RESAMPLES,
  pairedAccuracyDifference,
} from '../../../../shared/stages/competitiveness/evaluation/bootstrap.ts';
import type { AboveFloor } from '../../../../shared/stages/competitiveness/results.ts';
import { DEFAULT_SEED } from '../../context.ts';
import type { ProjectStore } from '../../project-store.ts';
import { comparable, measuredFloors, measuredRun } from './predictions.ts';

/** The last answer for each run: a few thousand resamples are nothing to repeat for every look at the map. */
const found = new WeakMap<ProjectStore, Map<string, { readonly of: string; readonly answer: AboveFloor }>>();

/** A run, or one compressed from it, against the strongest of the simplest methods, as `competitiveness.compare` has it; null where there
 *  are no floors, or where they were measured on other test rows. @throws AppError 'artifact.input-missing' without the run */
export function aboveFloor(store: ProjectStore, runId: string): AboveFloor | null {
  const floors = measuredFloors(store);
  const strongest = floors?.result.floors.find(({ id }) => id === floors.result.strongestId);
  const [floor] = floors?.floors ?? [];
  const measured = measuredRun(store, runId);
  if (strongest === undefined || floor === undefined || floor.testLock !== measured.testLock) return null;
  const known = found.get(store) ?? new Map();
  found.set(store, known);
  const of = `${measured.artifact.id} ${floor.artifact.id}`;
  const last = known.get(runId);
  if (last?.of === of) return last.answer;
  const { run, reference, test } = comparable(store, runId, strongest.id);
  const answer: AboveFloor = {
    runId,
    floor: strongest.type,
    rows: test.actual.length,
    resamples: DEFAULT_RESAMPLES,
    difference: pairedAccuracyDifference(Int32Array.from(test.actual), run.predictions, reference.predictions, {
      rng: createRng(DEFAULT_SEED),
    }),
  };
  known.set(runId, { of, answer });
  return answer;
}
