import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { Builder } from './builder.ts';
import { checkGraph } from './check.ts';
import { type Dense, dense, erf, evaluateGraph, type Symbols } from './evaluate.testkit.ts';
import { grad } from './grad.ts';
import type { Attrs, OpName, Shape, Value } from './graph.ts';
import { OPS } from './ops.ts';

const STEP = 1e-5;
const TOLERANCE = 1e-7;

interface Case {
  readonly op: OpName;
  /** Shapes of the differentiable inputs. */
  readonly shapes: readonly Shape[];
  readonly attrs?: Attrs;
  readonly symbols?: Symbols;
  /** Values instead of random ones, per input. */
  readonly values?: readonly (readonly number[])[];
  /** An int32 index as second input. */
  readonly index?: readonly number[];
  /** Keeps random values above this. */
  readonly above?: number;
}

/** The loss Σ weight·output over all outputs that carry gradients, with weights that differ from element to element. */
function lossOf(b: Builder, outputs: readonly Value[]): Value {
  const terms = outputs.map((output) => {
    const mixed = b.op('Mul', [output, b.op('Sigmoid', [output])]);
    return b.op('ReduceSum', [mixed], { keepdims: 0 });
  });
  return terms.reduce((sum, term) => b.op('Add', [sum, term]));
}

function largestError({ op, shapes, attrs = {}, symbols = {}, values, index, above }: Case): number {
  const b = new Builder();
  const variables = shapes.map((shape, i) => b.input(`x${i}`, 'float32', shape));
  const inputs = [...variables];
  if (index !== undefined) inputs.splice(1, 0, b.constant('index', Int32Array.from(index), [index.length]));
  const outputs = b.emit(op, inputs, attrs);
  const loss = lossOf(b, op === 'LayerNormalization' ? outputs.slice(0, 1) : outputs);
  const gradients = grad(b, loss, variables);
  const graph = b.graph({ loss, ...Object.fromEntries(gradients.map((value, i) => [`g${i}`, value])) });
  checkGraph(graph);
  const rng = createRng(7);
  const point = shapes.map((shape, i): Dense => {
    const sizes = shape.map((dim) => (typeof dim === 'number' ? dim : symbols[dim]!));
    const count = sizes.reduce((product, dim) => product * dim, 1);
    const draw = () => (above === undefined ? 1.5 * rng.normal() : above + 2 * rng.float());
    return dense(sizes, values?.[i] ?? Array.from({ length: count }, draw));
  });
  const at = (changed: readonly Dense[]) =>
    evaluateGraph(graph, Object.fromEntries(changed.map((value, i) => [`x${i}`, value])), symbols);
  const found = at(point);
  let worst = 0;
  for (const [i, { shape, data }] of point.entries()) {
    for (let k = 0; k < data.length; k++) {
      const moved = (by: number) =>
        at(point.with(i, { shape, data: data.with(k, data[k]! + by) })).get('loss')!.data[0]!;
      const numeric = (moved(STEP) - moved(-STEP)) / (2 * STEP);
      const exact = found.get(`g${i}`)!.data[k]!;
      worst = Math.max(worst, Math.abs(numeric - exact) / Math.max(1, Math.abs(numeric)));
    }
  }
  return worst;
}

const around = [[-5, -2, -0.5, 0, 0.5, 2, 5]];
/** Element by element: a scalar, a single element, several axes, a symbol. */
const pointwise = (op: OpName, rest: Partial<Case> = {}): readonly Case[] => [
  { op, shapes: [[]], ...rest },
  { op, shapes: [[1]], ...rest },
  { op, shapes: [[2, 1, 3]], ...rest },
  { op, shapes: [['rows', 2]], symbols: { rows: 3 }, ...rest },
];
/** Both ways of broadcasting, the same shape, and a scalar. */
const pairwise = (op: OpName, rest: Partial<Case> = {}): readonly Case[] =>
  (
    [
      [
        [2, 3],
        [2, 3],
      ],
      [
        [2, 1, 3],
        [4, 1],
      ],
      [[3], [2, 1, 3]],
      [['rows', 1], [3]],
      [[], [2, 2]],
    ] as const
  ).map((shapes) => ({ op, shapes, symbols: { rows: 2 }, ...rest }));

