import { shareEstimate } from '../../../../shared/stages/adaptation/reject-option.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import { preparedDataSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import { runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import { labelledTexts } from '../competitiveness/labels.ts';
import { lockedTest } from '../competitiveness/predictions.ts';
import { type modelRequest, modelSlot, type ProjectModel } from '../competitiveness/project-model.ts';
import type { AdaptParams } from './model.ts';

interface Adapted {
  readonly source: ProjectModel;
  readonly model: Awaited<ReturnType<typeof modelRequest>>;
  /** What the source calls each class of the scenario. */
  readonly named: readonly (string | null)[];
  readonly trains: boolean;
}

/** Accuracy on the source's own locked test rows before and after the adaptation, on the classes that both know. */
export async function forgettingOf(
  { params, seed, store, input, worker, compute, signal }: StepContext<AdaptParams>,
  { source, model, named, trains }: Adapted,
): Promise<Pick<AdaptedModel, 'forgetting' | 'forgettingReason'>> {
  const none = (forgettingReason: AdaptedModel['forgettingReason']) => ({ forgetting: null, forgettingReason });
  if (!trains) return none('source-unchanged');
  const sourceIndexOf = named.map((name) => (name === null ? -1 : source.labels.indexOf(name)));
  const common = new Set(sourceIndexOf.filter((index) => index >= 0));
  if (common.size === 0) return none('no-common-classes');
  const artifact = input(modelSlot(params.sourceId));
  const split = store.current('competitiveness.split');
  const lock = runRecordSchema.parse(artifact.result).testLock;
  if (split === undefined || preparedDataSchema.parse(split.result).split.testLock !== lock) {
    return none('source-test-missing');
  }
  const test = lockedTest(store);
  const before = asInt32(store.part(artifact, 'predictions'));
  const places = Int32Array.from(test.actual.keys()).filter((at) => common.has(test.actual[at]!));
  if (places.length === 0 || before.length !== test.actual.length) return none('source-test-missing');
  const texts = labelledTexts(store, test.rows.rows);
  const { logits } = await worker.run(
    { type: 'classify', ...model, texts: Array.from(places, (at) => texts[test.rows.test[at]!] ?? '') },
    { signal },
  );
  const width = named.length;
  // An answer outside the common classes counts as a class of its own, which is never right here.
  const outside = source.labels.length;
  const after = Int32Array.from(places, (_, row) => {
    const cells = logits.subarray(row * width, (row + 1) * width);
    const best = cells.reduce((top, value, k) => (value > cells[top]! ? k : top), 0);
    const index = sourceIndexOf[best] ?? -1;
    return index < 0 ? outside : index;
  });
  const actual = places.map((at) => test.actual[at]!);
  const reference = places.map((at) => before[at]!);
  const compared = await compute.run(
    'competitiveness.compare',
    {
      runId: params.scenarioId,
      referenceId: params.sourceId,
      testLock: lock,
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
      rows: places.length,
      commonClasses: common.size,
      before: accuracyOf(reference),
      after: accuracyOf(after),
      difference: compared.accuracyDifference,
    },
    forgettingReason: null,
  };
}
