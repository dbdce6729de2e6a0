import type { DenseRows } from '../shared/linear-algebra/sparse.ts';
import { contentTokens, intlSegmenter } from '../shared/stages/demand/text/segment.ts';
import { STOP_WORDS } from '../shared/stages/demand/text/stop-words.ts';
import { DEFAULT_TFIDF, fitTfidf, transformTfidf } from '../shared/stages/demand/text/tfidf.ts';
import { discoverTopics, type FoundTopics } from '../shared/stages/demand/topics/discover-topics.ts';
import { adjustedRandIndex, normalizedMutualInformation } from '../shared/stages/demand/topics/partition-agreement.ts';

export interface TopicsBenchInput {
  readonly texts: readonly string[];
  /** Known intent of each text, used only to judge. */
  readonly intents: readonly string[];
  /** One row per text, in their order. */
  readonly embed: (texts: readonly string[]) => Promise<DenseRows>;
  readonly seed: number;
}

interface TopicsFigures {
  readonly topics: number;
  readonly normalizedMutualInformation: number;
  readonly adjustedRandIndex: number;
  readonly stability: number | null;
  readonly outlierShare: number;
  readonly seconds: number;
}

/** Topics of texts with known intents, by embeddings and by the TF-IDF baseline that they must beat. The number of topics is
 *  chosen from the data; outliers count as a topic of their own. Embedding time is not counted. */
export async function benchTopics(input: TopicsBenchInput): Promise<{
  readonly texts: number;
  readonly intents: number;
  readonly embeddings: TopicsFigures;
  readonly tfidf: TopicsFigures;
  readonly beatsBaseline: boolean;
}> {
  const { texts, intents, seed } = input;
  const segment = intlSegmenter('en');
  const words = texts.map(segment);
  const tokens = words.map((list) => contentTokens(list, STOP_WORDS));
  const hashes = texts.map((_, row) => `row-${row}`);
  const names = [...new Set(intents)];
  const truth = intents.map((intent) => names.indexOf(intent));
  const figures = (run: () => FoundTopics): TopicsFigures => {
    const start = performance.now();
    const found = run();
    return {
      topics: found.topics.length,
      normalizedMutualInformation: normalizedMutualInformation(found.topicOf, truth),
      adjustedRandIndex: adjustedRandIndex(found.topicOf, truth),
      stability: found.stability.adjustedRandIndex,
      outlierShare: found.outliers.share,
      seconds: (performance.now() - start) / 1000,
    };
  };
  const vectors = await input.embed(texts);
  const embeddings = figures(() => discoverTopics({ vectors, tokens, hashes, topics: null, seed }));
  const tfidf = figures(() => {
    const model = fitTfidf(words, { ...DEFAULT_TFIDF, minDocuments: 2, maxDocumentShare: 0.5, sublinear: true });
    return discoverTopics({ vectors: transformTfidf(model, words), tokens, hashes, topics: null, seed });
  });
  return {
    texts: texts.length,
    intents: names.length,
    embeddings,
    tfidf,
    beatsBaseline: embeddings.normalizedMutualInformation > tfidf.normalizedMutualInformation,
  };
}