const CASES: readonly Case[] = [
  { op: 'Add', shapes: [[2, 3], [3]] },
  {
    op: 'Add',
    shapes: [
      ['rows', 3],
      ['rows', 1],
    ],
    symbols: { rows: 4 },
  },
  { op: 'Add', shapes: [[2, 3], []] },
  { op: 'Sub', shapes: [[3], [2, 1, 3]] },
  {
    op: 'Mul',
    shapes: [
      [2, 3],
      [2, 1],
    ],
  },
  {
    op: 'Mul',
    shapes: [[3], [3]],
    values: [
      [0, 0, 2],
      [0, 3, 0],
    ],
  },
  { op: 'Div', shapes: [[2, 3], [3]], above: 0.5 },
  { op: 'Neg', shapes: [[7]], values: around },
  { op: 'Sqrt', shapes: [[2, 3]], above: 0.5 },
  { op: 'Exp', shapes: [[7]], values: around },
  { op: 'Log', shapes: [[7]], above: 0.2 },
  { op: 'Erf', shapes: [[7]], values: around },
  { op: 'Tanh', shapes: [[7]], values: around },
  { op: 'Sigmoid', shapes: [[7]], values: around },
  { op: 'Softplus', shapes: [[7]], values: around },
  { op: 'Relu', shapes: [[2, 3]], values: [[-2, -1, -0.5, 0.5, 1, 2]] },
  { op: 'Gelu', shapes: [[7]], values: around },
  {
    op: 'MatMul',
    shapes: [
      [2, 3],
      [3, 4],
    ],
  },
  {
    op: 'MatMul',
    shapes: [
      [2, 2, 3],
      [3, 4],
    ],
  },
  {
    op: 'FusedMatMul',
    shapes: [
      [2, 3, 4],
      [2, 4, 5],
    ],
    attrs: { alpha: 0.5 },
  },
  {
    op: 'FusedMatMul',
    shapes: [
      [2, 4, 3],
      [2, 4, 5],
    ],
    attrs: { transA: 1, alpha: 0.5 },
  },
  {
    op: 'FusedMatMul',
    shapes: [
      [2, 3, 4],
      [2, 5, 4],
    ],
    attrs: { transB: 1, alpha: 0.5 },
  },
  {
    op: 'FusedMatMul',
    shapes: [
      [2, 4, 3],
      [1, 5, 4],
    ],
    attrs: { transA: 1, transB: 1, alpha: 2 },
  },
  {
    op: 'Gemm',
    shapes: [
      [2, 3],
      [3, 4],
    ],
    attrs: { alpha: 0.5 },
  },
  { op: 'Gemm', shapes: [['rows', 3], [4, 3], [4]], attrs: { transB: 1, alpha: 0.5, beta: 2 }, symbols: { rows: 5 } },
  {
    op: 'Gemm',
    shapes: [
      [3, 2],
      [3, 4],
      [2, 4],
    ],
    attrs: { transA: 1 },
  },
  {
    op: 'Gemm',
    shapes: [
      [3, 2],
      [4, 3],
      [2, 1],
    ],
    attrs: { transA: 1, transB: 1, beta: 0.5 },
  },
  ...(['Neg', 'Exp', 'Erf', 'Tanh', 'Sigmoid', 'Softplus', 'Gelu'] as const).flatMap((op) => pointwise(op)),
  ...(['Sqrt', 'Log', 'Relu'] as const).flatMap((op) => pointwise(op, { above: 0.3 })),
  ...(['Add', 'Sub', 'Mul'] as const).flatMap((op) => pairwise(op)),
  ...pairwise('Div', { above: 0.5 }),
  {
    op: 'MatMul',
    shapes: [
      ['rows', 1, 2, 3],
      [2, 3, 2],
    ],
    symbols: { rows: 2 },
  },
  { op: 'ReduceSum', shapes: [[2, 3, 4]], attrs: { axes: [1], keepdims: 0 } },
  { op: 'ReduceSum', shapes: [[2, 3]], attrs: { axes: [-1], keepdims: 1 } },
  { op: 'ReduceSum', shapes: [[2, 3]], attrs: { keepdims: 0 } },
  { op: 'ReduceSumSquare', shapes: [[2, 3]], attrs: { axes: [0], keepdims: 0 } },
  { op: 'ReduceSumSquare', shapes: [[2, 3, 2]], attrs: { axes: [0, 2], keepdims: 1 } },
  { op: 'ReduceSumSquare', shapes: [['rows', 2]], attrs: { keepdims: 0 }, symbols: { rows: 3 } },
  { op: 'ReduceSumSquare', shapes: [[]], attrs: { keepdims: 0 } },
  { op: 'ReduceSum', shapes: [['rows', 2]], attrs: { axes: [0], keepdims: 1 }, symbols: { rows: 3 } },
  { op: 'Softmax', shapes: [[2, 3]], attrs: { axis: -1 } },
  { op: 'Softmax', shapes: [['rows', 2, 4]], attrs: { axis: -1 }, symbols: { rows: 2 } },
  { op: 'Softmax', shapes: [[3, 1]], attrs: { axis: -1 } },
  // All alike: each has the same share.
  { op: 'Softmax', shapes: [[1, 3]], attrs: { axis: -1 }, values: [[2, 2, 2]] },
  { op: 'Softmax', shapes: [[1, 4]], attrs: { axis: -1 }, values: [[1, 1, 1, -1e9]] },
  { op: 'LogSoftmax', shapes: [[2, 3]], attrs: { axis: -1 } },
  { op: 'LogSoftmax', shapes: [['rows', 2, 4]], attrs: { axis: -1 }, symbols: { rows: 2 } },
  { op: 'LogSoftmax', shapes: [[1, 3]], attrs: { axis: -1 }, values: [[2, 2, 2]] },
  { op: 'LogSoftmax', shapes: [[1, 2]], attrs: { axis: -1 }, values: [[30, -30]] },
  { op: 'LayerNormalization', shapes: [[3, 4], [4], [4]], attrs: { axis: -1, epsilon: 1e-3 } },
  {
    op: 'LayerNormalization',
    shapes: [['rows', 2, 4], [4], [4]],
    attrs: { axis: -1, epsilon: 1e-3 },
    symbols: { rows: 2 },
  },
  { op: 'LayerNormalization', shapes: [[1, 2], [2], [2]], attrs: { axis: -1, epsilon: 1e-3 } },
  { op: 'Gather', shapes: [[4, 3]], index: [2, 0, 2, 2, 1] },
  { op: 'Gather', shapes: [['unique', 2]], index: [1, 1], symbols: { unique: 3 } },
  { op: 'Gather', shapes: [[5, 1]], index: [4, 0, 4] },
  { op: 'Reshape', shapes: [['rows', 4]], attrs: { shape: ['rows', 2, 2] }, symbols: { rows: 3 } },
  { op: 'Reshape', shapes: [[2, 6]], attrs: { shape: [3, 4] } },
  { op: 'Reshape', shapes: [['rows', 2, 3]], attrs: { shape: ['rows', 6] }, symbols: { rows: 2 } },
  { op: 'Expand', shapes: [[2, 1]], attrs: { shape: [2, 3] } },
  { op: 'Expand', shapes: [[3]], attrs: { shape: [2, 2, 3] } },
  { op: 'Expand', shapes: [[]], attrs: { shape: [2, 2] } },
  { op: 'Transpose', shapes: [[2, 3, 4]], attrs: { perm: [2, 0, 1] } },
  { op: 'Transpose', shapes: [[2, 3]], attrs: { perm: [1, 0] } },
  { op: 'Transpose', shapes: [['rows', 2, 3, 2]], attrs: { perm: [0, 2, 1, 3] }, symbols: { rows: 2 } },
  { op: 'Split', shapes: [[2, 5]], attrs: { axis: 1, sizes: [2, 3] } },
  { op: 'Split', shapes: [[4, 2]], attrs: { axis: 0, sizes: [1, 1, 2] } },
  { op: 'Split', shapes: [['rows', 2, 4]], attrs: { axis: 2, sizes: [3, 1] }, symbols: { rows: 2 } },
  {
    op: 'Concat',
    shapes: [
      [2, 1],
      [2, 3],
    ],
    attrs: { axis: 1 },
  },
  {
    op: 'Concat',
    shapes: [
      ['rows', 2],
      ['rows', 1],
      ['rows', 2],
    ],
    attrs: { axis: 1 },
    symbols: { rows: 3 },
  },
  {
    op: 'Concat',
    shapes: [
      [2, 3],
      [1, 3],
      [2, 3],
    ],
    attrs: { axis: 0 },
  },
];

