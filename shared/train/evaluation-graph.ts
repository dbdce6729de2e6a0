import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import type { Graph } from '../autodiff/graph.ts';
import { buildForward, type ForwardCut } from './bert.ts';
import { type Packing, parameterInputs } from './packing.ts';
import type { TrainSpec } from './spec.ts';

/** The forward pass in evaluation mode, from `cut` on, with every tensor it needs as an input, packed as in training; output `logits` [rows, labels]. */
export function buildEvaluationGraph(spec: TrainSpec, packing: Pick<Packing, 'pieces'>, cut: ForwardCut | null): Graph {
  const b = new Builder();
  const { logits } = buildForward(b, {
    ...spec,
    parameter: parameterInputs(b, packing),
    differentiates: () => false,
    dropout: null,
    cut,
  });
  const graph = b.graph({ logits: logits! });
  checkGraph(graph);
  return graph;
}
