import { analyseCounts } from '../../../../shared/stages/competitiveness/experiment/analyse-experiment.ts';
import {
  experimentChoiceSchema,
  experimentResultSchema,
} from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { rawColumns } from './raw-columns.ts';

/** An A/B test as it was read: U of g. */
export const experimentKind = defineKind({
  name: 'competitiveness.experiment',
  stage: 'competitiveness',
  lane: 'compute',
  revision: 1,
  params: experimentChoiceSchema,
  result: experimentResultSchema,
  pausable: false,
  training: false,
  inputs: ({ source }) => (source.type === 'rows' ? [`demand.dataset:${source.datasetId}`] : []),
  defaultParams: () => null,
  async run({ key, params, store, compute, signal }) {
    const { source } = params;
    if (source.type === 'counts') return { type: 'done', result: analyseCounts(key, { ...params, source }) };
    const unitColumns = source.unitColumn === null ? [] : [source.unitColumn];
    const metricColumns = source.metrics.map(({ columnId }) => columnId);
    const [arm, ...rest] = rawColumns(store, source.datasetId, [source.armColumn, ...unitColumns, ...metricColumns]);
    const unit = source.unitColumn === null ? null : (rest.shift() ?? null);
    const { result, units } = await compute.run(
      'competitiveness.experiment',
      { id: key, choice: { ...params, source }, cells: { arm: arm ?? [], unit, metrics: rest } },
      { signal },
    );
    return {
      type: 'done',
      result,
      parts: {
        rowArm: bytesOf(units.rowArm),
        rowUnit: bytesOf(units.rowUnit),
        ...Object.fromEntries(
          units.metrics.flatMap(({ value, state }, index) => [
            [`value.${metricColumns[index]}`, bytesOf(value)],
            [`state.${metricColumns[index]}`, state],
          ]),
        ),
      },
    };
  },
});
