import type { RunConfig } from './run-config.ts';
import type { LoraTarget } from './spec.ts';

export type Method = RunConfig['method'];

/** Methods in the order in which a person meets them. */
export const METHOD_TYPES = [
  'full',
  'frozen-prefix',
  'head',
  'lora',
  'adalora',
  'adapter',
  'bitfit',
] as const satisfies readonly Method['type'][];

export const ALL_LINEAR: readonly LoraTarget[] = [
  'query',
  'key',
  'value',
  'attention.output',
  'intermediate',
  'output',
];

/** A method with its usual options, on an encoder of so many layers.
 *  @source lora: rank 8 and α 16 on all linear layers, as Dettmers et al. 2023 (4) find them needed; query and value alone, as Hu et al. 2022, cost 0.3 to 0.9
 *  points of accuracy here (`bench/README.md`); adalora: rank 12 to 8 as peft, all linear layers as Zhang et al. 2023, α so that the
 *  scale is LoRA's; adapter: AdapterHub's reduction of 16 */
export function usualMethod(type: Method['type'], layers: number): Method {
  switch (type) {
    case 'full':
      return { type, freezeEmbeddings: true };
    case 'frozen-prefix':
      return { type, layers: Math.max(1, layers - 1) };
    case 'head':
      return { type };
    case 'bitfit':
      return { type, biases: 'all' };
    case 'adapter':
      return { type, variant: 'pfeiffer', reduction: 16 };
    case 'lora':
      return { type, rank: 8, alpha: 16, rankStabilised: false, targets: [...ALL_LINEAR] };
    case 'adalora':
      return {
        type,
        rank: 12,
        targetRank: 8,
        alpha: 24,
        targets: [...ALL_LINEAR],
        initialShare: 0.1,
        finalShare: 0.3,
        interval: 1,
        orthogonality: 0.5,
      };
  }
}
