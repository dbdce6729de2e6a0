import { expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import { initialMlp } from '../../shared/train/mlp.ts';
import { trainTable } from './table-mlp.ts';

const SHAPE = { features: 2, hidden: 3 };
const RATE = 0.1;

/** The parameters after one update. */
async function updated(weightDecay: number) {
  const rows = Int32Array.of(0, 1, 2, 3);
  const request = {
    ...SHAPE,
    type: 'trainTable' as const,
    x: Float32Array.of(1, -1, 2, 0.5, -1, 1, 0, 3),
    event: Uint8Array.of(1, 0, 1, 0),
    weightDecay,
    learningRate: RATE,
    batchSize: 4,
    epochs: 1,
    patience: 1,
    seed: 5,
    threads: 1,
    fits: [{ train: rows, dev: rows, mean: Float64Array.of(0, 0), deviation: Float64Array.of(1, 1) }],
  };
  const { networks } = await trainTable(request, { signal: new AbortController().signal, onProgress: () => undefined });
  return networks[0]!.parameters;
}

it('decays weights and not biases', async () => {
  const decay = 0.05;
  const [plain, decayed] = [await updated(0), await updated(decay)];
  const initial = initialMlp(SHAPE, createRng(5));
  for (const bias of ['bias1', 'bias2'] as const) {
    expect(decayed[bias]).toEqual(plain[bias]);
    expect(decayed[bias]).not.toEqual(initial[bias]);
  }
  for (const weight of ['weight1', 'weight2'] as const) {
    const lost = plain[weight].map((value, i) => value - decayed[weight][i]!);
    initial[weight].forEach((value, i) => {
      expect(lost[i]).toBeCloseTo(value * RATE * decay, 6);
    });
  }
});
