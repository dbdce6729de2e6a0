import { expect, it } from 'vitest';
import { storeInitializers } from './stored.ts';

const NAME = 'bert.encoder.layer.0.intermediate.dense.weight';

it('a matrix as large as that of a real encoder is stored without its zeros', () => {
  const shape = [1536, 512];
  const data = Float32Array.from({ length: 1536 * 512 }, (_, i) => i % 2);
  const model = { nodes: [], initializers: [{ name: NAME, shape, data }], inputs: [], outputs: [] };
  const { initializers } = storeInitializers(model, { format: 'sparse', keep: [], ranges: {} });
  const values = initializers.find(({ name }) => name === `${NAME}.values`)!;
  expect(values.shape).toEqual([data.length / 2 + 1]);
  expect([...(values.data as Float32Array).subarray(0, 3)]).toEqual([0, 1, 1]);
});
