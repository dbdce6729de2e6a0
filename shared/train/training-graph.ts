import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { grad } from '../autodiff/grad.ts';
import { type Dim, dimProduct, type Graph, type Shape, type Value } from '../autodiff/graph.ts';
import { AppError } from '../errors/app-error.ts';
import { type AdamScalars, adamwUpdate, clipByGlobalNorm } from './adamw.ts';
import { adapterTensors } from './adapters.ts';
import { buildForward, type ForwardCut, TOKENS } from './bert.ts';
import { consolidationPenalty } from './consolidation.ts';
import { contrastiveLoss } from './contrastive-loss.ts';
import { earlierAnswersLoss } from './earlier-answers.ts';
import { lossValue } from './loss.ts';
import { orthogonalityPenalty } from './orthogonality.ts';
import { type Packing, packByTraining, parameterInputs } from './packing.ts';
import { depthOf, isEmbedding, layerOf } from './parameter-groups.ts';
import {
  embeddingWidth,
  encoderTensors,
  headTensors,
  isDecayed,
  loraTensors,
  type PackedTensor,
  usesClsOnly,
  WORD_EMBEDDINGS,
} from './parameters.ts';
import type { TrainSpec } from './spec.ts';
import { trainableNames } from './trainable.ts';

export interface DropoutSite {
  readonly input: string;
  readonly shape: Shape;
}

/** `packing`: tensors that are updated, in graph form, and all others of the model. Each that the graph reads is the input of its name. */
export interface TrainingGraph extends Packing {
  readonly graph: Graph;
  readonly dropoutSites: readonly DropoutSite[];
}

/** Names of a tensor's moments among the inputs, and of everything that is new among the outputs. */
export const momentInput = (moment: 1 | 2, name: string) => `moment${moment}.${name}`;
export const nextOutput = (input: string) => `next.${input}`;
export const gradientOutput = (name: string) => `grad.${name}`;
/** What an adversary adds to the word embeddings, and with `gradientOutput` the gradient to it. */
export const SHIFT_INPUT = 'embedding_shift';
export const clippedOutput = (name: string) => `clipped.${name}`;
/** AdaLoRA's weight of its penalty; in a part of a batch, the part's share of it. */
export const PENALTY_INPUT = 'penalty_weight';

/** Whether AdaLoRA's allocator asks for the gradient of this tensor. */
export const isAllocated = ({ method }: TrainSpec, name: string) =>
  method.type === 'adalora' && /\.lora_[AEB]\.weight$/.test(name);

/** The factor on the loss and its inverse, where products are in half precision. */
export const SCALE_INPUT = 'loss_scale';
export const INVERSE_SCALE_INPUT = 'inverse_loss_scale';

/** The scalars of an update among the inputs: one set for all parameters, or one for each depth where layers learn at different rates. */
export const SCALAR_INPUTS = { decay: 'decay', stepSize: 'step_size', epsilon: 'epsilon' } as const;
export const scalarInput = (scalar: keyof typeof SCALAR_INPUTS, depth: number | null) =>
  `${SCALAR_INPUTS[scalar]}${depth === null ? '' : `.depth_${depth}`}`;

/** The depths whose parameters have scalars of their own; null alone where all share one set. */
export function scalarDepths(spec: TrainSpec, trainable: readonly PackedTensor[]): readonly (number | null)[] {
  return [...new Set(trainable.map(({ name }) => scalarDepth(spec, name)))];
}

const scalarDepth = ({ layerDecay, encoder }: TrainSpec, name: string) =>
  layerDecay === undefined ? null : depthOf(name, encoder.layers);

/** Every tensor of the model that `spec` describes, LoRA's included. */
function modelTensors(spec: TrainSpec): readonly PackedTensor[] {
  const head = spec.contrast === undefined ? headTensors(spec.head, spec.encoder.hiddenSize, spec.labels) : [];
  return [
    ...encoderTensors(spec.encoder, usesClsOnly(spec)),
    ...adapterTensors(spec.encoder, spec.adapters),
    ...loraTensors(spec),
    ...head,
  ];
}

