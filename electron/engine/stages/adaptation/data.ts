import type { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { DEFAULT_DATA_CHOICE, dataChoiceSchema } from '../../../../shared/stages/adaptation/data-choice.ts';
import { type Scenario, type ScenarioData, scenarioDataSchema } from '../../../../shared/stages/adaptation/results.ts';
import { PART } from '../../../../shared/stages/competitiveness/split.ts';
import { type Corrections, correctionsSchema } from '../../../../shared/stages/service/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import { asInt32, asStrings, bytesOf } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { labelledTextInputs, labelledTexts } from '../competitiveness/labels.ts';
import { inputArtifact } from '../competitiveness/project-model.ts';
import { splitRowsOf } from '../competitiveness/split.ts';
import { datasetNumber } from '../demand/columns.ts';
import { columnLabels } from '../demand/label-values.ts';
import { currentScenario, datasetOfScenario, scenarioSlot } from './scenario.ts';

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
    const { datasetId, filter, corrected } = scenario.data;
    const clean = input(`demand.clean:${datasetId}`);
    const status = store.part(clean, 'status');
    const texts = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
    const labels = rowLabels(store, clean, scenario.data, corrections);
    const filtered = filter === null ? null : columnLabels(store, clean, filter.columnId);
    const rows: number[] = [];
    let filteredOut = 0;
    let unlabelled = 0;
    texts.forEach((text, row) => {
      if (status[row] !== 0 || text === '') return;
      const value = filtered?.[row] ?? null;
      if (filter !== null && (value === null || !filter.values.includes(value))) filteredOut += 1;
      else if (labels[row] === null || labels[row] === undefined) unlabelled += 1;
      else rows.push(row);
    });
    if (rows.length === 0) throw new AppError('adaptation.no-rows', { scenario: scenario.name });
    const classes = [...new Set(rows.map((row) => labels[row]!))].sort((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    );
    const seen = seenRows(store, datasetNumber(datasetId));
    const { part, result } = await compute.run(
      'adaptation.data',
      {
        scenarioId: key,
        scenarioName: scenario.name,
        datasetId,
        classes,
        labels: Int32Array.from(rows, (row) => classes.indexOf(labels[row]!)),
        texts: packStrings(rows.map((row) => texts[row]!)),
        seenPart: Uint8Array.from(rows, (row) => seen.partOfRow.get(row) ?? 0),
        seenTexts: packStrings(seen.texts),
        seenTextParts: seen.parts,
        filteredOut,
        unlabelled,
        ...choice,
        by: corrected === undefined ? 'draw' : 'text',
        seed,
      },
      { signal, onProgress: progress },
    );
    const without = (corrected?.classes ?? []).filter((label) => !classes.includes(label));
    return {
      type: 'done',
      result: {
        ...result,
        classes: [...result.classes, ...without.map((label) => ({ label, rows: 0, train: 0, dev: 0, test: 0 }))],
      },
      parts: {
        row: bytesOf(Int32Array.from(rows)),
        label: bytesOf(Int32Array.from(rows, (row) => classes.indexOf(labels[row]!))),
        part,
      },
    };
  },
});

/** Class of each row of a scenario's dataset [rows of the file], null where it has none. @throws AppError 'import.column-missing' */
export function rowLabels(
  store: ProjectStore,
  clean: ArtifactRecord,
  { labelColumn, corrected }: Scenario['data'],
  corrections: Corrections['corrections'],
): readonly (string | null)[] {
  const ofColumn = labelColumn === '' && corrected !== undefined ? null : columnLabels(store, clean, labelColumn);
  if (corrected === undefined) return ofColumn ?? [];
  const right = new Map(corrections.map(({ identity, label }) => [identity, label]));
  const identities = asStrings(store.part(clean, 'identityBytes'), store.part(clean, 'identityOffsets'));
  return identities.map((identity, row) => right.get(identity) ?? ofColumn?.[row] ?? null);
}

/** The split of stage 2 and what its rows are, where there is one. */
function splitInputs(slots: SlotReader): string[] {
  return slots.current('competitiveness.split') === undefined
    ? []
    : [...labelledTextInputs(slots), 'competitiveness.split'];
}

/** Rows that models of stage 2 learn from, are chosen by or are tested on: by row of this dataset, and by text. */
function seenRows(store: ProjectStore, dataset: number) {
  const split = store.current('competitiveness.split');
  const partOfRow = new Map<number, number>();
  if (split === undefined) return { partOfRow, texts: [], parts: new Uint8Array() };
  const { rows, part } = splitRowsOf(store, inputArtifact(store, split, 'competitiveness.labels'), split);
  part.forEach((code, at) => {
    if (rows.dataset[at] === dataset) partOfRow.set(rows.row[at]!, code);
  });
  return { partOfRow, texts: labelledTexts(store, rows), parts: part };
}

export interface ScenarioRows {
  readonly result: ScenarioData;
  readonly dataset: number;
  /** Row of the file and class of each row of the scenario, and its `PART` code. */
  readonly row: Int32Array;
  readonly label: Int32Array;
  readonly part: Uint8Array;
  /** Indices into these, by part. */
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly test: Int32Array;
  /** Cleaned texts of the rows. */
  readonly texts: readonly string[];
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
  const part = store.part(data, 'part');
  const of = (code: number) => Int32Array.from(row.keys()).filter((index) => part[index] === code);
  return {
    result,
    dataset: datasetNumber(result.datasetId),
    row,
    label: asInt32(store.part(data, 'label')),
    part,
    train: of(PART.train),
    dev: of(PART.dev),
    test: of(PART.test),
    texts: Array.from(row, (at) => texts[at] ?? ''),
  };
}
