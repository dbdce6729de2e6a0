import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import type { Graph } from '../autodiff/graph.ts';
import { buildForward, type ForwardCut } from './bert.ts';
import type { TrainSpec } from './spec.ts';

/** The forward pass in evaluation mode, from `cut` on, with every tensor it needs as an input; output `logits` [rows, labels]. */
export function buildEvaluationGraph(spec: TrainSpec, cut: ForwardCut | null): Graph {
  const b = new Builder();
  const { logits } = buildForward(b, {
    ...spec,
    parameter: (name, shape) => b.input(name, 'float32', shape),
    differentiates: () => false,
    dropout: null,
    cut,
  });
  const graph = b.graph({ logits: logits! });
  checkGraph(graph);
  return graph;
}