/** Where the method allows what is below to be computed once per text; null where it trains from the beginning. */
export function cutOf({ method, encoder }: TrainSpec): ForwardCut | null {
  if (method.type === 'head') return { type: 'pooled' };
  if (method.type !== 'frozen-prefix' || method.layers === 0) return null;
  return method.layers < encoder.layers ? { type: 'hidden', layer: method.layers } : { type: 'pooled' };
}

/** The lowest encoder layer with a trained tensor; the number of layers where only the head is trained. */
export function firstTrainedLayer({ encoder }: Pick<TrainSpec, 'encoder'>, names: Iterable<string>): number {
  let first = encoder.layers;
  for (const name of names) {
    first = Math.min(first, layerOf(name) ?? (isEmbedding(name) ? 0 : first));
  }
  return first;
}

/** Forward pass, loss and gradients as one graph; the update of them is `buildUpdateGraph`, so that the gradients of a batch can be computed part by
 *  part. `names` are the trained parameters, by default those of the method; with `cut` the pass begins above what is frozen.
 *  Outputs: `loss`, `logits` where there are any, each gradient, under attack that to the shift besides. */
export function buildTrainingGraph(
  spec: TrainSpec,
  names: ReadonlySet<string> = trainableNames(spec),
  cut: ForwardCut | null = null,
): TrainingGraph {
  const b = new Builder();
  const packing = packByTraining(modelTensors(spec), names);
  const { trainable } = packing;
  const first = firstTrainedLayer(
    spec,
    trainable.map(({ name }) => name),
  );
  const dropoutSites: DropoutSite[] = [];
  const parameters = new Map<string, Value>();
  const mask = (shape: Shape) => {
    const input = `mask.${dropoutSites.length}`;
    dropoutSites.push({ input, shape });
    return b.input(input, 'uint8', shape);
  };
  const shift =
    spec.attack === undefined ? null : b.input(SHIFT_INPUT, 'float32', [TOKENS, embeddingWidth(spec.encoder)]);
  const { pooled, logits } = buildForward(b, {
    encoder: spec.encoder,
    pooling: spec.pooling,
    head: spec.contrast === undefined ? spec.head : null,
    labels: spec.labels,
    method: spec.method,
    ...(spec.adapters === undefined ? {} : { adapters: spec.adapters }),
    parameter: parameterInputs(b, packing, (name, value) => parameters.set(name, value)),
    differentiates: (layer) => layer >= first,
    dropout: spec.dropout === 0 ? null : { probability: spec.dropout, mask },
    shift,
    cut,
  });
  const loss = spec.contrast === undefined ? headLoss(b, spec, logits!) : contrastiveLoss(b, spec.contrast, pooled);
  const values = trainable.map(({ name }) => parameters.get(name)!);
  // The loss that is told is that of the texts: a penalty on the weights would hide how they fare.
  const held = spec.consolidates ? b.op('Add', [loss, consolidationPenalty(b, values)]) : loss;
  const objective = withPenalty(b, spec, parameters, held);
  const scaled = spec.mixed ? b.op('Mul', [objective, b.input(SCALE_INPUT, 'float32', [])]) : objective;
  const all = grad(b, scaled, shift === null ? values : [...values, shift]);
  const outputs: Record<string, Value> = { loss };
  if (logits !== null) outputs.logits = logits;
  if (shift !== null) outputs[gradientOutput(SHIFT_INPUT)] = all.at(-1)!;
  for (const [i, { name }] of trainable.entries()) outputs[gradientOutput(name)] = all[i]!;
  const graph = b.graph(outputs);
  checkGraph(graph);
  return { graph, ...packing, dropoutSites };
}

