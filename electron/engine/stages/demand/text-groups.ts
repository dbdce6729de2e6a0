import { NO_TEXT } from '../../../../shared/stages/demand/need-sources.ts';
import type { NeedsSetup } from '../../../../shared/stages/demand/results.ts';
import type { SlotReader } from '../../artifacts/kind.ts';
import { asStrings } from '../../artifacts/parts.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, datasetNumber, demandDatasetIds, hasRole } from './columns.ts';
import { editedTopics, topicRows } from './edited-topics.ts';
import { columnLabels } from './label-values.ts';

/** What the texts speak of, as needs are made of it: the topics that were found, or the classes that the files themselves give. */
export interface TextGroups {
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** By dataset number: index into the groups, −1 for a text outside every group, `NO_TEXT` without text [rows of the file]. */
  readonly ofRow: ReadonlyMap<number, Int32Array>;
}

type Grouping = NeedsSetup['grouping'];

/** The id of a class given in a file; topics have ids of their own, which never begin so. */
const LABEL_PREFIX = 'l-';

/** Datasets of D whose texts bear a class in a column. */
function labelledTextDatasets(slots: SlotReader): readonly { readonly id: string; readonly columnId: string }[] {
  return demandDatasetIds(slots).flatMap((id) => {
    const column = datasetColumns(slots, id).find(({ role }) => role === 'label');
    return column === undefined || !hasRole(slots, id, 'text') ? [] : [{ id, columnId: column.id }];
  });
}

/** Slots that the groups are read from. */
export function textGroupInputs(slots: SlotReader, grouping: Grouping): readonly string[] {
  if (grouping === 'labels') return [];
  const hasTexts = demandDatasetIds(slots).some((id) => hasRole(slots, id, 'text'));
  return hasTexts ? ['demand.topics'] : [];
}

export function textGroups(store: ProjectStore, grouping: Grouping): TextGroups {
  return grouping === 'labels' ? groupsFromLabels(store) : groupsFromTopics(store);
}

function groupsFromTopics(store: ProjectStore): TextGroups {
  const topics = store.current('demand.topics');
  if (topics === undefined) return { groups: [], ofRow: new Map() };
  const edited = editedTopics(store, topics);
  const ofRow = new Map<number, Int32Array>();
  const found = topicRows(store, topics);
  found.topic.forEach((topic, at) => {
    const dataset = found.dataset[at]!;
    let rows = ofRow.get(dataset);
    if (rows === undefined) {
      rows = new Int32Array(store.rows.count(dataset)).fill(NO_TEXT);
      ofRow.set(dataset, rows);
    }
    rows[found.row[at]!] = topic < 0 ? -1 : edited.topicOf[topic]!;
  });
  return { groups: edited.topics.map(({ id, name }) => ({ id, name })), ofRow };
}

/** Texts without a class stand outside every group, as outliers of topics do. */
function groupsFromLabels(store: ProjectStore): TextGroups {
  const labelColumn = new Map(labelledTextDatasets(store).map(({ id, columnId }) => [id, columnId]));
  const names = new Map<string, number>();
  const ofRow = new Map<number, Int32Array>();
  for (const id of demandDatasetIds(store).filter((dataset) => hasRole(store, dataset, 'text'))) {
    const clean = store.current(`demand.clean:${id}`);
    if (clean === undefined) continue;
    const columnId = labelColumn.get(id);
    const labels = columnId === undefined ? null : columnLabels(store, clean, columnId);
    const status = store.part(clean, 'status');
    const texts = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
    ofRow.set(
      datasetNumber(id),
      Int32Array.from(texts, (text, row) => {
        if (status[row] !== 0 || text === '') return NO_TEXT;
        const label = labels?.[row] ?? null;
        if (label === null) return -1;
        const known = names.get(label) ?? names.size;
        names.set(label, known);
        return known;
      }),
    );
  }
  return { groups: [...names.keys()].map((name) => ({ id: `${LABEL_PREFIX}${name}`, name })), ofRow };
}
