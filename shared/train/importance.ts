import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { grad } from '../autodiff/grad.ts';
import type { Graph, Shape, Value } from '../autodiff/graph.ts';
import { buildForward } from './bert.ts';
import { constantPlan, type InferenceSpec } from './inference-graph.ts';
import { lossValue } from './loss.ts';
import { layerSize } from './parameters.ts';

/** What attention heads and feed-forward columns are worth: the mean over texts of |∂L/∂gate|, where a gate of 1 stands on every head's output
 *  and on every column's activation. For a column that is |Σ over tokens of h·∂L/∂h|, the first-order change of the loss without it.
 *  @source Michel et al. 2019, "Are sixteen heads really better than one?" (E|∂L/∂ξ|); Molchanov et al. 2017 (Taylor criterion) */

export const headGradient = (layer: number) => `heads.${layer}`;
export const columnGradient = (layer: number) => `columns.${layer}`;

/** Gradients of every text's own cross-entropy: outputs `heads.<layer>` [rows, heads] and `columns.<layer>` [rows, columns].
 *  Inputs are those of the forward pass and `targets` [rows, labels]. */
export function buildImportanceGraph(spec: InferenceSpec, tensors: ReadonlyMap<string, Float32Array>): Graph {
  const b = new Builder();
  const gates: { readonly name: string; readonly gate: Value; readonly shape: Shape }[] = [];
  const gate = (name: string, size: number, shape: Shape) => {
    const value = b.filled(shape, 1);
    // One value per text, so that its gradient is that text's own; `filled` gives the same value twice, a product does not.
    const own = b.op('Mul', [value, b.scalar(1)]);
    gates.push({ name, gate: own, shape: ['rows', size] });
    return own;
  };
  const { logits } = buildForward(b, {
    ...constantPlan(b, spec, tensors, 'rows'),
    differentiates: () => true,
    gates: {
      heads: (layer, shape) => gate(headGradient(layer), layerSize(spec.encoder, layer).heads, shape),
      columns: (layer, shape) => gate(columnGradient(layer), layerSize(spec.encoder, layer).intermediateSize, shape),
    },
  });
  const targets = b.input('targets', 'float32', ['rows', spec.labels]);
  const loss = lossValue(b, 'single-label', logits!, targets, b.scalar(1));
  const gradients = grad(
    b,
    loss,
    gates.map((entry) => entry.gate),
  );
  const outputs = gates.map(({ name, shape }, at) => [name, b.reshape(gradients[at]!, shape)] as const);
  const graph = b.graph(Object.fromEntries(outputs));
  checkGraph(graph);
  return graph;
}
