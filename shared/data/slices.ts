/** Lets others have their turn; resolves at once while the present slice of time is not used up. */
export type Pause = () => Promise<void>;

const RUN = 512;
const MERGED_BETWEEN_PAUSES = 4096;

/** The positions 0 … length − 1 in order, equal ones as they stood: a merge sort that pauses every few thousand comparisons, so that no sort of any length holds up whatever else its thread has to do. */
export async function sortInSlices(
  length: number,
  compare: (one: number, other: number) => number,
  pause: Pause,
): Promise<Uint32Array> {
  let sorted = Uint32Array.from({ length }, (_, index) => index);
  for (let start = 0; start < length; start += RUN) {
    sorted.subarray(start, start + RUN).sort(compare);
    await pause();
  }
  let merged = new Uint32Array(length);
  for (let width = RUN; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = Math.min(length, start + width);
      const end = Math.min(length, start + 2 * width);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const takesLeft = left < middle && (right >= end || compare(sorted[left] ?? 0, sorted[right] ?? 0) <= 0);
        merged[at] = (takesLeft ? sorted[left++] : sorted[right++]) ?? 0;
        if (at % MERGED_BETWEEN_PAUSES === 0) await pause();
      }
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}
