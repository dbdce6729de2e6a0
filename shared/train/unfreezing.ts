import { depthOf } from './parameter-groups.ts';

/** Gradual unfreezing: the head and the top layer learn in the first epoch, and each epoch one layer more; the embeddings come last.
 *  @source Howard and Ruder 2018, Universal Language Model Fine-tuning for Text Classification, 3.3 */

/** The epoch, from 0, in which tensors at `depth` (`depthOf`) begin to learn. */
export function unfrozenInEpoch(depth: number, layers: number): number {
  return Math.max(0, layers - depth);
}

/** Those of `names` that learn in `epoch`. */
export function unfrozenNames(names: ReadonlySet<string>, layers: number, epoch: number): ReadonlySet<string> {
  return new Set([...names].filter((name) => unfrozenInEpoch(depthOf(name, layers), layers) <= epoch));
}
