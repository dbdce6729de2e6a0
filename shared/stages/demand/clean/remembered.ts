/** Values kept; beyond it a column has too many different cells for remembering to pay. */
const MAX_REMEMBERED = 10_000;

/** `judge` with its results kept by cell: a column of answers repeats a handful of values a hundred thousand times. */
export function remembered<T>(judge: (cell: string) => T): (cell: string) => T {
  const known = new Map<string, T>();
  return (cell) => {
    const found = known.get(cell);
    if (found !== undefined) return found;
    const result = judge(cell);
    if (known.size < MAX_REMEMBERED) known.set(cell, result);
    return result;
  };
}
