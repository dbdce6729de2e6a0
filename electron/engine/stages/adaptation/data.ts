import type { z } from 'zod';
import { DEFAULT_DATA_CHOICE, dataChoiceSchema } from '../../../../shared/stages/adaptation/data-choice.ts';
import { scenarioDataSchema } from '../../../../shared/stages/adaptation/results.ts';
import { PART } from '../../../../shared/stages/competitiveness/split.ts';
import { correctionsSchema } from '../../../../shared/stages/service/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { asInt32, asStrings, bytesOf } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { labelledTextInputs } from '../competitiveness/labels.ts';
import { inputArtifact } from '../competitiveness/project-model.ts';
import { datasetNumber } from '../demand/columns.ts';
import { currentScenario, datasetOfScenario, scenarioSlot } from './scenario.ts';
import { type TakenRows, takeRows } from './take-rows.ts';

export const dataSlot = (id: string) => `adaptation.data:${id}`;

const dataParamsSchema = dataChoiceSchema.extend({
  /** What people had set right when the rows were taken, for a scenario that takes it. What they set right later waits for the next time: a model that
   *  learnt from these is not outdated by every ticket. */
  corrections: correctionsSchema.shape.corrections.optional(),
});

/** The rows of a scenario, split into train, dev and locked test rows. */
export const dataKind = defineKind({
  name: 'adaptation.data',
  stage: 'adaptation',
  lane: 'compute',
  revision: 1,
  params: dataParamsSchema,
  result: scenarioDataSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots, key) => {
    const datasetId = datasetOfScenario(slots, key);
    return [
      scenarioSlot(key),
      ...(datasetId === null ? [] : [`demand.clean:${datasetId}`]),
      ...splitInputs(slots).filter((slot) => slot !== `demand.clean:${datasetId}`),
    ];
  },
  defaultParams: (): z.output<typeof dataParamsSchema> => DEFAULT_DATA_CHOICE,
  async run({ key, params: { corrections = [], ...choice }, seed, store, input, compute, signal, progress }) {
    input(scenarioSlot(key));
    const { scenario } = currentScenario(store, key);
    const clean = input(`demand.clean:${scenario.data.datasetId}`);
    const taken = { id: key, name: scenario.name, data: scenario.data, corrections, choice, seed };
    const { result, row, label, part } = await takeRows(store, compute, clean, taken, { signal, onProgress: progress });
    return { type: 'done', result, parts: { row: bytesOf(row), label: bytesOf(label), part } };
  },
});

/** The split of stage 2 and what its rows are, where there is one. */
export function splitInputs(slots: SlotReader): string[] {
  return slots.current('competitiveness.split') === undefined
    ? []
    : [...labelledTextInputs(slots), 'competitiveness.split'];
}

export interface ScenarioRows extends TakenRows {
  readonly dataset: number;
  /** Indices into the rows, by part. */
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly test: Int32Array;
}

/** Texts and classes of the rows at `indices`. */
export const rowsAt = (data: Pick<ScenarioRows, 'texts' | 'label'>, indices: Int32Array) => ({
  texts: Array.from(indices, (at) => data.texts[at]!),
  labels: indices.map((at) => data.label[at]!),
});

/** What the rows of a scenario are made of, and the scenario itself, as inputs of what is made with them. */
export function scenarioInputs(slots: SlotReader, scenarioId: string): readonly string[] {
  const datasetId = datasetOfScenario(slots, scenarioId);
  return [scenarioSlot(scenarioId), dataSlot(scenarioId), ...(datasetId === null ? [] : [`demand.clean:${datasetId}`])];
}

/** The rows of a scenario with their texts. @throws AppError 'artifact.input-missing' */
export function scenarioRows(store: ProjectStore, data: ArtifactRecord): ScenarioRows {
  const result = scenarioDataSchema.parse(data.result);
  const clean = inputArtifact(store, data, `demand.clean:${result.datasetId}`);
  const texts = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
  const row = asInt32(store.part(data, 'row'));
  const [label, part] = [asInt32(store.part(data, 'label')), store.part(data, 'part')];
  return partedRows({ result, row, label, part, texts: Array.from(row, (at) => texts[at] ?? '') });
}

/** Rows of a scenario by what each is for. */
export function partedRows(rows: TakenRows): ScenarioRows {
  const of = (code: number) => Int32Array.from(rows.row.keys()).filter((index) => rows.part[index] === code);
  return {
    ...rows,
    dataset: datasetNumber(rows.result.datasetId),
    train: of(PART.train),
    dev: of(PART.dev),
    test: of(PART.test),
  };
}
