import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { grad } from '../autodiff/grad.ts';
import { type Dim, dimProduct, type Graph, type Shape, type Value } from '../autodiff/graph.ts';
import { AppError } from '../errors/app-error.ts';
import { adapterTensors } from './adapters.ts';
import { buildForward, type ForwardCut, TOKENS } from './bert.ts';
import { consolidationPenalty } from './consolidation.ts';
import { contrastiveLoss } from './contrastive-loss.ts';
import { earlierAnswersLoss } from './earlier-answers.ts';
import { lossValue } from './loss.ts';
import { orthogonalityPenalty } from './orthogonality.ts';
import { type Packing, packByTraining, parameterInputs } from './packing.ts';
import { isEmbedding, layerOf } from './parameter-groups.ts';
import {
  embeddingWidth,
  encoderTensors,
  headTensors,
  loraTensors,
  type PackedTensor,
  usesClsOnly,
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

export const gradientOutput = (name: string) => `grad.${name}`;
/** What an adversary adds to the word embeddings, and with `gradientOutput` the gradient to it. */
export const SHIFT_INPUT = 'embedding_shift';
/** AdaLoRA's weight of its penalty; in a part of a batch, the part's share of it. */
export const PENALTY_INPUT = 'penalty_weight';

/** The factor on the loss, where products are in half precision. */
export const SCALE_INPUT = 'loss_scale';

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

/** Forward pass, loss and gradients as one graph; the update is no part of it, so that the gradients of a batch can be computed part by part. `names` are the trained parameters, by default those of the method; with `cut` the pass begins above what is frozen.
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
