import type { Output } from '../../../../shared/contract/index.ts';
import type { TopicsResult } from '../../../../shared/stages/demand/results.ts';

type Edited = NonNullable<Output<'demand.editedTopics'>>['topics'][number];
type Found = TopicsResult['topics'][number];

/** A topic after the edits, with what is known of it from the finding. */
export interface TopicRow extends Edited {
  /** Of the first of the topics merged into it. */
  readonly representative: Found['representatives'][number] | null;
  /** Mean cosine to the centre; null for merged topics, which have several. */
  readonly cohesion: number | null;
}

/** Largest first. */
export function topicRows(edited: readonly Edited[], found: readonly Found[]): readonly TopicRow[] {
  const byId = new Map(found.map((topic) => [topic.id, topic]));
  return edited
    .map((topic) => ({
      ...topic,
      representative: byId.get(topic.id)?.representatives[0] ?? null,
      cohesion: topic.mergedFrom.length > 1 ? null : (byId.get(topic.id)?.cohesion ?? null),
    }))
    .sort((a, b) => b.size - a.size);
}
