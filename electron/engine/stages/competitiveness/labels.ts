import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { labelChoiceSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import { type LabelsResult, labelsResultSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { defineKind, keyOf, kindOf, type SlotReader, type StepContext } from '../../artifacts/kind.ts';
import { asInt32, asStrings, bytesOf } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetNumber, demandDatasetIds, hasRole } from '../demand/columns.ts';
import { editedTopics, topicRows } from '../demand/edited-topics.ts';
import { columnLabels } from '../demand/label-values.ts';

const labelsParamsSchema = z.strictObject({ choice: labelChoiceSchema });

interface LabelledRow {
  readonly dataset: number;
  readonly row: number;
  readonly label: string;
}

/** Which kept text row has which label. */
export const labelsKind = defineKind({
  name: 'competitiveness.labels',
  stage: 'competitiveness',
  lane: 'compute',
  revision: 1,
  params: labelsParamsSchema,
  result: labelsResultSchema,
  pausable: false,
  training: false,
  inputs: ({ choice }, slots) => {
    if (choice.type === 'columns') {
      return [...new Set(choice.columns.map((column) => `demand.clean:${column.datasetId}`))];
    }
    const edits = slots.current('demand.topicEdits') === undefined ? [] : ['demand.topicEdits'];
    const withText = demandDatasetIds(slots).filter((id) => hasRole(slots, id, 'text'));
    return ['demand.topics', ...edits, ...withText.map((id) => `demand.clean:${id}`)];
  },
  defaultParams: () => null,
  async run(context) {
    const { choice } = context.params;
    const { rows, unlabelled, sources } =
      choice.type === 'columns' ? rowsFromColumns(context, choice.columns) : rowsFromTopics(context);
    if (rows.length === 0) throw new AppError('competitiveness.labels-missing', {});
    const counts = new Map<string, number>();
    for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1);
    const classes = [...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
    const index = new Map(classes.map(([label], at) => [label, at]));
    const result: LabelsResult = {
      classes: classes.map(([label, count]) => ({ label, rows: count })),
      language: languageOfRows(context, rows),
      labelled: rows.length,
      unlabelled,
      sources,
    };
    return {
      type: 'done',
      result,
      parts: {
        dataset: bytesOf(Int32Array.from(rows, (row) => row.dataset)),
        row: bytesOf(Int32Array.from(rows, (row) => row.row)),
        label: bytesOf(Int32Array.from(rows, ({ label }) => index.get(label) ?? -1)),
      },
    };
  },
});

type Found = { rows: LabelledRow[]; unlabelled: number; sources: LabelsResult['sources'] };
type Context = StepContext<z.output<typeof labelsParamsSchema>>;

function rowsFromColumns(
  { input, store }: Context,
  columns: readonly { datasetId: string; columnId: string }[],
): Found {
  const rows: LabelledRow[] = [];
  const sources: LabelsResult['sources'] = [];
  let unlabelled = 0;
  for (const { datasetId, columnId } of columns) {
    const clean = input(`demand.clean:${datasetId}`);
    const labels = columnLabels(store, clean, columnId);
    const status = store.part(clean, 'status');
    const texts = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
    const before = rows.length;
    texts.forEach((text, row) => {
      if (status[row] !== 0 || text === '') return;
      const label = labels[row];
      if (label === null || label === undefined) unlabelled += 1;
      else rows.push({ dataset: datasetNumber(datasetId), row, label });
    });
    sources.push({ source: 'column', datasetId, rows: rows.length - before });
  }
  return { rows, unlabelled, sources };
}

function rowsFromTopics({ input, store }: Context): Found {
  const topics = input('demand.topics');
  const edited = editedTopics(store, topics);
  const { dataset, row, topic } = topicRows(store, topics);
  const rows: LabelledRow[] = [];
  topic.forEach((found, index) => {
    const name = found < 0 ? undefined : edited.topics[edited.topicOf[found]!]?.name;
    if (name !== undefined) rows.push({ dataset: dataset[index]!, row: row[index]!, label: name });
  });
  return {
    rows,
    unlabelled: topic.length - rows.length,
    sources: [{ source: 'topic', datasetId: null, rows: rows.length }],
  };
}

export function languageOfRows(
  { input, store }: Pick<Context, 'input' | 'store'>,
  rows: readonly Omit<LabelledRow, 'label'>[],
): LabelsResult['language'] {
  const codes = new Map<number, Uint8Array>();
  let chinese = 0;
  for (const { dataset, row } of rows) {
    let language = codes.get(dataset);
    if (language === undefined) {
      language = store.part(input(`demand.clean:d${dataset}`), 'language');
      codes.set(dataset, language);
    }
    if (language[row] === 0) chinese += 1;
  }
  if (chinese > 0.9 * rows.length) return 'zh';
  return chinese < 0.1 * rows.length ? 'en' : 'mixed';
}

/** Datasets whose rows the labels name: who reads their texts depends on their cleaning, even where the labels come out equal. */
export function labelledDatasets(slots: SlotReader): string[] {
  const inputs = slots.current('competitiveness.labels')?.inputs ?? [];
  return inputs.filter(({ slot }) => kindOf(slot) === 'demand.clean').map(({ slot }) => keyOf(slot));
}

/** Labels and the cleaned texts of their rows. */
export function labelledTextInputs(slots: SlotReader): string[] {
  return ['competitiveness.labels', ...labelledDatasets(slots).map((id) => `demand.clean:${id}`)];
}

export interface LabelRows {
  readonly dataset: Int32Array;
  readonly row: Int32Array;
  readonly label: Int32Array;
}

export function labelRows(store: ProjectStore, labels: ArtifactRecord): LabelRows {
  return {
    dataset: asInt32(store.part(labels, 'dataset')),
    row: asInt32(store.part(labels, 'row')),
    label: asInt32(store.part(labels, 'label')),
  };
}

/** Cleaned texts of labelled rows, in their order. */
export function labelledTexts(store: ProjectStore, rows: Pick<LabelRows, 'dataset' | 'row'>): string[] {
  const tables = new Map<number, readonly string[]>();
  return Array.from(rows.row, (row, index) => {
    const dataset = rows.dataset[index]!;
    let texts = tables.get(dataset);
    if (texts === undefined) {
      const clean = store.current(`demand.clean:d${dataset}`);
      if (clean === undefined) throw new AppError('artifact.input-missing', { slot: `demand.clean:d${dataset}` });
      texts = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
      tables.set(dataset, texts);
    }
    return texts[row] ?? '';
  });
}