describe('the VJP of each operator agrees with float64 central differences', () => {
  for (const example of CASES) {
    const shapes = example.shapes.map((shape) => `[${shape}]`).join(' ');
    it(`${example.op} ${shapes} ${JSON.stringify(example.attrs ?? {})}`, () => {
      expect(largestError(example)).toBeLessThan(TOLERANCE);
    });
  }

  it('covers every operator that has a derivative, at three shapes at the least', () => {
    const without = new Set<OpName>([
      'Min',
      'Greater',
      'Cast',
      'ScatterElements',
      'ConstantOfShape',
      'DynamicQuantizeMatMul',
      'QuantizeLinear',
      'MatMulIntegerToFloat',
      'MatMulNBits',
    ]);
    const shapesOf = (op: OpName) =>
      new Set(CASES.filter((example) => example.op === op).map(({ shapes }) => JSON.stringify(shapes))).size;
    const few = (Object.keys(OPS) as OpName[]).filter((op) => !without.has(op) && shapesOf(op) < 3);
    expect(few).toEqual([]);
  });
});

describe('grad', () => {
  it('takes the derivative of relu at 0 as 0', () => {
    const b = new Builder();
    const x = b.input('x', 'float32', [3]);
    const [g] = grad(b, b.op('ReduceSum', [b.op('Relu', [x])], { keepdims: 0 }), [x]);
    const found = evaluateGraph(b.graph({ g: g! }), { x: dense([3], [-1, 0, 1]) });
    expect([...found.get('g')!.data]).toEqual([0, 0, 1]);
  });

  it('adds the cotangents of a value that is used twice', () => {
    const b = new Builder();
    const x = b.input('x', 'float32', [2]);
    const loss = b.op('ReduceSum', [b.op('Add', [b.op('Mul', [x, x]), x])], { keepdims: 0 });
    const found = evaluateGraph(b.graph({ g: grad(b, loss, [x])[0]! }), { x: dense([2], [3, -4]) });
    expect([...found.get('g')!.data]).toEqual([2 * 3 + 1, 2 * -4 + 1]);
  });

  it('is zero for a value the loss does not depend on', () => {
    const b = new Builder();
    const [x, y] = [b.input('x', 'float32', []), b.input('y', 'float32', [2])];
    const found = evaluateGraph(b.graph({ g: grad(b, x, [y])[0]! }), { x: dense([], [1]), y: dense([2], [1, 2]) });
    expect([...found.get('g')!.data]).toEqual([0, 0]);
  });

  it('leaves no node for the gradient of what is frozen', () => {
    const b = new Builder();
    const [x, w, frozen] = [
      b.input('x', 'float32', [2, 3]),
      b.input('w', 'float32', [3, 3]),
      b.input('f', 'float32', [3, 3]),
    ];
    const hidden = b.op('Gemm', [b.op('Gemm', [x, frozen]), w]);
    const graph = b.graph({ g: grad(b, b.op('ReduceSum', [hidden], { keepdims: 0 }), [w])[0]! });
    expect(graph.nodes.filter(({ op }) => op === 'Gemm')).toHaveLength(2);
  });

  it('refuses a loss that is not a scalar', () => {
    const b = new Builder();
    const x = b.input('x', 'float32', [2]);
    expect(() => grad(b, x, [x])).toThrow(expect.objectContaining({ code: 'autodiff.graph' }));
  });

  it('refuses an operator without a derivative on the path', () => {
    const b = new Builder();
    const x = b.input('x', 'float32', []);
    expect(() => grad(b, b.op('Min', [x, b.scalar(1)]), [x])).toThrow(
      expect.objectContaining({ code: 'autodiff.no-rule' }),
    );
  });
});

