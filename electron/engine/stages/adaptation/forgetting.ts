import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import type { Training } from './lineage.ts';
import type { AdaptParams } from './model.ts';
import { pairedChange } from './paired-change.ts';

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
  context: StepContext<AdaptParams>,
  { source, outputOf, rows, answers }: Adapted,
): Promise<Pick<AdaptedModel, 'forgetting' | 'forgettingReason'>> {
  const none = (forgettingReason: AdaptedModel['forgettingReason']) => ({ forgetting: null, forgettingReason });
  const commonClasses = outputOf.filter((output) => output >= 0).length;
  if (commonClasses === 0) return none('no-common-classes');
  if (rows.length === 0) return none('source-test-missing');
  // An answer outside the common classes counts as a class of its own, which is never right here.
  const outside = source.labels.length;
  const change = await pairedChange(context, {
    actual: rows.map((row) => source.test.labels[row]!),
    before: rows.map((row) => source.predicted[row]!),
    after: answers.map((answer) => (outputOf[answer]! < 0 ? outside : outputOf[answer]!)),
    classes: outside + 1,
    testLock: source.id,
  });
  return { forgetting: { rows: rows.length, commonClasses, ...change }, forgettingReason: null };
}
