/** A text as a set: hashes of its shingles, sorted, each once. Text with Han characters is cut into runs of three characters, other
 *  text into pairs of words. A text shorter than one shingle is one itself. Two shingles share a 32-bit hash with a chance of 2⁻³². */
export function shingleHashes(comparisonForm: string): Uint32Array {
  const units = /\p{Script=Han}/u.test(comparisonForm)
    ? [...comparisonForm.replaceAll(' ', '')]
    : comparisonForm.split(' ');
  const size = /\p{Script=Han}/u.test(comparisonForm) ? 3 : 2;
  const hashes = new Uint32Array(Math.max(1, units.length - size + 1));
  for (let i = 0; i < hashes.length; i++) {
    let hash = 0x811c9dc5;
    for (let k = i; k < Math.min(i + size, units.length); k++)
      hash = hashText(units[k]!, Math.imul(hash ^ 0x1f, 0x01000193));
    hashes[i] = mix(hash);
  }
  hashes.sort();
  let kept = 0;
  for (let i = 0; i < hashes.length; i++) if (i === 0 || hashes[i] !== hashes[i - 1]) hashes[kept++] = hashes[i]!;
  return hashes.slice(0, kept);
}

/** FNV-1a over UTF-16 units. @source Fowler, Noll and Vo */
function hashText(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** Spreads every input bit over the whole word. @source Appleby, MurmurHash3 finaliser */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Whether the Jaccard similarity of two sorted sets is at least `threshold`; stops as soon as it cannot be. */
export function isSimilar(a: Uint32Array, b: Uint32Array, threshold: number): boolean {
  // shared / (|a| + |b| − shared) ≥ t is the same as shared ≥ (|a| + |b|)·t / (1 + t); the epsilon takes up rounding.
  const needed = Math.ceil(((a.length + b.length) * threshold) / (1 + threshold) - 1e-9);
  let missesLeft = Math.min(a.length, b.length) < needed ? -1 : a.length - needed;
  let missesRight = b.length - needed;
  for (let i = 0, k = 0; missesLeft >= 0 && missesRight >= 0 && i < a.length && k < b.length; ) {
    const left = a[i]!;
    const right = b[k]!;
    if (left < right) missesLeft--;
    if (left > right) missesRight--;
    if (left <= right) i++;
    if (right <= left) k++;
    if (i === a.length) missesRight -= b.length - k;
    if (k === b.length) missesLeft -= a.length - i;
  }
  return missesLeft >= 0 && missesRight >= 0;
}
