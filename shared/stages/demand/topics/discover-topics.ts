import { AppError } from '../../../errors/app-error.ts';
import { projectToLeading } from '../../../linear-algebra/randomized-svd.ts';
import type { DenseRows, Rows } from '../../../linear-algebra/sparse.ts';
import { createRng } from '../../../rng.ts';
import { classTfidf, type TopicTerm } from './class-tfidf.ts';
import { type KMeansResult, kMeans } from './k-means.ts';
import { adjustedRandIndex } from './partition-agreement.ts';
import { chooseTopicCount, type TopicCountCandidate } from './topic-count.ts';

export interface TopicInput {
  /** One row per text: embeddings, or TF-IDF rows as the baseline. Row length plays no part. */
  readonly vectors: Rows;
  /** Tokens of each text without stop words; they name the topics. */
  readonly tokens: readonly (readonly string[])[];
  /** Hash of each text; ids and anchors are made from them. */
  readonly hashes: readonly string[];
  /** Null: chosen from the data. */
  readonly topics: number | null;
  readonly seed: number;
  /** Runs that differ by seed; the tightest is kept, all are compared. */
  readonly runs?: number;
  /** `done` of `total` steps of about equal work; may throw to stop. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface FoundTopic {
  readonly id: string;
  readonly name: string;
  readonly terms: readonly TopicTerm[];
  readonly size: number;
  readonly share: number;
  readonly cohesion: number;
  /** Rows nearest to the centre first, texts that say the same once. */
  readonly representatives: readonly number[];
  readonly anchors: readonly string[];
}

export interface FoundTopics {
  /** Largest first. */
  readonly topics: readonly FoundTopic[];
  /** Topic of each row, −1 for outliers. */
  readonly topicOf: Int32Array;
  /** Cosine of each row to the centre of its cluster. */
  readonly cosine: Float32Array;
  readonly chosenBy: 'data' | 'analyst';
  readonly candidates: readonly TopicCountCandidate[];
  readonly stability: { readonly runs: number; readonly adjustedRandIndex: number | null };
  readonly outliers: { readonly size: number; readonly share: number; readonly minimumCosine: number };
}

const PROJECTED = 64;
const FEWEST_TEXTS = 10;
const TERMS = 10;
const NAME_TERMS = 3;
const REPRESENTATIVES = 5;
const ANCHORS = 20;
/** Robust deviations below the median cosine at which a text counts as an outlier; 1.4826 makes the MAD a deviation. */
const OUTLIER_DEVIATIONS = 3;
const MAD_TO_DEVIATION = 1.4826;

/** Topics of texts: k-means on rows of length 1 in the space of the 64 leading singular vectors, with names, outliers
 *  and stability. Equal input gives equal output.   @throws AppError 'demand.too-few-texts', 'stats.shape' */
export function discoverTopics(input: TopicInput): FoundTopics {
  const { vectors, tokens, hashes, seed } = input;
  const n = vectors.rows;
  if (n < FEWEST_TEXTS) throw new AppError('demand.too-few-texts', { n, needed: FEWEST_TEXTS });
  if (tokens.length !== n || hashes.length !== n)
    throw new AppError('stats.shape', { what: 'texts', problem: `${tokens.length} token lists for ${n} vectors` });
  const runs = input.runs ?? 5;
  const progress = input.onProgress ?? (() => {});
  const x = unitRows(projectToLeading(vectors, PROJECTED, createRng(seed)));
  const choice =
    input.topics === null
      ? chooseTopicCount(x, seed, (done, total) => progress(done, total + runs))
      : { topics: Math.min(input.topics, n), candidates: [] };

  const results: KMeansResult[] = [];
  for (let run = 0; run < runs; run++) {
    const done = choice.candidates.length + run;
    const step = () => progress(done, choice.candidates.length + runs);
    results.push(kMeans(x, { clusters: choice.topics, rng: createRng(seed + 1000 + run), onIteration: step }));
  }
  const best = results.reduce((top, next) => (next.inertia < top.inertia ? next : top));
  const cosine = cosinesToCentres(x, best);
  const minimumCosine = robustMinimum(cosine);
  const cluster = best.cluster.map((c, row) => (cosine[row]! < minimumCosine ? -1 : c));
  const { order, topicOf, sizes } = largestFirst(cluster, choice.topics);
  const terms = classTfidf(tokens, topicOf, order.length, TERMS);
  const outliers = n - sizes.reduce((sum, size) => sum + size, 0);
  const members: number[][] = order.map(() => []);
  topicOf.forEach((topic, row) => {
    if (topic >= 0) members[topic]!.push(row);
  });
  const names = uniqueNames(terms);
  const topics = members.map((rows, topic) => {
    const nearest = [...rows].sort((a, b) => cosine[b]! - cosine[a]! || a - b);
    const distinct = firstOfEach(nearest, hashes, ANCHORS);
    return {
      id: `t-${hashes[distinct[0]!]!.slice(0, 10)}`,
      name: names[topic]!,
      terms: terms[topic]!,
      size: rows.length,
      share: rows.length / n,
      cohesion: rows.reduce((sum, row) => sum + cosine[row]!, 0) / rows.length,
      representatives: distinct.slice(0, REPRESENTATIVES),
      anchors: distinct.map((row) => hashes[row]!),
    };
  });
  return {
    topics: withUniqueIds(topics),
    topicOf,
    cosine,
    chosenBy: input.topics === null ? 'data' : 'analyst',
    candidates: choice.candidates,
    stability: { runs, adjustedRandIndex: meanPairwiseAgreement(results.map((result) => result.cluster)) },
    outliers: { size: outliers, share: outliers / n, minimumCosine },
  };
}

