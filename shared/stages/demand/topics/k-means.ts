import { AppError } from '../../../errors/app-error.ts';
import { rowsTimes } from '../../../linear-algebra/row-products.ts';
import type { DenseRows } from '../../../linear-algebra/sparse.ts';
import type { Rng } from '../../../rng.ts';

export interface KMeansResult {
  /** k×columns, row-major. */
  readonly centres: Float64Array;
  /** Cluster of each row. */
  readonly cluster: Int32Array;
  /** Sum of squared distances to the nearest centre. */
  readonly inertia: number;
  readonly iterations: number;
}

export interface KMeansOptions {
  readonly clusters: number;
  readonly rng: Rng;
  readonly maxIterations?: number;
  /** Called before each iteration; may throw to stop. */
  readonly onIteration?: () => void;
}

const BLOCK = 256;
/** Lloyd's iterations end when fewer rows than this share change their cluster. */
const SETTLED_SHARE = 0.0005;

/** Lloyd's k-means from a greedy k-means++ start, Euclidean. A cluster that empties takes the row farthest from its centre.
 *  @throws AppError 'stats.too-few' (fewer rows than clusters)   @source Arthur and Vassilvitskii 2007 */
export function kMeans(x: DenseRows, options: KMeansOptions): KMeansResult {
  const k = options.clusters;
  if (x.rows < k || k < 1) throw new AppError('stats.too-few', { what: 'rows', n: x.rows, needed: Math.max(k, 1) });
  const squares = squaredNorms(x);
  const centres = seedCentres(x, squares, k, options.rng);
  const cluster = new Int32Array(x.rows).fill(-1);
  const distance = new Float64Array(x.rows);
  const maxIterations = options.maxIterations ?? 60;
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    options.onIteration?.();
    const changed = assignToNearest(x, squares, centres, k, cluster, distance);
    if (changed <= SETTLED_SHARE * x.rows) break;
    moveCentres(x, centres, k, cluster, distance);
  }
  if (iterations === maxIterations) assignToNearest(x, squares, centres, k, cluster, distance);
  let inertia = 0;
  for (const d of distance) inertia += d;
  return { centres, cluster, inertia, iterations };
}

/** Squared Euclidean distance of every row to every centre: writes `visit(row, distances of that row)`. */
export function forEachDistances(
  x: DenseRows,
  centres: Float64Array,
  k: number,
  visit: (row: number, squaredDistances: Float64Array) => void,
): void {
  const squares = squaredNorms(x);
  const { transposed, offset } = forProducts(centres, k, x.columns);
  const block = new Float64Array(BLOCK * k);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.rows);
    rowsTimes(x, from, to, transposed, offset, block);
    for (let row = from; row < to; row++) {
      const distances = block.subarray((row - from) * k, (row - from + 1) * k);
      for (let c = 0; c < k; c++) distances[c] = Math.max(0, squares[row]! - 2 * distances[c]!);
      visit(row, distances);
    }
  }
}

/** Centres as columns, and −½|c|² to add: the largest x·c − ½|c|² is the nearest centre. */
function forProducts(centres: Float64Array, k: number, d: number) {
  const transposed = new Float64Array(d * k);
  const offset = new Float64Array(k);
  for (let c = 0; c < k; c++)
    for (let j = 0; j < d; j++) {
      const v = centres[c * d + j]!;
      transposed[j * k + c] = v;
      offset[c]! -= 0.5 * v * v;
    }
  return { transposed, offset };
}

function assignToNearest(
  x: DenseRows,
  squares: Float64Array,
  centres: Float64Array,
  k: number,
  cluster: Int32Array,
  distance: Float64Array,
): number {
  const { transposed, offset } = forProducts(centres, k, x.columns);
  const block = new Float64Array(BLOCK * k);
  let changed = 0;
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.rows);
    rowsTimes(x, from, to, transposed, offset, block);
    for (let row = from; row < to; row++) {
      const at = (row - from) * k;
      let best = 0;
      for (let c = 1; c < k; c++) if (block[at + c]! > block[at + best]!) best = c;
      if (cluster[row] !== best) changed++;
      cluster[row] = best;
      distance[row] = Math.max(0, squares[row]! - 2 * block[at + best]!);
    }
  }
  return changed;
}

function moveCentres(
  x: DenseRows,
  centres: Float64Array,
  k: number,
  cluster: Int32Array,
  distance: Float64Array,
): void {
  const d = x.columns;
  const size = new Int32Array(k);
  centres.fill(0);
  for (let row = 0; row < x.rows; row++) {
    const c = cluster[row]!;
    size[c]!++;
    for (let j = 0; j < d; j++) centres[c * d + j]! += x.value[row * d + j]!;
  }
  for (let c = 0; c < k; c++) {
    if (size[c]! > 0) {
      for (let j = 0; j < d; j++) centres[c * d + j]! /= size[c]!;
      continue;
    }
    let farthest = 0;
    for (let row = 1; row < x.rows; row++) if (distance[row]! > distance[farthest]!) farthest = row;
    distance[farthest] = 0;
    for (let j = 0; j < d; j++) centres[c * d + j] = x.value[farthest * d + j]!;
  }
}

function seedCentres(x: DenseRows, squares: Float64Array, k: number, rng: Rng): Float64Array {
  const d = x.columns;
  const centres = new Float64Array(k * d);
  const trials = 2 + Math.floor(Math.log(k));
  const nearest = new Float64Array(x.rows).fill(Number.POSITIVE_INFINITY);
  const candidate = Array.from({ length: trials }, () => new Float64Array(x.rows));
  let chosen = rng.int(x.rows);
  distancesTo(x, squares, chosen, nearest, nearest);
  for (let j = 0; j < d; j++) centres[j] = x.value[chosen * d + j]!;
  for (let c = 1; c < k; c++) {
    let total = 0;
    for (const value of nearest) total += value;
    let best = Number.POSITIVE_INFINITY;
    let bestTrial = 0;
    for (let trial = 0; trial < trials; trial++) {
      const row = total > 0 ? drawProportional(nearest, rng.float() * total) : rng.int(x.rows);
      const inertia = distancesTo(x, squares, row, nearest, candidate[trial]!);
      if (inertia < best) {
        best = inertia;
        bestTrial = trial;
        chosen = row;
      }
    }
    nearest.set(candidate[bestTrial]!);
    for (let j = 0; j < d; j++) centres[c * d + j] = x.value[chosen * d + j]!;
  }
  return centres;
}

/** Writes min(nearest, distance to `centre` row) into `out`; returns its sum. */
function distancesTo(
  x: DenseRows,
  squares: Float64Array,
  centre: number,
  nearest: Float64Array,
  out: Float64Array,
): number {
  const d = x.columns;
  const v = x.value;
  let sum = 0;
  for (let row = 0; row < x.rows; row++) {
    let dot = 0;
    for (let j = 0; j < d; j++) dot += v[row * d + j]! * v[centre * d + j]!;
    const distance = Math.max(0, squares[row]! + squares[centre]! - 2 * dot);
    out[row] = Math.min(nearest[row]!, distance);
    sum += out[row]!;
  }
  return sum;
}

function drawProportional(weights: Float64Array, at: number): number {
  let rest = at;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

function squaredNorms(x: DenseRows): Float64Array {
  const norms = new Float64Array(x.rows);
  for (let row = 0; row < x.rows; row++)
    for (let j = 0; j < x.columns; j++) norms[row]! += x.value[row * x.columns + j]! * x.value[row * x.columns + j]!;
  return norms;
}
