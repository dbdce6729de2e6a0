import { Builder } from '../autodiff/builder.ts';
import { checkGraph } from '../autodiff/check.ts';
import { grad } from '../autodiff/grad.ts';
import type { Graph } from '../autodiff/graph.ts';
import { buildForward, TOKENS } from './bert.ts';
import { constantPlan, type InferenceSpec } from './inference-graph.ts';
import { embeddingWidth } from './parameters.ts';
import { gradientOutput, SHIFT_INPUT } from './training-graph.ts';

/** [labels]: the score that is explained is the product of these weights with a row's logits. */
export const SCORE_WEIGHTS = 'score_weights';

/** Forward pass in evaluation mode with the tensors as constants, and the gradient of each row's score to what is added to its word embeddings.
 *  Outputs: `logits` [rows, labels] and `gradientOutput(SHIFT_INPUT)` [rows·length, embedding width]. */
export function buildAttributionGraph(spec: InferenceSpec, tensors: ReadonlyMap<string, Float32Array>): Graph {
  const b = new Builder();
  const shift = b.input(SHIFT_INPUT, 'float32', [TOKENS, embeddingWidth(spec.encoder)]);
  const plan = constantPlan(b, spec, tensors, 'rows');
  const { logits } = buildForward(b, { ...plan, differentiates: () => true, shift });
  const weighted = b.op('Mul', [logits!, b.input(SCORE_WEIGHTS, 'float32', [spec.labels])]);
  // Rows do not touch each other: the gradient of the sum holds each row's own.
  const [slope] = grad(b, b.op('ReduceSum', [weighted], { keepdims: 0 }), [shift]);
  const graph = b.graph({ logits: logits!, [gradientOutput(SHIFT_INPUT)]: slope! });
  checkGraph(graph);
  return graph;
}
