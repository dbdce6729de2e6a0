import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { grad } from '../autodiff/grad.ts';
import type { Graph, Shape, Value } from '../autodiff/graph.ts';
import type { Rng } from '../rng.ts';
import { lossValue } from './loss.ts';
import { gradientOutput } from './training-graph.ts';

/** A network for tables with a binary outcome: features → hidden layer with ReLU → log-odds. */
export interface MlpShape {
  readonly features: number;
  readonly hidden: number;
}

/** Tensors by name, row-major float32: weight1 [features, hidden], bias1 [hidden], weight2 [hidden, 1], bias2 [1]. */
export type MlpParameters = Readonly<Record<MlpTensor, Float32Array>>;
export const MLP_TENSORS = ['weight1', 'bias1', 'weight2', 'bias2'] as const;
export type MlpTensor = (typeof MLP_TENSORS)[number];

export const MLP_ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

export function mlpShapes({ features, hidden }: MlpShape): Readonly<Record<MlpTensor, readonly number[]>> {
  return { weight1: [features, hidden], bias1: [hidden], weight2: [hidden, 1], bias2: [1] };
}

/** Weights uniform on ±1/√inputs and biases likewise.   @source torch.nn.Linear.reset_parameters */
export function initialMlp(shape: MlpShape, rng: Rng): MlpParameters {
  const draw = (size: number, inputs: number) =>
    Float32Array.from({ length: size }, () => (2 * rng.float() - 1) / Math.sqrt(inputs));
  const { features, hidden } = shape;
  return {
    weight1: draw(features * hidden, features),
    bias1: draw(hidden, features),
    weight2: draw(hidden, hidden),
    bias2: draw(1, hidden),
  };
}

/** Loss and gradients as a graph: binary cross-entropy. Inputs `x` [rows, features], `targets` [rows, 1], `loss_weight` (1/rows) and the parameters;
 *  outputs `loss` and the gradient to each. */
export function buildMlpGraph(shape: MlpShape): Graph {
  const b = new Builder();
  const shapes: Readonly<Record<MlpTensor, Shape>> = mlpShapes(shape);
  const x = b.input('x', 'float32', ['rows', shape.features]);
  const targets = b.input('targets', 'float32', ['rows', 1]);
  const parameters = MLP_TENSORS.map((name) => b.input(name, 'float32', shapes[name]));
  const [weight1, bias1, weight2, bias2] = parameters as unknown as readonly [Value, Value, Value, Value];
  const hidden = b.op('Relu', [b.op('Gemm', [x, weight1, bias1])]);
  const logits = b.op('Gemm', [hidden, weight2, bias2]);
  const loss = lossValue(b, 'multi-label', logits, targets, b.input('loss_weight', 'float32', []));
  const gradients = grad(b, loss, parameters);
  const outputs: Record<string, Value> = { loss };
  MLP_TENSORS.forEach((name, i) => {
    outputs[gradientOutput(name)] = gradients[i]!;
  });
  const graph = b.graph(outputs);
  checkGraph(graph);
  return graph;
}

/** Log-odds of each row of `x` [rows × features]. */
export function mlpLogits({ weight1, bias1, weight2, bias2 }: MlpParameters, x: Float32Array): Float64Array {
  const hidden = bias1.length;
  const features = weight1.length / hidden;
  const rows = x.length / features;
  const activation = new Float64Array(hidden);
  return Float64Array.from({ length: rows }, (_, row) => {
    activation.set(bias1);
    for (let j = 0; j < features; j++) {
      const value = x[row * features + j]!;
      if (value === 0) continue;
      for (let k = 0; k < hidden; k++) activation[k]! += value * weight1[j * hidden + k]!;
    }
    let sum = bias2[0]!;
    for (let k = 0; k < hidden; k++) sum += Math.max(0, activation[k]!) * weight2[k]!;
    return sum;
  });
}
