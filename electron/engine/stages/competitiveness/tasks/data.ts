import { createHash } from 'node:crypto';
import { packStrings } from '../../../../../shared/data/string-table.ts';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { PART } from '../../../../../shared/stages/competitiveness/split.ts';
import {
  storedTaskChoiceSchema,
  type TaskChoice,
} from '../../../../../shared/stages/competitiveness/tasks/contract.ts';
import { valuesOf, widthOf } from '../../../../../shared/stages/competitiveness/tasks/measures.ts';
import { taskNotices } from '../../../../../shared/stages/competitiveness/tasks/notices.ts';
import { scaleOf } from '../../../../../shared/stages/competitiveness/tasks/outputs.ts';
import { type ParsedCells, parseCells } from '../../../../../shared/stages/competitiveness/tasks/parse-cells.ts';
import {
  type TaskDataResult,
  taskDataResultSchema,
} from '../../../../../shared/stages/competitiveness/tasks/results.ts';
import type { TextTask } from '../../../../../shared/train/text-task.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { defineKind, type SlotReader, type StepContext } from '../../../artifacts/kind.ts';
import { asFloat32, asInt32, asStrings, bytesOf } from '../../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../../project-store.ts';
import { datasetColumns, datasetName, datasetNumber } from '../../demand/columns.ts';
import { columnLabels } from '../../demand/label-values.ts';
import { labelledTexts, languageOfRows } from '../labels.ts';
import { testRowsOf } from '../split.ts';

/** Labels that a refusal names. */
const MOST_NAMED = 8;

export const taskDataSlot = (task: TextTask) => `competitiveness.taskData:${task}`;

type Context = StepContext<TaskChoice>;

/** What is to be predicted of which kept text row, split into train, dev and locked test rows. */
export const taskDataKind = defineKind({
  name: 'competitiveness.taskData',
  stage: 'competitiveness',
  lane: 'infer',
  revision: 1,
  params: storedTaskChoiceSchema,
  result: taskDataResultSchema,
  pausable: false,
  training: false,
  inputs: ({ columns }) => [...new Set(columns.map(({ datasetId }) => `demand.clean:${datasetId}`))],
  defaultParams: () => null,
  async run(context) {
    const { params, seed, store, worker, compute, deps, signal, progress } = context;
    const { task, test, devShare, modelId, maxLength } = params;
    if (task !== 'multi-label') requireOneScale(store, params.columns);
    const { rows, cells, unlabelled } = labelledCells(context);
    if (rows.length === 0) throw new AppError('competitiveness.labels-missing', {});
    const placeOf = (cell: number) => {
      const { dataset, row } = rows[cell]!;
      return { dataset: datasetName(store, `d${dataset}`), row: row + 1 };
    };
    const parsed = parseCells(task, cells, { ...params, placeOf });
    const { labels, values } = parsed;
    const place = {
      dataset: Int32Array.from(rows, ({ dataset }) => dataset),
      row: Int32Array.from(rows, ({ row }) => row),
    };
    const texts = labelledTexts(store, place);
    const folder = modelFolderOf(deps, modelId);
    const { lengths } = await worker.run({ type: 'countTokens', folder, texts }, { signal });
    const split = await compute.run(
      'competitiveness.splitTask',
      {
        task,
        names: labels,
        values,
        texts: packStrings(texts),
        test: testRowsOf(store, test, place.dataset),
        devShare,
        seed,
        tokenLengths: lengths,
        maxLength,
      },
      { signal, onProgress: progress },
    );
    const { part, result: prepared } = split;
    const width = widthOf({ task, labels: labels.length });
    const counts = labelCounts(task, parsed, part);
    if (test.type === 'dataset') requireLearnable(datasetName(store, test.datasetId), task, parsed, part, counts);
    const trained = values.filter((_, i) => part[Math.floor(i / width)] === PART.train);
    const result: TaskDataResult = {
      task,
      labels: counts,
      scale:
        task === 'regression'
          ? {
              ...scaleOf(trained),
              min: values.reduce((a, b) => Math.min(a, b)),
              max: values.reduce((a, b) => Math.max(a, b)),
            }
          : null,
      language: languageOfRows(context, rows),
      labelled: rows.length,
      unlabelled,
      perRow: task === 'multi-label' ? labelsPerRow(values, labels.length) : null,
      testSource: prepared.split.testSource,
      parts: prepared.split.parts.map(({ part: name, rows: count }) => ({ part: name, rows: count })),
      excludedFromTrain: prepared.split.excludedFromTrain,
      groupedTexts: prepared.split.groupedTexts,
      lengths: prepared.check.lengths,
      testLock: lockOf(texts, values, width, part),
      notices: taskNotices({ task, labels: counts, values, part, prepared }),
    };
    const parts = { dataset: bytesOf(place.dataset), row: bytesOf(place.row), part, values: bytesOf(values) };
    return { type: 'done', result, parts };
  },
});

/** Kept text rows whose cell says something, in the order of the files. */
function labelledCells({ params, input, store }: Context) {
  const rows: { dataset: number; row: number }[] = [];
  const cells: string[] = [];
  let unlabelled = 0;
  for (const { datasetId, columnId } of params.columns) {
    const clean = input(`demand.clean:${datasetId}`);
    const values = columnLabels(store, clean, columnId);
    const status = store.part(clean, 'status');
    const texts = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
    texts.forEach((text, row) => {
      if (status[row] !== 0 || text === '') return;
      const cell = values[row] ?? '';
      if (cell.trim() === '' && params.emptyIsNone !== true) unlabelled++;
      else {
        rows.push({ dataset: datasetNumber(datasetId), row });
        cells.push(cell);
      }
    });
  }
  return { rows, cells, unlabelled };
}