function headLoss(b: Builder, spec: TrainSpec, logits: Value): Value {
  const targets = b.input('targets', 'float32', ['rows', spec.labels]);
  const weight = b.input('loss_weight', 'float32', []);
  const loss = lossValue(b, spec.task ?? 'single-label', logits, targets, weight, spec.loss, spec.taskLoss);
  if (spec.earlierAnswers === undefined) return loss;
  return b.op('Add', [loss, earlierAnswersLoss(b, spec.earlierAnswers, logits, weight)]);
}

/** The loss with AdaLoRA's penalty, weighted by the input `PENALTY_INPUT`; the loss itself for other methods. */
function withPenalty(b: Builder, { method }: TrainSpec, parameters: ReadonlyMap<string, Value>, loss: Value): Value {
  if (method.type !== 'adalora' || method.orthogonality === 0) return loss;
  const matrices = [...parameters].flatMap(([name, value]) => {
    const kind = /\.lora_([AB])\.weight$/.exec(name)?.[1];
    return kind === undefined ? [] : [{ kind: kind as 'A' | 'B', value }];
  });
  const penalty = b.op('Mul', [orthogonalityPenalty(b, matrices), b.input(PENALTY_INPUT, 'float32', [])]);
  return b.op('Add', [loss, penalty]);
}

/** Clipping and AdamW on gradients that are inputs (`gradientOutput`), for the trained tensors of a training graph. Outputs: `grad_norm` and the next state.
 *  Every new tensor comes of its old one element by element, and only after the norm of all gradients: it may be written over the old one. */
export function buildUpdateGraph(spec: TrainSpec, trainable: readonly PackedTensor[]): Graph {
  const b = new Builder();
  const shapeOf = ({ name, shape }: PackedTensor): Shape =>
    name === WORD_EMBEDDINGS ? ['unique', embeddingWidth(spec.encoder)] : shape;
  const values = trainable.map((tensor) => b.input(tensor.name, 'float32', shapeOf(tensor)));
  const gradients = trainable.map((tensor) => b.input(gradientOutput(tensor.name), 'float32', shapeOf(tensor)));
  const inverse = spec.mixed ? b.input(INVERSE_SCALE_INPUT, 'float32', []) : null;
  const { norm, clip } = clipByGlobalNorm(b, gradients, spec.maxGradNorm, inverse);
  const outputs: Record<string, Value> = { grad_norm: norm };
  const scalarsAt = scalarInputs(b, clip);
  for (const [i, parameter] of values.entries()) {
    const { name, shape } = parameter;
    const state = {
      parameter,
      firstMoment: b.input(momentInput(1, name), 'float32', shape),
      secondMoment: b.input(momentInput(2, name), 'float32', shape),
    };
    const scalars = scalarsAt(scalarDepth(spec, name));
    const next = adamwUpdate(b, spec, state, gradients[i]!, scalars, isDecayed(name));
    outputs[nextOutput(name)] = next.parameter;
    outputs[nextOutput(state.firstMoment.name)] = next.firstMoment;
    outputs[nextOutput(state.secondMoment.name)] = next.secondMoment;
    if (isAllocated(spec, name)) outputs[clippedOutput(name)] = b.op('Mul', [gradients[i]!, clip]);
  }
  const graph = b.graph(outputs);
  checkGraph(graph);
  return graph;
}

/** The scalars at a depth, declared once. */
function scalarInputs(b: Builder, clip: Value): (depth: number | null) => AdamScalars {
  const known = new Map<number | null, AdamScalars>();
  return (depth) => {
    const found = known.get(depth);
    if (found !== undefined) return found;
    const input = (scalar: keyof typeof SCALAR_INPUTS) => b.input(scalarInput(scalar, depth), 'float32', []);
    const scalars = { decay: input('decay'), stepSize: input('stepSize'), epsilon: input('epsilon'), clip };
    known.set(depth, scalars);
    return scalars;
  };
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
