import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { measureImportance } from '../../electron/worker/compress/importance.ts';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { readEncoderFolder } from '../../electron/worker/ort/weights.ts';

/** PyTorch 2.15 by autograd through gates (test/golden/compression.py). */
const TINY = 'test/golden/bert-tiny';
const golden = JSON.parse(readFileSync('test/golden/compression.json', 'utf8')) as {
  importance: { heads: number[][]; columns: number[][] };
};

it('importance of heads and columns is what PyTorch computes', async () => {
  const { config, weights } = await readEncoderFolder(TINY);
  const batch = await readSafetensors(join(TINY, 'batch.safetensors'));
  const [mask, ids] = ['attention_mask', 'input_ids'].map((name) => batch.get(name)!.data as Int32Array);
  const [rows = 0, length = 0] = batch.get('input_ids')!.shape;
  const lengths = Array.from({ length: rows }, (_, row) =>
    mask!.subarray(row * length, (row + 1) * length).reduce((sum, value) => sum + value, 0),
  );
  const tokens = {
    ids: Int32Array.from(lengths.flatMap((size, row) => [...ids!.subarray(row * length, row * length + size)])),
    offsets: Int32Array.from([
      0,
      ...lengths.map((_, row) => lengths.slice(0, row + 1).reduce((sum, size) => sum + size, 0)),
    ]),
  };
  const labels = batch.get('target.single_label')!.data as Int32Array;
  const spec = { encoder: config, pooling: 'cls', head: 'bert-pooler', labels: 5 } as const;
  const found = await measureImportance(
    spec,
    weights,
    { tokens, labels, padId: 0 },
    { threads: 2, signal: new AbortController().signal },
  );
  for (const part of ['heads', 'columns'] as const) {
    found[part].forEach((values, layer) => {
      values.forEach((value, at) => {
        expect(Math.abs(value - golden.importance[part][layer]![at]!), `${part} ${layer} ${at}`).toBeLessThan(1e-5);
      });
    });
  }
});
