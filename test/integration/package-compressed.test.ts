import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type {
  CompressionOptions,
  CompressionTechnique,
} from '../../shared/stages/competitiveness/compression/technique.ts';
import type { StorageFormat } from '../../shared/train/storage.ts';
import { type CompressProject, openCompressProject, UNUSED_WORDS } from './compress-project.ts';
import { buildPackage, predictedRows, startPackage } from './package-project.ts';
import type { TestProject } from './testkit.ts';

let opened: CompressProject;
let project: TestProject;
beforeAll(async () => {
  opened = await openCompressProject();
  project = opened.project;
});
afterAll(() => opened?.close());

/** A compressed model as a package, asked every test row by its own server: what it says of its encoder. */
async function packed(
  technique: CompressionTechnique,
  precision: StorageFormat,
  options: CompressionOptions = {},
  runId = 'R1',
): Promise<{ readonly id: string; readonly words: number; readonly config: Record<string, unknown> }> {
  await project.done('competitiveness.compress', { name: technique, runId, technique, options, tolerance: 0.02 });
  const { id } = (await project.call('competitiveness.runs', {})).at(-1)!.result;
  const { path, built } = await buildPackage(project, id, { modelId: id, precision });
  expect(built.result.notices.map(({ code }) => code)).not.toContain('package-precision-unmeasured');
  expect(built.result.selfTest.passed).toBe(true);
  const rows = await predictedRows(project, id);
  expect(rows.length).toBeGreaterThan(100);
  const server = await startPackage(path);
  try {
    for (const { row, predicted } of rows) {
      const text = row.cells.find(({ columnId }) => columnId === 'c0')?.value;
      const { status, body } = await server.send({ body: JSON.stringify({ text }) });
      expect([status, (JSON.parse(body) as { label: string }).label]).toEqual([200, predicted]);
    }
  } finally {
    await server.stop('SIGTERM');
  }
  const read = (file: string) => JSON.parse(readFileSync(join(path, file), 'utf8'));
  return { id, words: Object.keys(read('tokenizer.json').model.vocab).length, config: read('config.json') };
}

it('a model without unseen words and with fewer columns in each layer says its own shape, and answers as it was measured', async () => {
  const whole = JSON.parse(readFileSync(join(opened.modelFolder, 'config.json'), 'utf8'));
  const words = await packed('vocabulary', 'float32');
  const cut = whole.vocab_size - UNUSED_WORDS.length;
  expect([words.words, words.config.vocab_size]).toEqual([cut, cut]);
  const columns = await packed('ffn-pruning', 'float32', { share: 0.5, epochs: 0 }, words.id);
  expect(columns.config).toMatchObject({ vocab_size: cut, num_hidden_layers: 2, hidden_size: whole.hidden_size });
  const layers = columns.config.layers as { num_attention_heads: number; intermediate_size: number }[];
  expect(layers.reduce((sum, layer) => sum + layer.intermediate_size, 0)).toBe(whole.intermediate_size);
  expect(columns.config).not.toHaveProperty('intermediate_size');
});

it('a model of one layer taught by its original is packed with one', async () => {
  const { config } = await packed('distillation', 'float32', { layers: 1, epochs: 1 });
  expect(config).toMatchObject({ num_hidden_layers: 1 });
});

for (const [technique, precision] of [
  ['int8-static', 'int8-static'],
  ['int4', 'int4'],
  ['float16', 'float16'],
  ['magnitude', 'sparse'],
] as const) {
  it(`${technique} is packed as ${precision} and answers as it was measured`, async () => {
    const { config } = await packed(technique, precision);
    expect(config).toHaveProperty('intermediate_size');
  });
}
