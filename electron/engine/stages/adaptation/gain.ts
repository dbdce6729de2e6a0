import { scenarioLogits } from '../../../../shared/stages/adaptation/label-map.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import { predictedClasses } from '../../../../shared/train/evaluation.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import type { modelRequest, ProjectModel } from '../competitiveness/project-model.ts';
import type { AdaptParams } from './model.ts';
import { pairedChange } from './paired-change.ts';

interface Adapted {
  readonly source: ProjectModel;
  /** Of the source as it was. */
  readonly request: Awaited<ReturnType<typeof modelRequest>>;
  /** The source's output for each class of the scenario, −1 for none. */
  readonly outputOf: Int32Array;
  readonly test: { readonly texts: string[]; readonly labels: Int32Array };
  readonly testLock: string;
  /** What the new model answers on the test rows. */
  readonly predicted: Int32Array;
}

/** Accuracy on the scenario's test rows before and after the adaptation; null without a common class. */
export async function gainOf(
  context: StepContext<AdaptParams>,
  { source, request, outputOf, test, testLock, predicted }: Adapted,
): Promise<AdaptedModel['gain']> {
  if (outputOf.every((output) => output < 0)) return null;
  const { worker, signal } = context;
  const { logits } = await worker.run({ type: 'classify', ...request, texts: test.texts }, { signal });
  const width = outputOf.length;
  const before = predictedClasses(scenarioLogits(logits, source.labels.length, outputOf), width);
  const change = await pairedChange(context, {
    actual: test.labels,
    before,
    after: predicted,
    classes: width,
    testLock,
  });
  return { rows: test.labels.length, ...change };
}