/** Mean adjusted Rand index of all pairs; null for fewer than two partitions. */
function meanPairwiseAgreement(partitions: readonly Int32Array[]): number | null {
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < partitions.length; i++)
    for (let j = i + 1; j < partitions.length; j++, pairs++) sum += adjustedRandIndex(partitions[i]!, partitions[j]!);
  return pairs === 0 ? null : sum / pairs;
}

function unitRows(x: DenseRows): DenseRows {
  const value = x.value.slice();
  for (let row = 0; row < x.rows; row++) {
    const cells = value.subarray(row * x.columns, (row + 1) * x.columns);
    const norm = Math.hypot(...cells);
    if (norm > 0) for (let j = 0; j < cells.length; j++) cells[j]! /= norm;
  }
  return { ...x, value };
}

function cosinesToCentres(x: DenseRows, { centres, cluster }: KMeansResult): Float32Array {
  const d = x.columns;
  const norms = Float64Array.from({ length: centres.length / d }, (_, c) =>
    Math.hypot(...centres.subarray(c * d, (c + 1) * d)),
  );
  return Float32Array.from(cluster, (c, row) => {
    let dot = 0;
    for (let j = 0; j < d; j++) dot += x.value[row * d + j]! * centres[c * d + j]!;
    return norms[c] === 0 ? 0 : dot / norms[c]!;
  });
}

/** Median − 3 robust deviations. */
function robustMinimum(cosine: Float32Array): number {
  const median = medianOf(cosine);
  const deviation = MAD_TO_DEVIATION * medianOf(cosine.map((value) => Math.abs(value - median)));
  return median - OUTLIER_DEVIATIONS * deviation;
}

function medianOf(values: Float32Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Numbers clusters by size, largest first; empty ones (all their rows outliers) vanish. */
function largestFirst(cluster: Int32Array, k: number) {
  const size = new Int32Array(k);
  for (const c of cluster) if (c >= 0) size[c]!++;
  const order = Array.from({ length: k }, (_, c) => c)
    .filter((c) => size[c]! > 0)
    .sort((a, b) => size[b]! - size[a]! || a - b);
  const rank = new Map(order.map((c, i) => [c, i]));
  return { order, sizes: order.map((c) => size[c]!), topicOf: cluster.map((c) => (c < 0 ? -1 : rank.get(c)!)) };
}

function firstOfEach(rows: readonly number[], hashes: readonly string[], count: number): number[] {
  const seen = new Set<string>();
  const kept: number[] = [];
  for (const row of rows) {
    if (kept.length === count) break;
    if (seen.has(hashes[row]!)) continue;
    seen.add(hashes[row]!);
    kept.push(row);
  }
  return kept;
}

/** The leading terms; topics whose leading terms agree get more of them, then their number. */
function uniqueNames(terms: readonly (readonly TopicTerm[])[]): string[] {
  const names: string[] = [];
  terms.forEach((list, topic) => {
    const words = list.map((term) => term.term);
    let length = Math.min(NAME_TERMS, words.length);
    let name = words.slice(0, length).join(' · ');
    while (names.includes(name) && length < words.length) name = words.slice(0, ++length).join(' · ');
    if (name === '' || names.includes(name)) name = `${name} #${topic + 1}`.trim();
    names.push(name);
  });
  return names;
}

/** Two clusters may share a nearest text only when equal texts were split between them; the later gets a suffix. */
function withUniqueIds(topics: readonly FoundTopic[]): FoundTopic[] {
  const seen = new Map<string, number>();
  return topics.map((topic) => {
    const times = (seen.get(topic.id) ?? 0) + 1;
    seen.set(topic.id, times);
    return times === 1 ? topic : { ...topic, id: `${topic.id}-${times}` };
  });
}
