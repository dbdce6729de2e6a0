import { shareEstimate } from '../../../../shared/stages/adaptation/reject-option.ts';
import type { Estimate } from '../../../../shared/stages/competitiveness/results.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import type { AdaptParams } from './model.ts';

interface Answers {
  readonly actual: Int32Array;
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly classes: number;
  readonly testLock: string;
}

/** Accuracy of two models on the same rows, Wilson intervals, and after minus before by paired bootstrap. */
export async function pairedChange(
  { params, seed, compute, signal }: StepContext<AdaptParams>,
  { actual, before, after, classes, testLock }: Answers,
): Promise<{ readonly before: Estimate; readonly after: Estimate; readonly difference: Estimate }> {
  const { accuracyDifference } = await compute.run(
    'competitiveness.compare',
    {
      runId: params.scenarioId,
      referenceId: params.sourceId,
      testLock,
      classes,
      actual,
      predicted: after,
      reference: before,
      seed,
    },
    { signal },
  );
  const accuracyOf = (answers: Int32Array) =>
    shareEstimate(answers.filter((answer, row) => answer === actual[row]).length, actual.length) ?? {
      value: 0,
      low: 0,
      high: 0,
    };
  return { before: accuracyOf(before), after: accuracyOf(after), difference: accuracyDifference };
}
