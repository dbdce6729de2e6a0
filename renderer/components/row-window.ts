/** Rows of a list that are on the screen, with some before and after. Pixels in, half-open row range out. */
export function visibleRange(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  total: number,
  margin: number,
): readonly [number, number] {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
  const last = Math.min(total, Math.ceil((scrollTop + viewHeight) / rowHeight) + margin);
  return [Math.min(first, last), last];
}

/** Pages that hold a half-open row range. */
export function pagesOf(range: readonly [number, number], pageSize: number): readonly number[] {
  const [first, last] = range;
  if (last <= first) return [];
  const from = Math.floor(first / pageSize);
  return Array.from({ length: Math.floor((last - 1) / pageSize) - from + 1 }, (_, index) => from + index);
}
