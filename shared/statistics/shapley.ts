import { AppError } from '../errors/app-error.ts';
import { cholesky, choleskySolve } from '../linear-algebra/cholesky.ts';
import type { Rng } from '../rng.ts';

/** The worth of a coalition: 1 at the players that are in it. */
export type CoalitionValue = (players: Uint8Array) => number;

export interface ShapleyValues {
  /** Worth of no player, and of all. */
  readonly base: number;
  readonly total: number;
  /** One per player; their sum is total − base. */
  readonly values: Float64Array;
  /** Coalitions whose worth was asked for, the empty and the full one included. */
  readonly coalitions: number;
  /** Whether every coalition was. */
  readonly exact: boolean;
}

/** Shapley values by KernelSHAP: the least-squares fit of an additive game under the Shapley kernel with Σ = total − base kept exactly. Where
 *  all 2^M coalitions fit into `coalitions` every one is asked and the values are exact; else the small and the large ones are, and the rest is
 *  sampled in pairs with their complements.
 *  @throws AppError 'stats.shape' without players   @source Lundberg and Lee 2017; Shapley 1953; sampling as shap KernelExplainer */
export function shapleyValues(players: number, value: CoalitionValue, coalitions: number, rng: Rng): ShapleyValues {
  if (players < 1) throw new AppError('stats.shape', { what: 'players', problem: String(players) });
  const base = value(new Uint8Array(players));
  const total = value(new Uint8Array(players).fill(1));
  if (players === 1) return { base, total, values: Float64Array.of(total - base), coalitions: 2, exact: true };
  const { found, exact } = chooseCoalitions(players, coalitions, rng);
  // Least squares with the last value eliminated: φ_M = total − base − Σ others.
  const d = players - 1;
  const gram = new Float64Array(d * d);
  const right = new Float64Array(d);
  const row = new Float64Array(d);
  for (const { mask, weight } of found) {
    const last = mask[d]!;
    const target = value(mask) - base - last * (total - base);
    for (let i = 0; i < d; i++) row[i] = mask[i]! - last;
    for (let i = 0; i < d; i++) {
      if (row[i] === 0) continue;
      right[i]! += weight * row[i]! * target;
      for (let j = 0; j < d; j++) gram[i * d + j]! += weight * row[i]! * row[j]!;
    }
  }
  const factor = cholesky(gram, d);
  if (factor === null)
    throw new AppError('stats.too-few', { what: 'coalitions', n: found.length, needed: 2 * players });
  choleskySolve(factor, d, right, 1);
  const values = new Float64Array(players);
  values.set(right);
  values[d] = total - base - right.reduce((sum, each) => sum + each, 0);
  return { base, total, values, coalitions: found.length + 2, exact };
}

interface Coalition {
  readonly mask: Uint8Array;
  weight: number;
}

function chooseCoalitions(players: number, budget: number, rng: Rng): { found: Coalition[]; exact: boolean } {
  const found = new Map<string, Coalition>();
  const add = (mask: Uint8Array, weight: number) => {
    const key = mask.join('');
    const known = found.get(key);
    if (known === undefined) found.set(key, { mask, weight });
    else known.weight += weight;
  };
  const half = Math.floor(players / 2);
  const isPaired = (size: number) => size !== players - size;
  // Weight of all coalitions of a size, and of their complements.
  const weightOf = (size: number) => ((players - 1) / (size * (players - size))) * (isPaired(size) ? 2 : 1);
  const sizes = Array.from({ length: half }, (_, i) => i + 1);
  const takesAll = 2 ** players <= budget;
  let left = budget - 2;
  let remaining = sizes.reduce((sum, size) => sum + weightOf(size), 0);
  let whole = 0;
  for (const size of sizes) {
    const count = binomial(players, size) * (isPaired(size) ? 2 : 1);
    if (!takesAll && count > (left * weightOf(size)) / remaining + 1e-9) break;
    for (const mask of subsets(players, size)) {
      add(mask, weightOf(size) / count);
      if (isPaired(size)) add(complement(mask), weightOf(size) / count);
    }
    left -= count;
    remaining -= weightOf(size);
    whole += 1;
  }
  if (whole === sizes.length) return { found: [...found.values()], exact: true };
  const rest = sizes.slice(whole);
  const pairs = Math.max(1, Math.floor(left / 2));
  for (let draw = 0; draw < pairs; draw++) {
    const size = drawSize(rest, weightOf, rng.float() * remaining);
    const mask = randomSubset(players, size, rng);
    add(mask, remaining / (2 * pairs));
    add(complement(mask), remaining / (2 * pairs));
  }
  return { found: [...found.values()], exact: false };
}

/** The size at which the running sum of weights passes `at`. */
function drawSize(sizes: readonly number[], weightOf: (size: number) => number, at: number): number {
  let sum = 0;
  for (const size of sizes) {
    sum += weightOf(size);
    if (at < sum) return size;
  }
  return sizes.at(-1)!;
}

function complement(mask: Uint8Array): Uint8Array {
  return mask.map((bit) => 1 - bit);
}

function randomSubset(players: number, size: number, rng: Rng): Uint8Array {
  const mask = new Uint8Array(players);
  for (let left = size; left > 0; ) {
    const at = rng.int(players);
    if (mask[at] === 1) continue;
    mask[at] = 1;
    left--;
  }
  return mask;
}

function* subsets(players: number, size: number): Generator<Uint8Array> {
  const at = Array.from({ length: size }, (_, i) => i);
  for (;;) {
    const mask = new Uint8Array(players);
    for (const player of at) mask[player] = 1;
    yield mask;
    let i = size - 1;
    while (i >= 0 && at[i] === players - size + i) i--;
    if (i < 0) return;
    at[i]!++;
    for (let j = i + 1; j < size; j++) at[j] = at[j - 1]! + 1;
  }
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return Math.round(result);
}
