import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type NeedSource, NO_TEXT } from '../../../../shared/stages/demand/need-sources.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind, type StepContext } from '../../artifacts/kind.ts';
import { asFloat32, asInt32, bytesOf } from '../../artifacts/parts.ts';
import { cleanedRows, satisfactionValues } from './cleaned-rows.ts';
import { datasetNumber, demandDatasetIds } from './columns.ts';
import { driversParamsSchema } from './drivers.ts';
import { columnInputs, standing } from './inputs.ts';
import { chosenGrouping, currentNeedsSetup } from './needs-setup.ts';
import { textGroupInputs, textGroups } from './text-groups.ts';

const needsParamsSchema = z.strictObject({ resamples: z.int().min(1) });
type Context = StepContext<z.output<typeof needsParamsSchema>>;
const DEFAULT_RESAMPLES = 1000;

/** f1(D): how much each need weighs, and how sure that is. */
export const needsKind = defineKind({
  name: 'demand.needs',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: needsParamsSchema,
  result: needsResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => {
    const grouping = chosenGrouping(slots);
    return [
      ...columnInputs(slots),
      'demand.satisfaction',
      ...textGroupInputs(slots, grouping),
      ...standing(slots, [
        ...(grouping === 'topics' ? ['demand.topicEdits'] : []),
        'demand.needsSetup',
        ...slots.slotsOf('demand.drivers'),
      ]),
    ];
  },
  defaultParams: () => ({ resamples: DEFAULT_RESAMPLES }),
  async run(context) {
    const { params, seed, store, compute, signal, progress } = context;
    const setup = currentNeedsSetup(store);
    if (setup.needs.length === 0) throw new AppError('demand.no-needs', {});
    const { groups, ofRow: topicOfRow } = textGroups(store, setup.grouping);
    const satisfaction = satisfactionByRow(context);
    const sources = demandDatasetIds(store).map((id) => needSource(context, id, topicOfRow, satisfaction));
    const topicIds = groups.map(({ id }) => id);
    const { result, draws, evidence } = await compute.run(
      'demand.needs',
      { sources, topicIds, setup, resamples: params.resamples, seed },
      { signal, onProgress: progress },
    );
    const rowsOf = sources.map(
      ({ datasetId }) => cleanedRows(store, datasetId, context.input(`demand.clean:${datasetId}`)).rows,
    );
    const needOfTopic = topicIds.map((id) => setup.needs.findIndex((need) => need.topicIds.includes(id)));
    const rows = [...topicOfRow].flatMap(([dataset, ofRow]) =>
      Array.from(ofRow).flatMap((topic, row) =>
        topic === NO_TEXT ? [] : [{ dataset, row, need: topic < 0 ? -1 : needOfTopic[topic]! }],
      ),
    );
    return {
      type: 'done',
      result,
      parts: {
        draws: bytesOf(draws),
        dataset: bytesOf(Int32Array.from(rows, ({ dataset }) => dataset)),
        row: bytesOf(Int32Array.from(rows, ({ row }) => row)),
        need: bytesOf(Int32Array.from(rows, ({ need }) => need)),
        evidenceDataset: bytesOf(evidence.source.map((source) => datasetNumber(sources[source]!.datasetId))),
        evidenceRow: bytesOf(evidence.row.map((row, at) => rowsOf[evidence.source[at]!]![row]!)),
        evidenceNeed: bytesOf(evidence.need),
      },
    };
  },
});

/** Satisfaction of each row by dataset number, NaN where not available. */
function satisfactionByRow({ input, part, store }: Context): ReadonlyMap<number, Float32Array> {
  const artifact = input('demand.satisfaction');
  const dataset = asInt32(part(artifact, 'dataset'));
  const row = asInt32(part(artifact, 'row'));
  const found = new Map<number, Float32Array>();
  asFloat32(part(artifact, 'value')).forEach((value, at) => {
    const number = dataset[at]!;
    let values = found.get(number);
    if (values === undefined) {
      values = new Float32Array(store.rows.count(number)).fill(Number.NaN);
      found.set(number, values);
    }
    values[row[at]!] = value;
  });
  return found;
}

function needSource(
  { store, input }: Context,
  datasetId: string,
  topicOfRow: ReadonlyMap<number, Int32Array>,
  satisfaction: ReadonlyMap<number, Float32Array>,
): NeedSource {
  const cleaned = cleanedRows(store, datasetId, input(`demand.clean:${datasetId}`));
  const number = datasetNumber(datasetId);
  const chosen = store.current(`demand.drivers:${datasetId}`);
  const drivers = chosen === undefined ? null : driversParamsSchema.parse(chosen.params);
  const outcome = cleaned.columns.find((column) =>
    drivers === null ? column.role === 'outcome' : column.id === drivers.outcomeColumn,
  );
  const items = cleaned.columns.filter(
    (column) => column.role === 'item' && (drivers === null || drivers.itemColumns.includes(column.id)),
  );
  const rated = satisfaction.get(number);
  const values = rated === undefined ? null : Float32Array.from(cleaned.rows, (row) => rated[row]!);
  const topics = topicOfRow.get(number);
  return {
    datasetId,
    name: cleaned.name,
    rows: cleaned.rows.length,
    respondentIds: cleaned.respondentIds(),
    satisfaction: values?.some((value) => !Number.isNaN(value)) === true ? values : null,
    topics: topics === undefined ? null : Int32Array.from(cleaned.rows, (row) => topics[row]!),
    segments: cleaned.segments(),
    periods: cleaned.months(),
    items: items.map((column) => ({ columnId: column.id, satisfaction: satisfactionValues(cleaned, column) })),
    outcome: outcome === undefined ? null : satisfactionValues(cleaned, outcome),
  };
}
