import { createRng } from '../../../rng.ts';
import { isSimilar, shingleHashes } from './shingles.ts';

const HASHES = 128;
const HASH_SEED = 0x6d686173;
/** A pair at the threshold is found with at least this probability. */
const LEAST_RECALL = 0.995;
/** Candidates verified per text and table entries looked at for them. They bound the work where thousands of texts follow one template
 *  without being duplicates; there a near duplicate may be overlooked, an equal text never. */
const MAX_CANDIDATES = 50;
const MAX_LOOKED_AT = 500;

/** For each text the index of the first kept text of which it is a near duplicate, else -1. MinHash signatures in bands propose pairs, the exact
 *  Jaccard similarity of their shingle sets decides. Texts of different `groups` are never compared; null texts are left out.
 *  The same input gives the same output.
 *  @source Broder 1997, "On the resemblance and containment of documents"; Leskovec et al., "Mining of Massive Datasets", ch. 3 */
export function nearDuplicates(
  comparisonForms: readonly (string | null)[],
  groups: readonly string[] | null,
  threshold: number,
): Int32Array {
  const n = comparisonForms.length;
  const duplicateOf = new Int32Array(n).fill(-1);
  const sets: (Uint32Array | null)[] = new Array(n).fill(null);
  const rows = rowsPerBand(threshold);
  const tables = Array.from({ length: Math.floor(HASHES / rows) }, () => new BandTable(n));
  const signature = new Uint32Array(HASHES);
  const multipliers = hashMultipliers();
  const seen = new Int32Array(n).fill(-1);

  const equal = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const form = comparisonForms[i];
    if (form === null || form === undefined || form === '') continue;
    const key = groups === null ? form : `${groups[i]}\u0001${form}`;
    const same = equal.get(key);
    if (same !== undefined) {
      duplicateOf[i] = duplicateOf[same] === -1 ? same : duplicateOf[same]!;
      continue;
    }
    equal.set(key, i);
    const set = shingleHashes(form);
    signInto(signature, set, multipliers);
    const keys = tables.map((_, band) => bandKey(signature, band * rows, rows));
    let found = -1;
    let verified = 0;
    let lookedAt = 0;
    for (let band = 0; band < tables.length; band++) {
      const table = tables[band]!;
      for (let other = table.first(keys[band]!); other >= 0; other = table.next(other)) {
        if (verified >= MAX_CANDIDATES || ++lookedAt > MAX_LOOKED_AT) break;
        if (seen[other] === i || table.key(other) !== keys[band]) continue;
        seen[other] = i;
        if (groups !== null && groups[other] !== groups[i]) continue;
        verified++;
        if ((found < 0 || other < found) && isSimilar(sets[other]!, set, threshold)) found = other;
      }
    }
    duplicateOf[i] = found;
    if (found >= 0) continue;
    sets[i] = set;
    for (let band = 0; band < tables.length; band++) tables[band]!.add(i, keys[band]!);
  }
  return duplicateOf;
}

/** The most rows per band (fewest false candidates) with which a pair at the threshold is still found. */
function rowsPerBand(threshold: number): number {
  for (let rows = HASHES; rows > 1; rows--) {
    const bands = Math.floor(HASHES / rows);
    if (1 - (1 - threshold ** rows) ** bands >= LEAST_RECALL) return rows;
  }
  return 1;
}

function hashMultipliers(): Uint32Array {
  const rng = createRng(HASH_SEED);
  return Uint32Array.from({ length: HASHES * 2 }, (_, i) => (i % 2 === 0 ? rng.uint32() : rng.uint32() | 1));
}

function signInto(signature: Uint32Array, set: Uint32Array, multipliers: Uint32Array): void {
  for (let h = 0; h < HASHES; h++) {
    const mask = multipliers[h * 2]!;
    const factor = multipliers[h * 2 + 1]!;
    let least = 0xffffffff;
    for (let k = 0; k < set.length; k++) {
      const value = Math.imul(set[k]! ^ mask, factor) >>> 0;
      if (value < least) least = value;
    }
    signature[h] = least;
  }
}

function bandKey(signature: Uint32Array, start: number, length: number): number {
  let key = 0x811c9dc5;
  for (let i = start; i < start + length; i++) {
    key = Math.imul(key ^ signature[i]!, 0x01000193);
    key ^= key >>> 15;
  }
  return key >>> 0;
}

/** Chained hash table from band keys to text indices, in flat arrays. */
class BandTable {
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #keys: Uint32Array;
  readonly #mask: number;

  constructor(capacity: number) {
    let size = 16;
    while (size < capacity) size *= 2;
    this.#heads = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(capacity);
    this.#keys = new Uint32Array(capacity);
    this.#mask = size - 1;
  }

  add(index: number, key: number): void {
    const slot = key & this.#mask;
    this.#next[index] = this.#heads[slot]!;
    this.#keys[index] = key;
    this.#heads[slot] = index;
  }

  first(key: number): number {
    return this.#heads[key & this.#mask]!;
  }

  next(index: number): number {
    return this.#next[index]!;
  }

  key(index: number): number {
    return this.#keys[index]!;
  }
}
