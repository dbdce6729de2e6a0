import { AppError } from '../../../../shared/errors/app-error.ts';
import { adaptedModelSchema } from '../../../../shared/stages/adaptation/results.ts';
import {
  type ComparisonResult,
  type FloorsResult,
  floorsResultSchema,
  labelsResultSchema,
} from '../../../../shared/stages/competitiveness/results.ts';
import { compareSeeds, type SeedsResult } from '../../../../shared/stages/competitiveness/seeds.ts';
import { kindOf } from '../../artifacts/kind.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { dataSlot, scenarioRows } from '../adaptation/data.ts';
import { labelledTexts } from './labels.ts';
import { inputArtifact, modelRecord, modelSlot } from './project-model.ts';
import { type SplitRows, splitRowsOf } from './split.ts';

/** Something that was measured on locked test rows: a model or a floor. */
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
  /** Names in the order of the class numbers. */
  readonly classes: readonly string[];
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

/** The rows on which something was measured: those of the split that it was made from, though another may stand by now; of an adapted model those of its
 *  scenario. @throws AppError 'artifact.input-missing' */
export function testOf(store: ProjectStore, { artifact }: Measured): LockedTest {
  if (kindOf(artifact.slot) === 'adaptation.model') return testOfScenario(store, artifact);
  return testOfSplit(store, inputArtifact(store, artifact, 'competitiveness.split'));
}

/** A split is aligned with the labels that it was made from, not with those that stand now. */
function testOfSplit(store: ProjectStore, split: ArtifactRecord): LockedTest {
  const labels = inputArtifact(store, split, 'competitiveness.labels');
  const rows = splitRowsOf(store, labels, split);
  return {
    classes: labelsResultSchema.parse(labels.result).classes.map(({ label }) => label),
    rows,
    actual: rows.test.map((index) => rows.rows.label[index]!),
  };
}

function testOfScenario(store: ProjectStore, adapted: ArtifactRecord): LockedTest {
  const { result, dataset, row, label, part, train, dev, test } = rowsOfScenario(store, adapted);
  return {
    classes: result.classes.map((entry) => entry.label),
    rows: { rows: { dataset: row.map(() => dataset), row, label }, part, train, dev, test },
    actual: test.map((index) => label[index]!),
  };
}

/** The rows of the scenario that a model was adapted to, as they were then. */
function rowsOfScenario(store: ProjectStore, adapted: ArtifactRecord) {
  const { scenarioId } = adaptedModelSchema.parse(adapted.result);
  return scenarioRows(store, inputArtifact(store, adapted, dataSlot(scenarioId)));
}

/** Cleaned texts of the test rows of a model, in their order. */
export function testTextsOf(store: ProjectStore, model: Measured): string[] {
  if (kindOf(model.artifact.slot) === 'adaptation.model') {
    const { texts, test } = rowsOfScenario(store, model.artifact);
    return Array.from(test, (index) => texts[index]!);
  }
  const { rows } = testOf(store, model);
  const all = labelledTexts(store, rows.rows);
  return Array.from(rows.test, (index) => all[index] ?? '');
}

/** A run, one compressed from it, or an adapted model. */
export function measuredRun(store: ProjectStore, runId: string): Measured {
  const artifact = required(store, modelSlot(runId));
  const run = modelRecord(artifact);
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
    classes: test.classes.length,
    actual: test.actual,
    predicted: run.predictions,
    reference: reference.predictions,
    seed: DEFAULT_SEED,
  });
  const seeds = run.seeds === null || reference.seeds === null ? null : compareSeeds(run.seeds, reference.seeds);
  return seeds === null ? compared : { ...compared, seeds };
}
