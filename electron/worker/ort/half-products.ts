import { ELEMENT_CODE, type OnnxAttribute, type OnnxModel, type OnnxNode } from './onnx-writer.ts';

/** Products in half precision within a float32 graph, as PyTorch's autocast has them: operands are rounded to float16 before, results widened
 *  after, and everything else (norms, softmax, loss, Adam, the weights themselves) stays float32. Sums of rows, which are products with
 *  ones (`MatMul`), stay float32 too: a half has eleven bits to count with. @source torch/amp/autocast_mode.py, op lists */

const PRODUCTS: ReadonlySet<string> = new Set(['Gemm', 'FusedMatMul']);

const identity = (from: string, name: string): OnnxNode => ({
  op: 'Identity',
  domain: '',
  inputs: [from],
  outputs: [name],
  attributes: {},
});

const to = (type: 'float16' | 'float32'): Readonly<Record<string, OnnxAttribute>> => ({
  to: { type: 'int', value: ELEMENT_CODE[type] },
});

/** `keepsRounding`: the processor has no such products, widens halves and would leave the rounding out with the casts; a node between them keeps it,
 *  where a test wants the numbers of a graphics card. */
export function withHalfProducts(model: OnnxModel, keepsRounding = false): OnnxModel {
  const nodes: OnnxNode[] = [];
  const rounded = new Set<string>();
  const half = (name: string): string => {
    // An operand that is left out has no name.
    if (name === '') return name;
    const narrow = `${name}.half`;
    if (!rounded.has(name)) {
      rounded.add(name);
      const cast = keepsRounding ? `${narrow}.kept` : narrow;
      nodes.push({ op: 'Cast', domain: '', inputs: [name], outputs: [cast], attributes: to('float16') });
      if (keepsRounding) nodes.push(identity(cast, narrow));
    }
    return narrow;
  };
  for (const node of model.nodes) {
    if (!PRODUCTS.has(node.op)) {
      nodes.push(node);
      continue;
    }
    const inputs = node.inputs.map(half);
    const [output] = node.outputs;
    const wide = `${output}.product`;
    const product = keepsRounding ? `${wide}.kept` : wide;
    nodes.push({ ...node, inputs, outputs: [product] });
    if (keepsRounding) nodes.push(identity(product, wide));
    nodes.push({ op: 'Cast', domain: '', inputs: [wide], outputs: [output!], attributes: to('float32') });
  }
  return { ...model, nodes };
}
