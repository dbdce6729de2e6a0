import type { OnnxNode, OnnxTensor } from './onnx-writer.ts';

/** LayerNormalization as products and element-wise operations. ONNX Runtime's own kernel for the processor keeps to one thread and sums value by value:
 *  alone it takes 2.5 to 3 times as long; within an update the gain is small (bench/README.md). What the VJP of the operator asks for, (x − mean) and its normalised form, stands here
 *  under the same inputs, so that ONNX Runtime computes it once.
 *  @param lowered the operator with inputs x, scale, bias and outputs y, mean and inverse deviation (the last two left out or '' where unused)
 *  @param columns size of the last axis */
export function composedLayerNorm(
  lowered: OnnxNode,
  columns: number,
): { readonly nodes: readonly OnnxNode[]; readonly initializers: readonly OnnxTensor[] } {
  const [x = '', scale = '', bias = ''] = lowered.inputs;
  const [y = '', givenMean, givenDeviation] = lowered.outputs;
  const part = (name: string) => `${y}.${name}`;
  const mean = givenMean || part('mean');
  const inverseDeviation = givenDeviation || part('inverse_deviation');
  const { epsilon } = lowered.attributes;
  const eps = epsilon?.type === 'float' ? epsilon.value : DEFAULT_EPSILON;
  const average = `average[${columns}]`;
  const offset = `epsilon[${eps}]`;
  const node = (op: string, inputs: readonly string[], output: string): OnnxNode => ({
    ...{ op, domain: '', inputs: [...inputs], outputs: [output], attributes: {} },
  });
  return {
    nodes: [
      node('MatMul', [x, average], mean),
      node('Sub', [x, mean], part('centred')),
      node('Mul', [part('centred'), part('centred')], part('squares')),
      node('MatMul', [part('squares'), average], part('variance')),
      node('Add', [part('variance'), offset], part('held')),
      node('Sqrt', [part('held')], part('deviation')),
      node('Reciprocal', [part('deviation')], inverseDeviation),
      node('Mul', [part('centred'), inverseDeviation], part('normalised')),
      node('Mul', [part('normalised'), scale], part('scaled')),
      node('Add', [part('scaled'), bias], y),
    ],
    initializers: [
      { name: average, shape: [columns, 1], data: new Float32Array(columns).fill(1 / columns) },
      { name: offset, shape: [], data: Float32Array.of(eps) },
    ],
  };
}

/** ONNX's own. */
const DEFAULT_EPSILON = 1e-5;
