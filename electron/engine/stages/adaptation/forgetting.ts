import { shareEstimate } from '../../../../shared/stages/adaptation/reject-option.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import type { Training } from './lineage.ts';
import type { AdaptParams } from './model.ts';

interface Adapted {
  readonly source: Training;
  /** The source's output for each class of the scenario, −1 for none. */
  readonly outputOf: Int32Array;
  /** Test rows of the source whose class the new model knows, and what that answers. */
  readonly rows: Int32Array;
  readonly answers: Int32Array;
}

/** Accuracy on the source's own test rows before and after the adaptation, on the classes that both know. */
export async function forgettingOf(
  { params, seed, compute, signal }: StepContext<AdaptParams>,
  { source, outputOf, rows, answers }: Adapted,
): Promise<Pick<AdaptedModel, 'forgetting' | 'forgettingReason'>> {
  const none = (forgettingReason: AdaptedModel['forgettingReason']) => ({ forgetting: null, forgettingReason });
  const commonClasses = outputOf.filter((output) => output >= 0).length;
  if (commonClasses === 0) return none('no-common-classes');
  if (rows.length === 0) return none('source-test-missing');
  // An answer outside the common classes counts as a class of its own, which is never right here.
  const outside = source.labels.length;
  const after = answers.map((answer) => (outputOf[answer]! < 0 ? outside : outputOf[answer]!));
  const actual = rows.map((row) => source.test.labels[row]!);
  const reference = rows.map((row) => source.predicted[row]!);
  const compared = await compute.run(
    'competitiveness.compare',
    {
      runId: params.scenarioId,
      referenceId: params.sourceId,
      testLock: source.id,
      classes: outside + 1,
      actual,
      predicted: after,
      reference,
      seed,
    },
    { signal },
  );
  const accuracyOf = (predicted: Int32Array) =>
    shareEstimate(actual.filter((label, row) => label === predicted[row]).length, actual.length) ?? {
      value: 0,
      low: 0,
      high: 0,
    };
  return {
    forgetting: {
      rows: rows.length,
      commonClasses,
      before: accuracyOf(reference),
      after: accuracyOf(after),
      difference: compared.accuracyDifference,
    },
    forgettingReason: null,
  };
}
