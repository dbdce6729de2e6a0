import type { TopicEdit } from '../results.ts';

/** A topic as the edits see it. `id` and `anchors` are those of `foundTopicSchema`. */
export interface EditableTopic {
  readonly id: string;
  readonly name: string;
}

export interface EditedTopic {
  readonly id: string;
  readonly name: string;
  readonly renamed: boolean;
  /** Ids of the found topics that it holds, the first being the one whose id it keeps. */
  readonly mergedFrom: readonly string[];
}

export interface EditedTopics {
  readonly topics: readonly EditedTopic[];
  /** Index into `topics` of each found topic. */
  readonly topicOf: readonly number[];
  /** Edits whose topics no longer exist, in their order. */
  readonly notApplied: readonly TopicEdit[];
}

/** Share of an edit's anchor texts that must lie in one topic for it to be the topic meant. */
const ANCHOR_MAJORITY = 0.5;

/** Replays merges and renames on topics found anew. An edit finds its topic by id, else by where more than half of its
 *  anchor texts lie now. A merge whose topics have become one already is applied as a rename only (where it gives a name).
 *  @param topicOfHash index of the found topic that holds a text; undefined for outliers and texts that are gone */
export function replayTopicEdits(
  found: readonly EditableTopic[],
  topicOfHash: (hash: string) => number | undefined,
  edits: readonly TopicEdit[],
): EditedTopics {
  const indexOfId = new Map(found.map((topic, index) => [topic.id, index]));
  const group = found.map((_, index) => index);
  const names = new Map<number, string>();
  const notApplied: TopicEdit[] = [];

  const resolve = (anchor: { readonly topicId: string; readonly anchors: readonly string[] }): number | undefined => {
    const byId = indexOfId.get(anchor.topicId);
    if (byId !== undefined) return byId;
    const votes = new Map<number, number>();
    for (const hash of anchor.anchors) {
      const topic = topicOfHash(hash);
      if (topic !== undefined) votes.set(topic, (votes.get(topic) ?? 0) + 1);
    }
    for (const [topic, count] of votes) if (count > ANCHOR_MAJORITY * anchor.anchors.length) return topic;
    return undefined;
  };

  for (const edit of edits) {
    if (edit.type === 'rename') {
      const topic = resolve(edit.topic);
      if (topic === undefined) notApplied.push(edit);
      else names.set(group[topic]!, edit.name);
      continue;
    }
    const resolved = edit.topics.map(resolve);
    const first = resolved[0];
    if (first === undefined || resolved.includes(undefined)) {
      notApplied.push(edit);
      continue;
    }
    const into = group[first]!;
    for (const topic of resolved) {
      const from = group[topic!]!;
      if (from === into) continue;
      names.delete(from);
      for (let i = 0; i < group.length; i++) if (group[i] === from) group[i] = into;
    }
    if (edit.name !== null) names.set(into, edit.name);
  }

  const kept = [...new Set(group)].sort((a, b) => a - b);
  const topics = kept.map((leader) => ({
    id: found[leader]!.id,
    name: names.get(leader) ?? found[leader]!.name,
    renamed: names.has(leader),
    mergedFrom: [leader, ...found.map((_, i) => i).filter((i) => i !== leader && group[i] === leader)].map(
      (i) => found[i]!.id,
    ),
  }));
  return { topics, topicOf: group.map((leader) => kept.indexOf(leader)), notApplied };
}
