/** 1 for the largest; equal values rank in their order. */
export function ranksOf(values: ArrayLike<number>): number[] {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
  const ranks: number[] = new Array(values.length).fill(0);
  order.forEach((item, position) => {
    ranks[item] = position + 1;
  });
  return ranks;
}
