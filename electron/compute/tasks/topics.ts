import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TopicsResult } from '../../../shared/stages/demand/results.ts';
import { contentTokens } from '../../../shared/stages/demand/text/segment.ts';
import { STOP_WORDS } from '../../../shared/stages/demand/text/stop-words.ts';
import { discoverTopics } from '../../../shared/stages/demand/topics/discover-topics.ts';
import { SEGMENTER_NAME, wordSegmenter } from '../segmenter.ts';
import type { ComputeTask } from '../task.ts';

/** Characters of a representative text that the result keeps. */
const SHOWN_CHARACTERS = 300;

export interface TopicSource {
  readonly datasetId: string;
  /** Rows that have a vector. */
  readonly rows: Int32Array;
  /** [rows × dimensions] */
  readonly vectors: Float32Array;
  readonly texts: StringTable;
  readonly identities: StringTable;
}

export const topicsTask: ComputeTask<
  {
    readonly modelId: string | null;
    readonly topics: number | null;
    readonly seed: number;
    readonly sources: readonly TopicSource[];
  },
  { readonly result: TopicsResult; readonly topicOf: Int32Array }
> = {
  run({ modelId, topics, seed, sources }, context) {
    const texts: { datasetId: string; row: number; text: string; hash: string }[] = [];
    for (const source of sources) {
      const all = unpackStrings(source.texts);
      const hashes = unpackStrings(source.identities);
      for (const row of source.rows) {
        texts.push({ datasetId: source.datasetId, row, text: all[row] ?? '', hash: hashes[row] ?? '' });
      }
    }
    if (texts.length === 0) throw new AppError('demand.no-text', {});
    const columns = sources[0]!.vectors.length / Math.max(1, sources[0]!.rows.length);
    const value = new Float32Array(texts.length * columns);
    let at = 0;
    for (const { vectors } of sources) {
      value.set(vectors, at);
      at += vectors.length;
    }
    const segment = wordSegmenter();
    const found = discoverTopics({
      vectors: { type: 'dense', rows: texts.length, columns, value },
      tokens: texts.map(({ text }) => contentTokens(segment(text), STOP_WORDS)),
      hashes: texts.map(({ hash }) => hash),
      topics,
      seed,
      onProgress: (done, total) =>
        context.progress({
          fraction: done / total,
          phase: 'clustering',
          done,
          total,
          unit: 'steps',
          rate: null,
          etaMs: null,
        }),
    });
    return {
      topicOf: found.topicOf,
      result: {
        texts: texts.length,
        vectors: 'embeddings',
        modelId,
        segmenter: SEGMENTER_NAME,
        chosenBy: found.chosenBy,
        candidates: [...found.candidates],
        stability: found.stability,
        outliers: found.outliers,
        topics: found.topics.map((topic) => ({
          ...topic,
          terms: [...topic.terms],
          anchors: [...topic.anchors],
          representatives: topic.representatives.map((index) => {
            const { datasetId, row, text } = texts[index]!;
            return { datasetId, row, text: text.slice(0, SHOWN_CHARACTERS) };
          }),
        })),
      },
    };
  },
};
