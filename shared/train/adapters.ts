import type { Builder } from '../autodiff/builder.ts';
import type { Shape, Value } from '../autodiff/graph.ts';
import { AppError } from '../errors/app-error.ts';
import { because } from '../errors/reasons.ts';
import { layerPrefix, type PackedTensor, single } from './parameters.ts';
import type { EncoderConfig, NamedTensors, TrainSpec } from './spec.ts';

/** Bottleneck adapters: y + W_up·f(W_down·x + b_down) + b_up inside every layer, the encoder itself left alone. They cannot be merged into it:
 *  a tuned file carries their tensors, and every graph has them in.
 *  `houlsby`: after attention and after the feed-forward, f = swish, on what is about to be added and normalised.
 *  `pfeiffer`: after the feed-forward alone, f = ReLU, on the sum that the layer's LayerNorm has normalised; what comes out is normalised again.
 *  @source adapters 1.3 (AdapterHub), DoubleSeqBnConfig and SeqBnConfig in configuration/adapter_config.py, Adapter in methods/modeling.py;
 *  Houlsby et al. 2019; Pfeiffer et al. 2020 */
export interface AdapterShape {
  readonly variant: 'houlsby' | 'pfeiffer';
  /** Width of the bottleneck. */
  readonly width: number;
}

/** Where adapters stand, by the part of a layer whose output they change. */
export type AdapterSite = 'attention.output' | 'output';
const SITES: Readonly<Record<AdapterShape['variant'], readonly AdapterSite[]>> = {
  houlsby: ['attention.output', 'output'],
  pfeiffer: ['output'],
};

/** The bottleneck of a hidden size over the reduction factor; 1 at least. */
export function bottleneckWidth(hiddenSize: number, reduction: number): number {
  return Math.max(1, Math.floor(hiddenSize / reduction));
}

/** All adapter tensors of an encoder: down [width, hidden] and up [hidden, width] with their biases; none without adapters. */
export function adapterTensors(encoder: EncoderConfig, adapters: AdapterShape | undefined): readonly PackedTensor[] {
  if (adapters === undefined) return [];
  const { hiddenSize: hidden, layers } = encoder;
  return Array.from({ length: layers }, (_, layer) =>
    SITES[adapters.variant].flatMap((site) => {
      const prefix = `${layerPrefix(layer)}${site}.adapter_`;
      return [
        single(`${prefix}down.weight`, [adapters.width, hidden]),
        single(`${prefix}down.bias`, [adapters.width]),
        single(`${prefix}up.weight`, [hidden, adapters.width]),
        single(`${prefix}up.bias`, [hidden]),
      ];
    }),
  ).flat();
}

/** The adapters that weights hold; undefined where they hold none. */
export function adaptersOf(weights: NamedTensors): AdapterShape | undefined {
  const down = (site: AdapterSite) => weights.get(`${layerPrefix(0)}${site}.adapter_down.weight`);
  const width = down('output')?.shape[0];
  if (width === undefined) return undefined;
  return { variant: down('attention.output') === undefined ? 'pfeiffer' : 'houlsby', width };
}

/** `spec` with the adapters that the model has already, which stay whatever is trained.
 *  @throws AppError 'model.unsupported' where other adapters are to be trained than those it has */
export function withAdaptersOf(spec: TrainSpec, weights: NamedTensors): TrainSpec {
  const found = adaptersOf(weights);
  if (found === undefined) return spec;
  const { adapters } = spec;
  if (adapters !== undefined && (adapters.variant !== found.variant || adapters.width !== found.width)) {
    const problem = because('adapters-there', found);
    throw new AppError('model.unsupported', { model: 'bert', problem });
  }
  return { ...spec, adapters: found };
}

interface Bottleneck {
  readonly adapters: AdapterShape | undefined;
  readonly hiddenSize: number;
  readonly parameter: (name: string, shape: Shape) => Value;
}

/** LayerNorm(output + residual) of one part of a layer, with its adapter where it has one. Values are [tokens, hidden]. */
export function addAndNormalise(
  b: Builder,
  { adapters, hiddenSize, parameter }: Bottleneck,
  place: { readonly layer: number; readonly site: AdapterSite },
  output: Value,
  residual: Value,
  normalise: (x: Value) => Value,
): Value {
  const sum = (x: Value) => b.op('Add', [x, residual]);
  if (adapters === undefined || !SITES[adapters.variant].includes(place.site)) return normalise(sum(output));
  const prefix = `${layerPrefix(place.layer)}${place.site}.adapter_`;
  const dense = (name: string, x: Value, rows: number, width: number) => {
    const weight = parameter(`${prefix}${name}.weight`, [rows, width]);
    return b.op('Gemm', [x, weight, parameter(`${prefix}${name}.bias`, [rows])], { transB: 1 });
  };
  const read = adapters.variant === 'houlsby' ? output : normalise(sum(output));
  const down = dense('down', read, adapters.width, hiddenSize);
  const inner = adapters.variant === 'houlsby' ? b.op('Mul', [down, b.op('Sigmoid', [down])]) : b.op('Relu', [down]);
  const up = dense('up', inner, hiddenSize, adapters.width);
  return normalise(sum(b.op('Add', [up, output])));
}
