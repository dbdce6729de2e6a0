import { AppError } from '../errors/app-error.ts';

/** Which heads and columns stay, from what they are worth. Importances are per layer, any scale: each layer's are divided by their L2 norm,
 *  without which the layer with the largest gradients would keep everything. @source Molchanov et al. 2017, 2.2; Michel et al. 2019 */

/** Heads that stay in each layer when `share` of all go, at least one a layer; ascending. @throws AppError 'stats.shape' for a share outside [0, 1) */
export function keepHeads(importance: readonly Float64Array[], share: number): readonly (readonly number[])[] {
  const going = Math.round(requireShare(share) * count(importance));
  const kept = importance.map((layer) => new Set(layer.keys()));
  let gone = 0;
  for (const { layer, at } of ranked(importance)) {
    if (gone === going) break;
    if (kept[layer]!.size === 1) continue;
    kept[layer]!.delete(at);
    gone += 1;
  }
  return kept.map(ascending);
}

/** Feed-forward columns that stay in each layer when about `share` of all go: as many per layer as rank among the best of all layers, rounded to a
 *  multiple of `multiple` (matrix products run in such blocks), at least one block; ascending. @throws AppError 'stats.shape' */
export function keepColumns(
  importance: readonly Float64Array[],
  share: number,
  multiple: number,
): readonly (readonly number[])[] {
  const staying = count(importance) - Math.round(requireShare(share) * count(importance));
  const best = ranked(importance).toReversed().slice(0, staying);
  return importance.map((values, layer) => {
    const wanted = best.filter((part) => part.layer === layer).length;
    const rounded = Math.max(multiple, Math.round(wanted / multiple) * multiple);
    const order = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
    return ascending(order.slice(0, Math.min(values.length, rounded)));
  });
}

interface Part {
  readonly layer: number;
  readonly at: number;
  readonly value: number;
}

/** All parts, the least important first. */
function ranked(importance: readonly Float64Array[]): readonly Part[] {
  const parts = importance.flatMap((values, layer) => {
    const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
    return Array.from(values, (value, at) => ({ layer, at, value: value / norm }));
  });
  return parts.sort((a, b) => a.value - b.value || a.layer - b.layer || a.at - b.at);
}

const count = (importance: readonly Float64Array[]) => importance.reduce((sum, { length }) => sum + length, 0);
const ascending = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

function requireShare(share: number): number {
  if (share >= 0 && share < 1) return share;
  throw new AppError('stats.shape', { what: 'share', problem: `${share} is not between 0 and 1` });
}
