import { type TopicEdit, topicsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { type EditedTopics, replayTopicEdits } from '../../../../shared/stages/demand/topics/topic-edits.ts';
import { asInt32, asStrings } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { topicEditsParamsSchema } from './topics.ts';

export interface TopicRows {
  readonly dataset: Int32Array;
  readonly row: Int32Array;
  /** Index into the found topics, −1 for outliers. */
  readonly topic: Int32Array;
}

export function topicRows(store: ProjectStore, topics: ArtifactRecord): TopicRows {
  return {
    dataset: asInt32(store.part(topics, 'dataset')),
    row: asInt32(store.part(topics, 'row')),
    topic: asInt32(store.part(topics, 'topic')),
  };
}

export function topicEdits(store: ProjectStore): readonly TopicEdit[] {
  const artifact = store.current('demand.topicEdits');
  return artifact === undefined ? [] : topicEditsParamsSchema.parse(artifact.params).edits;
}

/** The found topics with the analyst's edits replayed on them. */
export function editedTopics(store: ProjectStore, topics: ArtifactRecord): EditedTopics {
  const { topics: found } = topicsResultSchema.parse(topics.result);
  const edits = topicEdits(store);
  if (edits.length === 0) return replayTopicEdits(found, () => undefined, []);
  const rows = topicRows(store, topics);
  const identities = new Map<number, readonly string[]>();
  const identityOf = (dataset: number, row: number): string => {
    let known = identities.get(dataset);
    if (known === undefined) {
      const clean = store.current(`demand.clean:d${dataset}`);
      known =
        clean === undefined ? [] : asStrings(store.part(clean, 'identityBytes'), store.part(clean, 'identityOffsets'));
      identities.set(dataset, known);
    }
    return known[row] ?? '';
  };
  const byHash = new Map<string, number>();
  rows.topic.forEach((topic, index) => {
    if (topic >= 0) byHash.set(identityOf(rows.dataset[index]!, rows.row[index]!), topic);
  });
  return replayTopicEdits(found, (hash) => byHash.get(hash), edits);
}
