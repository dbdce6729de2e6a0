import {
  DEFAULT_PART_WEIGHTS,
  type NeedsSetup,
  needsSetupSchema,
  targetsSchema,
} from '../../../../shared/stages/demand/results.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, demandDatasetIds } from './columns.ts';
import { textGroups } from './text-groups.ts';

/** Which topics and items make which need, as the analyst set it. */
export const needsSetupKind = defineKind({
  name: 'demand.needsSetup',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: needsSetupSchema,
  result: needsSetupSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

/** What the analyst asks of the next stages: each a value, or not set. */
export const targetsKind = defineKind({
  name: 'demand.targets',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: targetsSchema,
  result: targetsSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

/** What the analyst groups texts by; topics unless chosen otherwise. */
export function chosenGrouping(slots: SlotReader): NeedsSetup['grouping'] {
  const artifact = slots.current('demand.needsSetup');
  return artifact === undefined ? 'topics' : needsSetupSchema.parse(artifact.params).grouping;
}

/** The analyst's setup brought up to date with the topics (or classes) and items of now: what is gone is left out, what is new becomes a need of its own, and a question that an adopted round asks again joins the need that had it. Without a setup, one need for each. */
export function currentNeedsSetup(store: ProjectStore): NeedsSetup {
  const grouping = chosenGrouping(store);
  const topics = textGroups(store, grouping).groups;
  const items = demandDatasetIds(store).flatMap((datasetId) => {
    const columns = datasetColumns(store, datasetId);
    if (!columns.some((column) => column.role === 'outcome')) return [];
    return columns
      .filter((column) => column.role === 'item')
      .map((column) => ({ datasetId, columnId: column.id, name: column.name }));
  });
  const artifact = store.current('demand.needsSetup');
  const setup = artifact === undefined ? null : needsSetupSchema.parse(artifact.params);
  const itemId = (item: { datasetId: string; columnId: string }) => `${item.datasetId}/${item.columnId}`;
  const knownTopics = new Set(topics.map((topic) => topic.id));
  const knownItems = new Set(items.map(itemId));
  const kept = (setup?.needs ?? [])
    .map((need) => ({
      ...need,
      topicIds: need.topicIds.filter((id) => knownTopics.has(id)),
      items: need.items.filter((item) => knownItems.has(itemId(item))),
    }))
    .filter((need) => need.topicIds.length + need.items.length > 0);
  const usedTopics = new Set(kept.flatMap((need) => need.topicIds));
  const usedItems = new Set(kept.flatMap((need) => need.items.map(itemId)));
  const loose = items.filter((item) => !usedItems.has(itemId(item)));
  const asNeed = ({ name, ...item }: (typeof items)[number]) => ({
    id: `n-${item.datasetId}-${item.columnId}`,
    name,
    topicIds: [],
    items: [item],
  });
  const isLater = ({ datasetId }: { datasetId: string }) => store.current(`demand.adoption:${datasetId}`) !== undefined;
  const needs = [
    ...kept,
    ...topics
      .filter((topic) => !usedTopics.has(topic.id))
      .map((topic) => ({ id: `n-${topic.id}`, name: topic.name, topicIds: [topic.id], items: [] })),
    ...loose.filter((item) => !isLater(item)).map(asNeed),
  ];
  // A question that a later round asks again is about the need that it was about before.
  const nameOf = new Map(items.map((item) => [itemId(item), item.name.normalize('NFKC').trim().toLowerCase()]));
  for (const item of loose.filter(isLater)) {
    const asked = nameOf.get(itemId(item));
    const at = needs.findIndex((need) => need.items.some((other) => nameOf.get(itemId(other)) === asked));
    const { datasetId, columnId } = item;
    if (at < 0) needs.push(asNeed(item));
    else needs[at] = { ...needs[at]!, items: [...needs[at]!.items, { datasetId, columnId }] };
  }
  return { grouping, partWeights: setup?.partWeights ?? DEFAULT_PART_WEIGHTS, needs };
}
