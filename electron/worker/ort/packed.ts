import type { PackedTensor } from '../../../shared/train/parameters.ts';
import type { NamedTensor, NamedTensors } from '../../../shared/train/spec.ts';
import { requireTensor } from './weights.ts';

/** Between parameters by their Hugging Face names and the packed tensors of the graph, which hold them one after another. */

export const elements = (shape: readonly number[]) => shape.reduce((product, dim) => product * dim, 1);

/** A new buffer with the parts of `tensor`. @throws AppError 'model.tensor-missing', 'model.tensor-shape' */
export function pack(tensor: PackedTensor, weights: NamedTensors): Float32Array {
  const data = new Float32Array(elements(tensor.shape));
  fillPacked(tensor, weights, data);
  return data;
}

/** Overwrites `data` with the parts of `tensor`. */
export function fillPacked(tensor: PackedTensor, weights: NamedTensors, data: Float32Array): void {
  let offset = 0;
  for (const part of tensor.parts) {
    const { data: source } = requireTensor(weights, part);
    data.set(source, offset);
    offset += source.length;
  }
}

/** Copies of the parts of `tensor`, by name. */
export function unpack(tensor: PackedTensor, data: Float32Array): readonly (readonly [string, NamedTensor])[] {
  let offset = 0;
  return tensor.parts.map(({ name, shape }) => {
    const end = offset + elements(shape);
    const part = { shape, data: data.slice(offset, end) };
    offset = end;
    return [name, part] as const;
  });
}
