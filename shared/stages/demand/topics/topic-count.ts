import { type DenseRows, selectRows } from '../../../linear-algebra/sparse.ts';
import { createRng, shuffle } from '../../../rng.ts';
import { forEachDistances, kMeans } from './k-means.ts';

export interface TopicCountCandidate {
  readonly topics: number;
  readonly silhouette: number;
}

/** Rows on which the candidates are compared; more change the choice little and cost in proportion. */
const SAMPLE = 4000;
const FEWEST = 5;
const MOST = 100;
/** A topic should have about this many texts at least, or its name says nothing. */
const ROWS_PER_TOPIC = 25;
const GRID_RATIO = 1.3;
/** Between a few topics and many that are hardly better, a person reads the few. */
const TOLERANCE = 0.05;
/** Rounds in which the middles between the best and its neighbours are tried. */
const REFINEMENTS = 2;

/** Numbers of topics worth trying for `rows` texts: steps of about 30 % from 5 to 100, about 25 texts each. */
function topicCountGrid(rows: number): readonly number[] {
  const most = Math.max(2, Math.min(MOST, Math.floor(rows / ROWS_PER_TOPIC)));
  const grid: number[] = [];
  for (let k = Math.min(FEWEST, most); k < most; k = Math.max(k + 1, Math.round(k * GRID_RATIO))) grid.push(k);
  grid.push(most);
  return grid;
}

/** Mean of (b − a) / max(a, b), with a and b the distances to the nearest and the second nearest centre; null for one centre.
 *  @source Hruschka, de Castro and Campello 2004 (simplified silhouette) */
function simplifiedSilhouette(x: DenseRows, centres: Float64Array, k: number): number | null {
  if (k < 2 || x.rows === 0) return null;
  let sum = 0;
  forEachDistances(x, centres, k, (_, squared) => {
    let first = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (const value of squared) {
      if (value < first) {
        second = first;
        first = value;
      } else if (value < second) second = value;
    }
    if (second > 0) sum += 1 - Math.sqrt(first / second);
  });
  return sum / x.rows;
}

/** The smallest number of topics, of a grid bounded by the number of rows, whose held-out silhouette is within 5 % of the
 *  best. Each half of the rows is judged by the centres of the other: on the rows that made the centres the silhouette
 *  only grows with their number. */
export function chooseTopicCount(
  x: DenseRows,
  seed: number,
  onCandidate: (done: number, total: number) => void = () => {},
): { readonly topics: number; readonly candidates: readonly TopicCountCandidate[] } {
  const order = shuffle(
    Int32Array.from({ length: x.rows }, (_, i) => i),
    createRng(seed),
  ).subarray(0, SAMPLE);
  const middle = order.length >> 1;
  const halves = [selectRows(x, order.subarray(0, middle)), selectRows(x, order.subarray(middle))] as const;
  const grid = topicCountGrid(order.length).filter((topics) => topics <= middle);
  const total = grid.length + 2 * REFINEMENTS;
  const candidates: TopicCountCandidate[] = [];
  const tried = new Set<number>();
  const attempt = (topics: number) => {
    if (tried.has(topics)) return;
    onCandidate(tried.size, total);
    tried.add(topics);
    const judge = (fitted: DenseRows, judged: DenseRows) => {
      const { centres } = kMeans(fitted, { clusters: topics, rng: createRng(seed + topics), maxIterations: 20 });
      return simplifiedSilhouette(judged, centres, topics) ?? 0;
    };
    candidates.push({ topics, silhouette: (judge(halves[0], halves[1]) + judge(halves[1], halves[0])) / 2 });
    candidates.sort((a, b) => a.topics - b.topics);
  };
  for (const topics of grid) attempt(topics);
  for (let round = 0; round < REFINEMENTS; round++) {
    const at = chosenIndex(candidates);
    const between = [at - 1, at].flatMap((i) =>
      i >= 0 && i + 1 < candidates.length ? [(candidates[i]!.topics + candidates[i + 1]!.topics) >> 1] : [],
    );
    for (const topics of between) attempt(topics);
  }
  return { topics: candidates[chosenIndex(candidates)]!.topics, candidates };
}

function chosenIndex(candidates: readonly TopicCountCandidate[]): number {
  const best = Math.max(...candidates.map((candidate) => candidate.silhouette));
  return candidates.findIndex((candidate) => candidate.silhouette >= best - TOLERANCE * Math.abs(best));
}