/** Whether a row has a label or level. */
const hasLabel = (task: TextTask, { labels, values }: ParsedCells, row: number, label: number) =>
  task === 'multi-label' ? values[row * labels.length + label] === 1 : values[row] === label;

function labelCounts(task: TextTask, parsed: ParsedCells, part: Uint8Array): TaskDataResult['labels'] {
  return parsed.labels.map((label, at) => {
    const rowsIn = (code: number) =>
      part.reduce((sum, of, row) => sum + Number(of === code && hasLabel(task, parsed, row, at)), 0);
    const [train, dev, test] = [rowsIn(PART.train), rowsIn(PART.dev), rowsIn(PART.test)];
    return { label, rows: train + dev + test + rowsIn(PART.leftOut), train, dev, test };
  });
}

/** @throws AppError 'competitiveness.test-labels-unknown' where the test dataset has labels or levels that no training row has */
function requireLearnable(
  dataset: string,
  task: TextTask,
  parsed: ParsedCells,
  part: Uint8Array,
  counts: TaskDataResult['labels'],
): void {
  const unknown = [...counts.keys()].filter((at) => counts[at]!.test > 0 && counts[at]!.train === 0);
  if (unknown.length === 0) return;
  const named = unknown.slice(0, MOST_NAMED).map((at) => counts[at]!.label);
  const isUnknown = (row: number) => unknown.some((at) => hasLabel(task, parsed, row, at));
  throw new AppError('competitiveness.test-labels-unknown', {
    dataset,
    labels: [...named, ...(unknown.length > MOST_NAMED ? ['…'] : [])].join(', '),
    rows: part.reduce((sum, code, row) => sum + Number(code === PART.test && isUnknown(row)), 0),
  });
}

/** A number must mean the same in every column. @throws AppError 'competitiveness.scales-differ', 'competitiveness.scale-directions' */
function requireOneScale(slots: SlotReader, columns: TaskChoice['columns']): void {
  const scaled = columns.flatMap(({ datasetId, columnId }) => {
    const column = datasetColumns(slots, datasetId).find(({ id }) => id === columnId);
    if (column?.scale === undefined) return [];
    const name = `${datasetName(slots, datasetId)} · ${column.name === '' ? columnId : column.name}`;
    return [{ name, ends: `${column.scale.min}–${column.scale.max}`, direction: column.scale.direction }];
  });
  const [first, ...others] = scaled;
  for (const { name, ends, direction } of others) {
    const column = first!.name;
    if (ends !== first!.ends) {
      const scales = { column, scale: first!.ends, other: name, otherScale: ends };
      throw new AppError('competitiveness.scales-differ', scales);
    }
    if (direction !== first!.direction) throw new AppError('competitiveness.scale-directions', { column, other: name });
  }
}

function labelsPerRow(values: Float32Array, labels: number) {
  const rows = values.length / labels;
  const counts = Array.from({ length: rows }, (_, row) =>
    values.subarray(row * labels, (row + 1) * labels).reduce((sum, value) => sum + value, 0),
  );
  return { mean: counts.reduce((sum, n) => sum + n, 0) / rows, none: counts.filter((n) => n === 0).length };
}

function lockOf(texts: readonly string[], values: Float32Array, width: number, part: Uint8Array): string {
  const hash = createHash('sha256');
  part.forEach((code, row) => {
    if (code !== PART.test) return;
    hash.update(`${values.subarray(row * width, (row + 1) * width).join(',')}\u0000${texts[row]}\n`);
  });
  return hash.digest('hex');
}

/** The rows of a task and the cleaned texts that they point to. */
export function taskTextInputs(slots: SlotReader, task: TextTask): string[] {
  const data = slots.current(taskDataSlot(task));
  return [taskDataSlot(task), ...(data?.inputs ?? []).map(({ slot }) => slot)];
}

export interface TaskRows {
  readonly result: TaskDataResult;
  /** Labels or levels by name; empty for a number. */
  readonly names: readonly string[];
  /** Labels or levels; 1 for a number. */
  readonly labels: number;
  /** Of all rows [rows, width]. */
  readonly values: Float32Array;
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly test: Int32Array;
  readonly place: { readonly dataset: Int32Array; readonly row: Int32Array };
  /** Values of these rows, in their order. */
  valuesAt(rows: Int32Array): Float32Array;
}

export function taskRows(store: ProjectStore, artifact: ArtifactRecord): TaskRows {
  const result = taskDataResultSchema.parse(artifact.result);
  const names = result.labels.map(({ label }) => label);
  const labels = Math.max(1, names.length);
  const values = asFloat32(store.part(artifact, 'values'));
  const part = store.part(artifact, 'part');
  const all = Int32Array.from({ length: part.length }, (_, row) => row);
  return {
    result,
    names,
    labels,
    values,
    train: all.filter((row) => part[row] === PART.train),
    dev: all.filter((row) => part[row] === PART.dev),
    test: all.filter((row) => part[row] === PART.test),
    place: { dataset: asInt32(store.part(artifact, 'dataset')), row: asInt32(store.part(artifact, 'row')) },
    valuesAt: (rows) => valuesOf({ task: result.task, labels, values }, rows),
  };
}
