import type { RunRecord } from '../results.ts';

/** A model as far as it says what it was made of; of an adapted one `sourceId` does. */
type Made = Pick<RunRecord, 'compression'> & { readonly sourceId?: string };

/** Encoder layers of a model that was cut, or that was adapted or stored otherwise after a cut; null where nothing was cut on the way to it.
 *  `recordOf` is asked for one after another, each being what the one before was made of. */
export function cutLayers(model: Made, recordOf: (id: string) => Made | undefined): number | null {
  const { compression, sourceId } = model;
  if (compression?.change !== undefined) return compression.change.after.layers;
  const id = compression === null ? sourceId : (compression.sourceId ?? compression.parentId);
  const source = id === undefined ? undefined : recordOf(id);
  return source === undefined ? null : cutLayers(source, recordOf);
}
