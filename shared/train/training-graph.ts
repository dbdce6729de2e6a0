import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { grad } from '../autodiff/grad.ts';
import { type Dim, dimProduct, type Graph, type Shape, type Value } from '../autodiff/graph.ts';
import { AppError } from '../errors/app-error.ts';
import { adamwUpdate, clipByGlobalNorm } from './adamw.ts';
import { buildForward, type ForwardCut } from './bert.ts';
import { lossValue } from './loss.ts';
import {
  encoderTensors,
  headTensors,
  isDecayed,
  loraTensors,
  type PackedTensor,
  trainableNames,
  usesClsOnly,
} from './parameters.ts';
import type { TrainSpec } from './spec.ts';

export interface DropoutSite {
  readonly input: string;
  readonly shape: Shape;
}

export interface TrainingGraph {
  readonly graph: Graph;
  /** Tensors that are updated, in graph form, and all others of the model. Each that the graph reads is the input of its name. */
  readonly trainable: readonly PackedTensor[];
  readonly frozen: readonly PackedTensor[];
  readonly dropoutSites: readonly DropoutSite[];
}

/** Names of a tensor's moments among the inputs, and of everything that is new among the outputs. */
export const momentInput = (moment: 1 | 2, name: string) => `moment${moment}.${name}`;
export const nextOutput = (input: string) => `next.${input}`;
export const gradientOutput = (name: string) => `grad.${name}`;

/** Every tensor of the model that `spec` describes, LoRA's included. */
function modelTensors(spec: TrainSpec): readonly PackedTensor[] {
  const head = headTensors(spec.head, spec.encoder.hiddenSize, spec.labels);
  return [...encoderTensors(spec.encoder, usesClsOnly(spec)), ...loraTensors(spec), ...head];
}

/** Where the method allows what is below to be computed once per text; null where it trains from the beginning. */
export function cutOf({ method, encoder }: TrainSpec): ForwardCut | null {
  if (method.type === 'head') return { type: 'pooled' };
  if (method.type !== 'frozen-prefix' || method.layers === 0) return null;
  return method.layers < encoder.layers ? { type: 'hidden', layer: method.layers } : { type: 'pooled' };
}

/** Splits tensors into those whose every part is trained and those whose no part is.
 *  @throws AppError 'model.unsupported' where only some parts of a packed tensor are trained */
function partition(tensors: readonly PackedTensor[], names: ReadonlySet<string>) {
  const trainable: PackedTensor[] = [];
  const frozen: PackedTensor[] = [];
  for (const tensor of tensors) {
    const trained = tensor.parts.filter(({ name }) => names.has(name)).length;
    if (trained !== 0 && trained !== tensor.parts.length) {
      throw new AppError('model.unsupported', { model: 'bert', problem: `only a part of ${tensor.name} is trained` });
    }
    (trained === 0 ? frozen : trainable).push(tensor);
  }
  return { trainable, frozen };
}

/** The lowest encoder layer with a trained tensor; the number of layers where only the head is trained. */
function firstTrainedLayer(spec: TrainSpec, trainable: readonly PackedTensor[]): number {
  let first = spec.encoder.layers;
  for (const { name } of trainable) {
    const layer = /^bert\.encoder\.layer\.(\d+)\./.exec(name)?.[1];
    first = Math.min(first, layer === undefined ? (name.startsWith('bert.embeddings.') ? 0 : first) : Number(layer));
  }
  return first;
}

/** Forward pass, loss, gradients and, for `update`, clipping and AdamW as one graph. `names` are the trained parameters,
 *  by default those of the method; with `cut` the pass begins above what is frozen. Outputs: `loss`; for `update` `grad_norm` and the next state; for `gradients` `logits` and each gradient. */
export function buildTrainingGraph(
  spec: TrainSpec,
  emit: 'update' | 'gradients',
  names: ReadonlySet<string> = trainableNames(spec),
  cut: ForwardCut | null = null,
): TrainingGraph {
  const b = new Builder();
  const { trainable, frozen } = partition(modelTensors(spec), names);
  const first = firstTrainedLayer(spec, trainable);
  const dropoutSites: DropoutSite[] = [];
  const parameters = new Map<string, Value>();
  const mask = (shape: Shape) => {
    const input = `mask.${dropoutSites.length}`;
    dropoutSites.push({ input, shape });
    return b.input(input, 'uint8', shape);
  };
  const { logits } = buildForward(b, {
    encoder: spec.encoder,
    pooling: spec.pooling,
    head: spec.head,
    labels: spec.labels,
    method: spec.method,
    parameter: (name, shape) => {
      const value = b.input(name, 'float32', shape);
      parameters.set(name, value);
      return value;
    },
    differentiates: (layer) => layer >= first,
    dropout: spec.dropout === 0 ? null : { probability: spec.dropout, mask },
    cut,
  });
  const targets = b.input('targets', 'float32', ['rows', spec.labels]);
  const loss = lossValue(b, spec.task ?? 'single-label', logits!, targets, b.input('loss_weight', 'float32', []));
  const values = trainable.map(({ name }) => parameters.get(name)!);
  const gradients = grad(b, loss, values);
  const outputs: Record<string, Value> = { loss };
  if (emit === 'gradients') {
    outputs.logits = logits!;
    for (const [i, { name }] of trainable.entries()) outputs[gradientOutput(name)] = gradients[i]!;
  } else Object.assign(outputs, updateOutputs(b, spec, values, gradients));
  const graph = b.graph(outputs);
  checkGraph(graph);
  return { graph, trainable, frozen, dropoutSites };
}

function updateOutputs(
  b: Builder,
  spec: TrainSpec,
  values: readonly Value[],
  gradients: readonly Value[],
): Readonly<Record<string, Value>> {
  const { norm, clip } = clipByGlobalNorm(b, gradients, spec.maxGradNorm);
  const outputs: Record<string, Value> = { grad_norm: norm };
  const scalars = {
    decay: b.input('decay', 'float32', []),
    stepSize: b.input('step_size', 'float32', []),
    epsilon: b.input('epsilon', 'float32', []),
    clip,
  };
  for (const [i, parameter] of values.entries()) {
    const { name, shape } = parameter;
    const state = {
      parameter,
      firstMoment: b.input(momentInput(1, name), 'float32', shape),
      secondMoment: b.input(momentInput(2, name), 'float32', shape),
    };
    const next = adamwUpdate(b, spec, state, gradients[i]!, scalars, isDecayed(name));
    outputs[nextOutput(name)] = next.parameter;
    outputs[nextOutput(state.firstMoment.name)] = next.firstMoment;
    outputs[nextOutput(state.secondMoment.name)] = next.secondMoment;
  }
  return outputs;
}

/** Elements of all dropout masks of a batch. */
export function maskElements(sites: readonly DropoutSite[], rows: number, length: number): number {
  return sites.reduce((sum, { shape }) => sum + boundSize(shape, rows, length), 0);
}

/** The number of elements of a shape whose symbols are `rows` and `length`. */
export function boundSize(shape: Shape, rows: number, length: number): number {
  return boundShape(shape, rows, length).reduce((product, dim) => product * dim, 1);
}

export function boundShape(shape: Shape, rows: number, length: number): readonly number[] {
  const bind = (dim: Dim): number => {
    if (typeof dim === 'number') return dim;
    if (dim === 'rows') return rows;
    if (dim === 'length') return length;
    if (dim === dimProduct('rows', 'length')) return rows * length;
    throw new AppError('autodiff.graph', { problem: `unbound dimension ${dim}` });
  };
  return shape.map(bind);
}
