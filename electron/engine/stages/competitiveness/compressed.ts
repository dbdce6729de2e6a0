import { type RunRecord, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { compressionParamsSchema, compressModel, keptFields, originalId } from './compress/compress.ts';
import { compressionRows } from './compress/rows.ts';
import { labelledTextInputs } from './labels.ts';
import { modelSlot } from './project-model.ts';

/** A run made smaller, measured on the locked test rows and held against that run row by row. */
export const compressedKind = defineKind({
  name: 'competitiveness.compressed',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: compressionParamsSchema,
  result: runRecordSchema,
  pausable: true,
  outsideHash: ['latency', 'peakMemoryMb', 'original', 'trainDurationMs'],
  training: false,
  inputs: ({ runId }, slots) => [
    ...new Set([
      ...labelledTextInputs(slots),
      'competitiveness.split',
      modelSlot(runId),
      modelSlot(originalId(slots, runId)),
    ]),
  ],
  defaultParams: () => null,
  async run(context) {
    const { params, input, store } = context;
    const run = runRecordSchema.parse(input(modelSlot(originalId(store, params.runId))).result);
    const made = await compressModel(context, compressionRows(context));
    if (made === null) return { type: 'paused' };
    const { fields, parts } = made;
    const result: RunRecord = { ...keptFields(run), ...fields };
    return { type: 'done', result, parts };
  },
});
