import { type AdaptedModel, adaptedModelSchema } from '../../../../shared/stages/adaptation/results.ts';
import { formatOf } from '../../../../shared/stages/competitiveness/compression/technique.ts';
import type { SlotReader, StepContext, StepOutcome } from '../../artifacts/kind.ts';
import { type CompressionParams, compressModel, keptFields, originalId } from '../competitiveness/compress/compress.ts';
import { modelSlot } from '../competitiveness/project-model.ts';
import { dataSlot, rowsAt, scenarioInputs, scenarioRows } from './data.ts';
import { rejectOption } from './reject.ts';
import { currentScenario } from './scenario.ts';
import { adaptedTo } from './tests.ts';

/** What an adapted model that was made smaller is made of. */
export function compressedModelInputs({ runId }: CompressionParams, slots: SlotReader): string[] {
  const models = [modelSlot(runId), modelSlot(originalId(slots, runId))];
  const scenarioId = adaptedTo(slots, runId);
  if (scenarioId === null) return [...new Set(models)];
  return [...new Set([...scenarioInputs(slots, scenarioId), ...models])];
}

/** An adapted model made smaller on the rows of its scenario, and held against that model on the scenario's locked test rows. */
export async function compressAdapted(context: StepContext<CompressionParams>): Promise<StepOutcome<AdaptedModel>> {
  const { params, input, store } = context;
  const original = adaptedModelSchema.parse(input(modelSlot(originalId(store, params.runId))).result);
  const data = scenarioRows(store, input(dataSlot(original.scenarioId)));
  const rows = { train: rowsAt(data, data.train), dev: rowsAt(data, data.dev), test: rowsAt(data, data.test) };
  const made = await compressModel(context, rows);
  if (made === null) return { type: 'paused' };
  const { fields, request, devLogits, testLogits, parts } = made;
  const { reject, notices } =
    original.reject === null
      ? { reject: null, notices: [] }
      : await rejectOption(context, currentScenario(store, original.scenarioId).scenario, {
          labels: original.labels,
          dev: rows.dev,
          devLogits,
          test: rows.test,
          testLogits,
        });
  const result: AdaptedModel = {
    ...keptFields(original),
    ...fields,
    precision: formatOf(params.technique),
    keep: [...request.keep],
    ranges: request.ranges,
    reject,
    forgetting: null,
    forgettingReason: 'compressed',
    gain: null,
    history: null,
    adaptationNotices: [
      ...original.adaptationNotices.filter(({ code }) => code !== 'threshold-useless' && code !== 'provider-failed'),
      ...notices,
    ],
  };
  // The same weights stored otherwise are held once: parts are named by what is in them.
  return { type: 'done', result, parts: { weights: store.part(input(modelSlot(params.runId)), 'weights'), ...parts } };
}
