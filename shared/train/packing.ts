import type { Builder } from '../autodiff/builder.ts';
import type { Shape, Value } from '../autodiff/graph.ts';
import { BugError } from '../errors/app-error.ts';
import type { PackedTensor } from './parameters.ts';

/** The tensors of a model in graph form, told apart by whether they learn. */
export interface Packing {
  readonly trainable: readonly PackedTensor[];
  readonly frozen: readonly PackedTensor[];
  /** A packed tensor of which only some parts learn is in pieces, which the graph puts together: its name, and its pieces in order. */
  readonly pieces: ReadonlyMap<string, readonly PackedTensor[]>;
}

/** Splits tensors by `names`, the parameters that learn. Neighbouring parts of one kind stay packed: of Q, K and V with Q's bias alone trained, Q is one
 *  piece and K+V the other. So what is frozen is never written, and the moments of what is not trained are never kept. */
export function packByTraining(tensors: readonly PackedTensor[], names: ReadonlySet<string>): Packing {
  const trainable: PackedTensor[] = [];
  const frozen: PackedTensor[] = [];
  const pieces = new Map<string, readonly PackedTensor[]>();
  for (const tensor of tensors) {
    const apart = runsOf(tensor, names);
    if (apart.length > 1) pieces.set(tensor.name, apart);
    for (const piece of apart) (names.has(piece.parts[0]!.name) ? trainable : frozen).push(piece);
  }
  return { trainable, frozen, pieces };
}

/** The tensor itself, or its parts in runs that learn or do not. */
function runsOf(tensor: PackedTensor, names: ReadonlySet<string>): readonly PackedTensor[] {
  const runs: PackedTensor['parts'][number][][] = [];
  for (const part of tensor.parts) {
    const run = runs.at(-1);
    if (run !== undefined && names.has(run[0]!.name) === names.has(part.name)) run.push(part);
    else runs.push([part]);
  }
  return runs.length === 1 ? [tensor] : runs.map(pieceOf);
}

function pieceOf(parts: PackedTensor['parts']): PackedTensor {
  const names = parts.map(({ name }) => /^(.*)\.([^.]+)\.(weight|bias)$/.exec(name));
  const [first] = names;
  if (!first) throw new BugError(`${parts[0]?.name} cannot be a part of a packed tensor`);
  const modules = names.map((match) => match?.[2]).join('+');
  const rows = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return { name: `${first[1]}.${modules}.${first[3]}`, shape: [rows, ...parts[0]!.shape.slice(1)], parts };
}

/** Tensors by name for a forward pass: inputs of the graph, one for each piece. `onInput` hears of each. */
export function parameterInputs(
  b: Builder,
  { pieces }: Pick<Packing, 'pieces'>,
  onInput: (name: string, value: Value) => void = () => {},
): (name: string, shape: Shape) => Value {
  const input = (name: string, shape: Shape) => {
    const value = b.input(name, 'float32', shape);
    onInput(name, value);
    return value;
  };
  return (name, shape) => {
    const apart = pieces.get(name);
    if (apart === undefined) return input(name, shape);
    return b.op(
      'Concat',
      apart.map((piece) => input(piece.name, piece.shape)),
      { axis: 0 },
    );
  };
}
