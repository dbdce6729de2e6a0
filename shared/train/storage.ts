import { z } from 'zod';

/** A part of an encoder that can be stored by itself: the embedding tables, or attention or feed-forward of one layer. */
export type StoredGroup = 'embeddings' | `layer.${number}.${'attention' | 'feed-forward'}`;
const GROUP = /^(embeddings|layer\.\d+\.(attention|feed-forward))$/;

/** All parts of an encoder, from the input up. */
export function storedGroups(layers: number): readonly StoredGroup[] {
  const ofLayer = (layer: number) => [`layer.${layer}.attention`, `layer.${layer}.feed-forward`] as const;
  return ['embeddings', ...Array.from({ length: layers }, (_, layer) => ofLayer(layer)).flat()];
}

/** The part that a weight belongs to, by its name, packed or not; null for a weight that always stays float32 (biases, norms, the head). */
export function groupOfTensor(name: string): StoredGroup | null {
  if (/^bert\.embeddings\.(word|position)_embeddings\.weight$/.test(name)) return 'embeddings';
  const layer = /^bert\.encoder\.layer\.(\d+)\.(attention\.)?.*\.weight$/.exec(name);
  if (layer === null || name.includes('LayerNorm')) return null;
  return `layer.${Number(layer[1])}.${layer[2] === undefined ? 'feed-forward' : 'attention'}`;
}

/** How weights are kept. `float32`: as trained. `int8`: bytes, activations measured when asked. `int8-static`: bytes, activations on scales measured
 *  beforehand. `int4`: half bytes in blocks. `float16`: halves in the file, computed in float32. `sparse`: zeros left out of the file. */
const STORAGE_FORMATS = ['float32', 'int8', 'int8-static', 'int4', 'float16', 'sparse'] as const;
export const storageFormatSchema = z.enum(STORAGE_FORMATS);
export type StorageFormat = z.output<typeof storageFormatSchema>;

/** Parts that stay float32. */
export const keptGroupsSchema = z.array(z.string().regex(GROUP)).max(512);
/** Least and largest value of what is multiplied with a weight, by the weight's name. */
export const rangesSchema = z.record(z.string(), z.tuple([z.number(), z.number()]));
export type Ranges = z.output<typeof rangesSchema>;

export interface Storage {
  readonly format: StorageFormat;
  readonly keep: readonly string[];
  /** Needed by `int8-static` for every part that is not kept. */
  readonly ranges: Ranges;
}

export const AS_TRAINED: Storage = { format: 'float32', keep: [], ranges: {} };

/** Whether a weight is stored in the format, or stays float32. */
export function isStored({ format, keep }: Storage, name: string): boolean {
  const group = groupOfTensor(name);
  return format !== 'float32' && group !== null && !keep.includes(group);
}

/** The same storage with one part alone in the format. */
export function aloneIn(storage: Storage, group: StoredGroup, layers: number): Storage {
  return { ...storage, keep: storedGroups(layers).filter((other) => other !== group) };
}
