import type { AdaptedModel } from './results.ts';

/** The model that an adapted one was made from: what was compressed, else what was adapted. */
export function madeFrom({ compression, sourceId }: Pick<AdaptedModel, 'compression' | 'sourceId'>): string {
  return compression?.sourceId ?? compression?.parentId ?? sourceId;
}