describe('shape rules', () => {
  const refused: readonly [OpName, readonly Shape[], Attrs][] = [
    ['Add', [[2], [3]], {}],
    ['Add', [['rows'], ['length']], {}],
    [
      'MatMul',
      [
        [2, 3],
        [2, 3],
      ],
      {},
    ],
    ['Gemm', [[2, 3], [3, 4], [3]], {}],
    ['Reshape', [['rows', 4]], { shape: ['rows', 3] }],
    ['Transpose', [[2, 3]], { perm: [0, 0] }],
    ['Split', [[4]], { axis: 0, sizes: [1, 2] }],
    [
      'Concat',
      [
        [2, 3],
        [2, 4],
      ],
      { axis: 0 },
    ],
    ['LayerNormalization', [[2, 3], [2], [3]], {}],
    ['Expand', [[2]], { shape: [3] }],
  ];
  for (const [op, shapes, attrs] of refused) {
    it(`${op} refuses ${shapes.map((shape) => `[${shape}]`).join(' ')} ${JSON.stringify(attrs)}`, () => {
      const b = new Builder();
      const inputs = shapes.map((shape, i) => b.input(`x${i}`, 'float32', shape));
      expect(() => b.op(op, inputs, attrs)).toThrow(expect.objectContaining({ code: 'autodiff.shape' }));
    });
  }
});

describe('the evaluator', () => {
  it('has erf to 15 digits', () => {
    // Abramowitz and Stegun, table 7.1; mpmath for 3.5.
    expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 14);
    expect(erf(-1)).toBeCloseTo(-0.8427007929497149, 14);
    expect(erf(3.5)).toBeCloseTo(0.9999992569016276, 14);
  });
});
