import { AppError } from '../../../../shared/errors/app-error.ts';
import { CLEANING_STEPS } from '../../../../shared/stages/demand/clean/recipe.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import type { EngineContext } from '../../context.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import { listSelection, type SelectedRow, type Selection } from '../../project/evidence.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, datasetNumber, datasetResult } from './columns.ts';
import { editedTopics, topicRows } from './edited-topics.ts';

const NO_NOTES: SelectedRow['notes'] = [];

function required(store: ProjectStore, slot: string): ArtifactRecord {
  const artifact = store.current(slot);
  if (artifact === undefined) throw new AppError('artifact.input-missing', { slot });
  return artifact;
}

/** All rows of a dataset as imported. */
export function datasetSelection({ store }: EngineContext, datasetId: string): Selection {
  const { rowCount } = datasetResult(store, datasetId);
  const dataset = datasetNumber(datasetId);
  return {
    total: rowCount,
    page: (offset, limit) =>
      Array.from({ length: Math.max(0, Math.min(limit, rowCount - offset)) }, (_, index) => ({
        dataset,
        row: offset + index,
        notes: NO_NOTES,
      })),
  };
}

/** Rows that a cleaning step took out, with the row that a duplicate repeats; or those that were kept. */
export function cleanSelection({ store }: EngineContext, datasetId: string, step: string): Selection {
  const clean = required(store, `demand.clean:${datasetId}`);
  const status = store.part(clean, 'status');
  const duplicateOf = asInt32(store.part(clean, 'duplicateOf'));
  const place = (CLEANING_STEPS as readonly string[]).indexOf(step);
  if (place < 0 && step !== 'kept') throw new AppError('artifact.not-found', { id: step });
  const wanted = place + 1;
  const dataset = datasetNumber(datasetId);
  const rows: SelectedRow[] = [];
  status.forEach((code, row) => {
    if (code !== wanted) return;
    const first = duplicateOf[row] ?? -1;
    rows.push({ dataset, row, notes: first < 0 ? NO_NOTES : [{ id: 'duplicateOf', value: String(first + 1) }] });
  });
  return listSelection(rows);
}

/** Rows of a topic as edited, or the outliers. */
export function topicSelection({ store }: EngineContext, topicId: string): Selection {
  const topics = required(store, 'demand.topics');
  const { dataset, row, topic } = topicRows(store, topics);
  const edited = editedTopics(store, topics);
  const wanted = topicId === 'outliers' ? -1 : edited.topics.findIndex((candidate) => candidate.id === topicId);
  if (wanted < 0 && topicId !== 'outliers') throw new AppError('artifact.not-found', { id: topicId });
  const rows: SelectedRow[] = [];
  topic.forEach((found, index) => {
    const at = found < 0 ? -1 : edited.topicOf[found];
    if (at === wanted) rows.push({ dataset: dataset[index]!, row: row[index]!, notes: NO_NOTES });
  });
  return listSelection(rows);
}

/** Rows in which a need is heard, all or of one segment: exactly those that its volume counts. */
export function needSelection(
  { store }: Pick<EngineContext, 'store'>,
  needId: string,
  segment: string | null,
): Selection {
  const needs = required(store, 'demand.needs');
  const wanted = needsResultSchema.parse(needs.result).needs.findIndex((need) => need.id === needId);
  if (wanted < 0) throw new AppError('artifact.not-found', { id: needId });
  const dataset = asInt32(store.part(needs, 'evidenceDataset'));
  const row = asInt32(store.part(needs, 'evidenceRow'));
  const need = asInt32(store.part(needs, 'evidenceNeed'));
  const rows: SelectedRow[] = [];
  need.forEach((found, index) => {
    if (found === wanted) rows.push({ dataset: dataset[index]!, row: row[index]!, notes: NO_NOTES });
  });
  if (segment === null) return listSelection(rows);
  const segmentOf = segmentReader(store);
  return listSelection(rows.filter((selected) => segmentOf(selected) === segment));
}

/** Cleaned segment of each row, by dataset number. */
function segmentReader(store: ProjectStore): (selected: SelectedRow) => string | null {
  const known = new Map<number, readonly (string | null)[]>();
  const read = (dataset: number): readonly (string | null)[] => {
    const column = datasetColumns(store, `d${dataset}`).find(({ role }) => role === 'segment');
    const clean = store.current(`demand.clean:d${dataset}`);
    const part = `category.${column?.id}`;
    if (clean?.parts[part] === undefined) return [];
    return JSON.parse(Buffer.from(store.part(clean, part)).toString('utf8')) as (string | null)[];
  };
  return ({ dataset, row }) => {
    const segments = known.get(dataset) ?? read(dataset);
    known.set(dataset, segments);
    return segments[row] ?? null;
  };
}
