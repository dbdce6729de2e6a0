import { expect, it } from 'vitest';
import { Builder } from '../autodiff/builder.ts';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { adamNumbers, adamwUpdate, clipByGlobalNorm } from './adamw.ts';

const SPEC = { weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 };

it('follows the textbook recursion of AdamW over three steps', () => {
  const b = new Builder();
  const input = (name: string) => b.input(name, 'float32', []);
  const state = { parameter: input('p'), firstMoment: input('m'), secondMoment: input('v') };
  const scalars = { decay: input('decay'), stepSize: input('stepSize'), epsilon: input('epsilon'), clip: b.scalar(1) };
  const next = adamwUpdate(b, SPEC, state, input('g'), scalars, true);
  const graph = b.graph({ p: next.parameter, m: next.firstMoment, v: next.secondMoment });
  let [p, m, v] = [2, 0, 0];
  let found = { p: 2, m: 0, v: 0 };
  for (const [i, g] of [0.5, -1, 0.25].entries()) {
    const t = i + 1;
    const lr = 0.1 / t;
    p *= 1 - lr * 0.1;
    m = 0.9 * m + 0.1 * g;
    v = 0.99 * v + 0.01 * g * g;
    p -= (lr * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.99 ** t)) + 1e-3);
    const numbers = Object.entries({ ...found, g, ...adamNumbers(SPEC, lr, t) });
    const outputs = evaluateGraph(
      graph,
      Object.fromEntries(numbers.map(([name, value]) => [name, dense([], [value])])),
    );
    const read = (name: string) => outputs.get(name)!.data[0]!;
    found = { p: read('p'), m: read('m'), v: read('v') };
    // Constants of a graph are float32.
    expect(found.p).toBeCloseTo(p, 6);
    expect(found.m).toBeCloseTo(m, 6);
    expect(found.v).toBeCloseTo(v, 6);
  }
});

it('clips by the norm over all gradients and leaves small ones alone', () => {
  const b = new Builder();
  const gradients = [b.input('a', 'float32', [2]), b.input('b', 'float32', [])];
  const { norm, clip } = clipByGlobalNorm(b, gradients, 1);
  const graph = b.graph({ norm, clip });
  const at = (scale: number) => {
    const found = evaluateGraph(graph, { a: dense([2], [2 * scale, 3 * scale]), b: dense([], [6 * scale]) });
    return [found.get('norm')!.data[0]!, found.get('clip')!.data[0]!];
  };
  expect(at(1)).toEqual([Math.sqrt(4 + 9 + 36), expect.closeTo(1 / 7, 6)]);
  expect(at(0.1)).toEqual([expect.closeTo(0.7, 12), 1]);
});
