import { z } from 'zod';
import { type Kept, keepAll } from './cut-encoder.ts';
import { pruneBlocks, pruneMagnitude } from './sparsity.ts';
import type { EncoderConfig, NamedTensors } from './spec.ts';
import { groupOfTensor, keptGroupsSchema, storedGroups } from './storage.ts';

/** What is taken out of an encoder. Shares are of all heads, all columns, or of every matrix. */
const share = z.number().gt(0).max(0.95);
export const pruningSchema = z.discriminatedUnion('technique', [
  z.strictObject({ technique: z.literal('vocabulary') }),
  z.strictObject({ technique: z.literal('head-pruning'), share }),
  z.strictObject({ technique: z.literal('ffn-pruning'), share }),
  /** `layers` stay: those whose absence costs most. */
  z.strictObject({ technique: z.literal('layer-drop'), layers: z.int().min(1) }),
  /** `layers` stay, evenly spread. */
  z.strictObject({ technique: z.literal('distillation'), layers: z.int().min(1) }),
  /** Of every weight matrix and table the share of smallest magnitude becomes zero. */
  z.strictObject({ technique: z.literal('magnitude'), share, keep: keptGroupsSchema }),
  /** Of every four weights along a row the two smallest become zero. */
  z.strictObject({ technique: z.literal('n-m'), keep: keptGroupsSchema }),
]);
export type Pruning = z.output<typeof pruningSchema>;
/** What sets weights to zero and leaves every shape as it is. */
export type Zeroing = Extract<Pruning, { readonly technique: 'magnitude' | 'n-m' }>;

/** Feed-forward columns go in blocks of this many, as products are computed. */
export const COLUMN_BLOCK = 32;

/** The cuts that make up a cut, each alone, so that what hurts can be named: heads or columns of one layer, one layer, or all words. */
export function partsOfCut(
  config: EncoderConfig,
  kept: Kept,
): readonly { readonly part: string; readonly kept: Kept }[] {
  const whole = keepAll(config);
  const parts: { part: string; kept: Kept }[] = [];
  if (kept.tokens !== null) parts.push({ part: 'vocabulary', kept: { ...whole, tokens: kept.tokens } });
  const alone = (layers: Kept['layers']): Kept => ({ layers, tokens: null });
  for (const full of whole.layers) {
    const { layer } = full;
    const cut = kept.layers.find((other) => other.layer === layer);
    if (cut === undefined) {
      parts.push({ part: `layer.${layer}`, kept: alone(whole.layers.filter((other) => other !== full)) });
      continue;
    }
    const replaced = (change: Partial<typeof full>) =>
      alone(whole.layers.map((other) => (other === full ? { ...full, ...change } : other)));
    if (cut.heads.length < full.heads.length) {
      parts.push({ part: `layer.${layer}.attention`, kept: replaced({ heads: cut.heads }) });
    }
    if (cut.columns.length < full.columns.length) {
      parts.push({ part: `layer.${layer}.feed-forward`, kept: replaced({ columns: cut.columns }) });
    }
  }
  return parts;
}

const [KEPT_OF_BLOCK, BLOCK_SIZE] = [2, 4];

/** The weights with zeros in these parts. */
export function withZeros(weights: NamedTensors, zeroing: Zeroing, groups: ReadonlySet<string>): NamedTensors {
  return new Map(
    [...weights].map(([name, tensor]) => {
      const group = groupOfTensor(name);
      if (group === null || !groups.has(group)) return [name, tensor];
      return [
        name,
        zeroing.technique === 'magnitude'
          ? pruneMagnitude(tensor, zeroing.share)
          : pruneBlocks(tensor, KEPT_OF_BLOCK, BLOCK_SIZE),
      ];
    }),
  );
}

/** The parts that a zeroing touches. */
export const zeroedGroups = ({ layers }: EncoderConfig, { keep }: Zeroing) =>
  storedGroups(layers).filter((group) => !keep.includes(group));
