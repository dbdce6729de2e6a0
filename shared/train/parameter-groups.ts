/** Where a parameter stands between the input and the head, for learning rates by layer and for unfreezing from the top. */

/** The encoder layer of a tensor, counted from 0; null for embeddings and head. */
export function layerOf(name: string): number | null {
  const layer = /^bert\.encoder\.layer\.(\d+)\./.exec(name)?.[1];
  return layer === undefined ? null : Number(layer);
}

/** Whether a tensor stands below the first encoder layer; ELECTRA's projection does. */
export const isEmbedding = (name: string) => /^bert\.embeddings(_project)?\./.test(name);

/** 0 for embeddings, i + 1 for layer i, layers + 2 for the head. @source google-research/electra, model/optimization.py */
export function depthOf(name: string, layers: number): number {
  const layer = layerOf(name);
  if (layer !== null) return layer + 1;
  return isEmbedding(name) ? 0 : layers + 2;
}

/** The share of the learning rate at `depth`: decay^(layers + 2 − depth), so that the head has the rate itself and the top layer decay² of it.
 *  @source google-research/electra, model/optimization.py, _get_layer_lrs */
export function layerRate(depth: number, layers: number, decay: number): number {
  return decay ** (layers + 2 - depth);
}
