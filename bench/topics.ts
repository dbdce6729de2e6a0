import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createWorkerClient } from '../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../electron/hosting/fork.ts';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';
import type { DenseRows } from '../shared/linear-algebra/sparse.ts';
import { contentTokens, intlSegmenter } from '../shared/stages/demand/text/segment.ts';
import { STOP_WORDS } from '../shared/stages/demand/text/stop-words.ts';
import { DEFAULT_TFIDF, fitTfidf, transformTfidf } from '../shared/stages/demand/text/tfidf.ts';
import { discoverTopics, type FoundTopics } from '../shared/stages/demand/topics/discover-topics.ts';
import { adjustedRandIndex, normalizedMutualInformation } from '../shared/stages/demand/topics/partition-agreement.ts';
import type { Bench } from './bench.ts';
import { readLabelled, subset } from './labelled-csv.ts';

interface TopicsBenchInput {
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
async function benchTopics(input: TopicsBenchInput): Promise<{
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

const MAX_LENGTH = 128;

/** `topics --model DIR --data F.csv --text COL --label COL [--limit N] [--seed S]` */
export const topics: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      data: { type: 'string' },
      text: { type: 'string' },
      label: { type: 'string' },
      limit: { type: 'string' },
      seed: { type: 'string', default: '0' },
    },
  });
  const { model, data, text, label, limit } = values;
  if (model === undefined || data === undefined || text === undefined || label === undefined) {
    throw new AppError('request.invalid', {
      name: 'topics',
      path: 'model, data, text, label',
      problem: because('missing', {}),
    });
  }
  const seed = Number(values.seed);
  const rows = subset(readLabelled(data, text, label), limit === undefined ? null : Number(limit), null, seed);
  const client = createWorkerClient(() => forkEntry('worker'));
  try {
    return await benchTopics({
      texts: rows.texts,
      intents: rows.labels,
      seed,
      async embed(texts) {
        const { vectors, dimensions } = await client.run({
          type: 'embed',
          folder: resolve(model),
          hash: null,
          tuned: null,
          texts: [...texts],
          maxLength: MAX_LENGTH,
          threads: physicalCores(),
        });
        return { type: 'dense', rows: texts.length, columns: dimensions, value: vectors };
      },
    });
  } finally {
    client.dispose();
  }
};
