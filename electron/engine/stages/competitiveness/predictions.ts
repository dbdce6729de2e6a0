import { AppError } from '../../../../shared/errors/app-error.ts';
import {
  type ComparisonResult,
  type FloorsResult,
  floorsResultSchema,
  type LabelsResult,
  labelsResultSchema,
  runRecordSchema,
} from '../../../../shared/stages/competitiveness/results.ts';
import { compareSeeds, type SeedsResult } from '../../../../shared/stages/competitiveness/seeds.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { inputArtifact, modelSlot } from './project-model.ts';
import { type SplitRows, splitRowsOf } from './split.ts';

/** Something that was measured on the locked test rows: a run or a floor. */
export interface Measured {
  readonly id: string;
  readonly name: string;
  readonly testLock: string;
  /** Predicted class of each test row. */
  readonly predictions: Int32Array;
  readonly latencyP95Ms: number | null;
  readonly sizeMb: number | null;
  /** Null for what was not trained from several seeds. */
  readonly seeds: SeedsResult | null;
  /** Where it stands. */
  readonly artifact: ArtifactRecord;
}

export interface LockedTest {
  readonly labels: LabelsResult;
  readonly rows: SplitRows;
  /** Actual class of each test row. */
  readonly actual: Int32Array;
}

/** @throws AppError 'artifact.input-missing' */
export function required(store: ProjectStore, slot: string): ArtifactRecord {
  const artifact = store.current(slot);
  if (artifact === undefined) throw new AppError('artifact.input-missing', { slot });
  return artifact;
}

export function lockedTest(store: ProjectStore): LockedTest {
  return testOfSplit(store, required(store, 'competitiveness.split'));
}

/** The rows on which something was measured: those of the split that it was made from, though another may stand by now.
 *  @throws AppError 'artifact.input-missing' */
export function testOf(store: ProjectStore, { artifact }: Measured): LockedTest {
  return testOfSplit(store, inputArtifact(store, artifact, 'competitiveness.split'));
}

/** A split is aligned with the labels that it was made from, not with those that stand now. */
function testOfSplit(store: ProjectStore, split: ArtifactRecord): LockedTest {
  const labels = inputArtifact(store, split, 'competitiveness.labels');
  const rows = splitRowsOf(store, labels, split);
  return {
    labels: labelsResultSchema.parse(labels.result),
    rows,
    actual: rows.test.map((index) => rows.rows.label[index]!),
  };
}

/** A run, or one compressed from it. */
export function measuredRun(store: ProjectStore, runId: string): Measured {
  const artifact = required(store, modelSlot(runId));
  const run = runRecordSchema.parse(artifact.result);
  return {
    id: runId,
    name: run.name,
    testLock: run.testLock,
    predictions: asInt32(store.part(artifact, 'predictions')),
    latencyP95Ms: run.latency?.p95Ms ?? null,
    sizeMb: run.sizeMb,
    seeds: run.seeds ?? null,
    artifact,
  };
}

export function measuredFloors(
  store: ProjectStore,
): { readonly result: FloorsResult; readonly floors: readonly Measured[] } | null {
  const artifact = store.current('competitiveness.floors');
  if (artifact === undefined) return null;
  const result = floorsResultSchema.parse(artifact.result);
  return {
    result,
    floors: result.floors.map((floor) => ({
      id: floor.id,
      name: floor.id,
      testLock: result.testLock,
      predictions: asInt32(store.part(artifact, floor.type)),
      latencyP95Ms: floor.latencyP95Ms,
      sizeMb: floor.sizeMb,
      seeds: null,
      artifact,
    })),
  };
}

/** A floor or a run by its id. @throws AppError 'artifact.not-found' */
export function measured(store: ProjectStore, id: string): Measured {
  const floor = measuredFloors(store)?.floors.find((candidate) => candidate.id === id);
  if (floor !== undefined) return floor;
  if (store.current(modelSlot(id)) === undefined) throw new AppError('artifact.not-found', { id });
  return measuredRun(store, id);
}

/** A run and what it is held against, with the test rows of both.
 *  @throws AppError 'competitiveness.other-test-rows' where they were not measured on the same */
export function comparable(store: ProjectStore, runId: string, referenceId: string) {
  const run = measuredRun(store, runId);
  const reference = measured(store, referenceId);
  if (run.testLock !== reference.testLock) {
    throw new AppError('competitiveness.other-test-rows', { runId, referenceId });
  }
  return { run, reference, test: testOf(store, run) };
}

/** The difference of a run and what it is held against, row by row; over seeds too where both have several.
 *  @throws AppError 'competitiveness.other-test-rows' where they were not measured on the same */
export async function compareRuns(
  { store, previewCompute }: Pick<EngineContext, 'store' | 'previewCompute'>,
  runId: string,
  referenceId: string,
): Promise<ComparisonResult> {
  const { test, run, reference } = comparable(store, runId, referenceId);
  const compared = await previewCompute.run('competitiveness.compare', {
    runId,
    referenceId,
    testLock: run.testLock,
    classes: test.labels.classes.length,
    actual: test.actual,
    predicted: run.predictions,
    reference: reference.predictions,
    seed: DEFAULT_SEED,
  });
  const seeds = run.seeds === null || reference.seeds === null ? null : compareSeeds(run.seeds, reference.seeds);
  return seeds === null ? compared : { ...compared, seeds };
}
