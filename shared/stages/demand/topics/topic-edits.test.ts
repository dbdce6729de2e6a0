import { describe, expect, it } from 'vitest';
import type { TopicEdit } from '../results.ts';
import { replayTopicEdits } from './topic-edits.ts';

const found = [
  { id: 't-a', name: 'card' },
  { id: 't-b', name: 'fee' },
  { id: 't-c', name: 'login' },
];
const nowhere = () => undefined;
const anchor = (topicId: string, anchors: readonly string[] = []) => ({ topicId, anchors: [...anchors] });
const rename = (topicId: string, name: string, anchors: readonly string[] = []): TopicEdit => ({
  type: 'rename',
  topic: anchor(topicId, anchors),
  name,
});
const merge = (ids: readonly string[], name: string | null): TopicEdit => ({
  type: 'merge',
  topics: ids.map((id) => anchor(id)),
  name,
});

describe('replaying topic edits', () => {
  it('leaves topics as found without edits', () => {
    const edited = replayTopicEdits(found, nowhere, []);
    expect(edited.topicOf).toEqual([0, 1, 2]);
    expect(edited.topics[1]).toEqual({ id: 't-b', name: 'fee', renamed: false, mergedFrom: ['t-b'] });
  });

  it('merges into the first named, keeps its id and takes the given name', () => {
    const edited = replayTopicEdits(found, nowhere, [merge(['t-c', 't-a'], 'access')]);
    expect(edited).toEqual({
      topics: [
        { id: 't-b', name: 'fee', renamed: false, mergedFrom: ['t-b'] },
        { id: 't-c', name: 'access', renamed: true, mergedFrom: ['t-c', 't-a'] },
      ],
      topicOf: [1, 0, 1],
      notApplied: [],
    });
  });

  it('applies edits in order, so a rename of a merged topic names the whole', () => {
    const edited = replayTopicEdits(found, nowhere, [merge(['t-a', 't-b'], null), rename('t-b', 'card fees')]);
    expect(edited.topics.map((topic) => topic.name)).toEqual(['card fees', 'login']);
  });

  it('finds a topic with a new id by where most of its anchor texts lie', () => {
    const lies: Record<string, number> = { h1: 2, h2: 2, h3: 0 };
    const edited = replayTopicEdits(found, (hash) => lies[hash], [rename('t-old', 'sign in', ['h1', 'h2', 'h3'])]);
    expect(edited.topics[2]).toMatchObject({ id: 't-c', name: 'sign in' });
  });

  it('lists edits whose topic is gone and changes nothing for them', () => {
    const lies: Record<string, number> = { h1: 2, h2: 1 };
    const gone = [rename('t-old', 'x', ['h1', 'h2']), merge(['t-a', 't-old'], 'y')];
    const edited = replayTopicEdits(found, (hash) => lies[hash], gone);
    expect(edited.notApplied).toEqual(gone);
    expect(edited.topics.map((topic) => topic.name)).toEqual(['card', 'fee', 'login']);
  });
});
