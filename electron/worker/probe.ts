import { Builder } from '../../shared/autodiff/builder.ts';
import { lowerGraph } from './ort/lower.ts';
import { OrtSession } from './ort/session.ts';

const SIZE = 2048;
const RUNS = 5;

/** Rate of a 2048 × 2048 × 2048 matrix product in float32, the best of several, in 10⁹ floating-point operations a second. */
export async function measureGemm(threads: number): Promise<number> {
  const b = new Builder();
  const shape = [SIZE, SIZE];
  const product = b.op('Gemm', [b.input('a', 'float32', shape), b.input('b', 'float32', shape)]);
  const session = await OrtSession.create(lowerGraph(b.graph({ product })), { threads });
  try {
    const factor = session.tensor(new Float32Array(SIZE * SIZE).fill(0.5), shape);
    const fetches = { product: session.tensor(new Float32Array(SIZE * SIZE), shape) };
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < RUNS; i++) {
      const start = performance.now();
      await session.run({ a: factor, b: factor }, fetches);
      best = Math.min(best, performance.now() - start);
    }
    return (2 * SIZE ** 3) / (best * 1e6);
  } finally {
    await session.dispose();
  }
}
