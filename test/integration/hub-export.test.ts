import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { formatShare } from '../../shared/i18n/number.ts';
import type { HubExport } from '../../shared/stages/competitiveness/results.ts';
import type { HubFormat } from '../../shared/train/hub-names.ts';
import { usualMethod } from '../../shared/train/usual-method.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';

/** What another program finds in an export; that transformers and peft answer with our logits is written down in bench/README.md. */

let folder: string;
let project: TestProject;
const METHODS = ['full', 'lora', 'adalora', 'adapter'] as const;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hub-export-'));
  const modelsFolder = await writeTinyModels(folder);
  project = await openTestProject(join(folder, 'tiny.csw'), CREATE, { modelsFolder, threads: () => 1 });
  await prepareTinyProject(project, folder);
  for (const type of METHODS) {
    const training = tinyTraining(0.5);
    await project.done('competitiveness.train', {
      ...training,
      name: type,
      config: { ...training.config, method: usualMethod(type, 2), learningRate: 0.01 },
    });
  }
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function written(modelId: string, format: HubFormat): Promise<HubExport> {
  await project.done('competitiveness.exportHub', { modelId, format });
  const views = await project.call('competitiveness.hubExports', {});
  return views.find(({ result }) => result.modelId === modelId && result.format === format)!.result;
}
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const shapes = async (path: string) =>
  new Map([...(await readSafetensors(path))].map(([name, { shape }]) => [name, shape]));

it('a tuned model is a folder as transformers expects it: every tensor of the class, its settings, tokenizer and labels', async () => {
  const { path, files, labels, pooling } = await written('R1', 'model');
  const names = [
    'README.md',
    'config.json',
    'manifest.json',
    'model.safetensors',
    'tokenizer.json',
    'tokenizer_config.json',
  ];
  expect(readdirSync(path).sort()).toEqual(names);
  expect(files.map((file) => file.path)).toEqual(names);
  const config = json(join(path, 'config.json'));
  expect(config).toMatchObject({
    model_type: 'bert',
    hidden_size: 32,
    architectures: ['BertForTokenClassification'],
    id2label: Object.fromEntries(labels.map((label, id) => [id, label])),
    classifier_pooling: pooling,
  });
  const found = await shapes(join(path, 'model.safetensors'));
  const layer = (i: number) =>
    [
      ...['attention.self.query', 'attention.self.key', 'attention.self.value', 'attention.output.dense'],
      ...['attention.output.LayerNorm', 'intermediate.dense', 'output.dense', 'output.LayerNorm'],
    ].flatMap((module) => [`bert.encoder.layer.${i}.${module}.weight`, `bert.encoder.layer.${i}.${module}.bias`]);
  const embeddings = [
    'word_embeddings.weight',
    'position_embeddings.weight',
    'token_type_embeddings.weight',
    'LayerNorm.weight',
    'LayerNorm.bias',
  ];
  expect([...found.keys()].sort()).toEqual(
    [
      ...embeddings.map((name) => `bert.embeddings.${name}`),
      ...layer(0),
      ...layer(1),
      'classifier.weight',
      'classifier.bias',
    ].sort(),
  );
  expect(found.get('classifier.weight')).toEqual([4, 32]);
  expect(json(join(path, 'tokenizer_config.json'))).toMatchObject({
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    model_max_length: expect.any(Number),
  });
  expect(readFileSync(join(path, 'README.md'), 'utf8')).toContain(
    'AutoModelForTokenClassification.from_pretrained(".")',
  );
});

it('its lines of Python give calibrated probabilities where the model has a temperature in this form', async () => {
  await project.done('competitiveness.compress', { name: 'int8', runId: 'R1', technique: 'int8', tolerance: 0.1 });
  const runs = await project.call('competitiveness.runs', {});
  const { temperature } = runs.find(({ result }) => result.id === 'R1')!.result;
  expect(temperature).toMatchObject({ limited: false });
  const { before, after, devRows, rows } = temperature!;
  const readme = async (modelId: string, format: HubFormat = 'model') =>
    readFileSync(join((await written(modelId, format)).path, 'README.md'), 'utf8');
  const ofRun = await readme('R1');
  expect(ofRun).toContain(`probabilities = (logits / ${temperature!.temperature}).softmax(-1)\n`);
  for (const scores of [before, after]) expect(ofRun).toContain(`${formatShare(scores.ece.value, 1)} [`);
  expect(ofRun).toContain(`fitted on ${devRows} dev rows`);
  expect(ofRun).toContain(`(n = ${rows};`);
  // int8 is written as the float32 that it was made of, whose logits are others.
  const ofSmall = await readme('C1');
  expect(ofSmall).toContain('probabilities = logits.softmax(-1)\n');
  expect(ofSmall).toContain('Probabilities are not calibrated');
});

it('a LoRA run is an adapter with peft’s names and settings', async () => {
  const { path } = await written('R2', 'adapter');
  expect(json(join(path, 'adapter_config.json'))).toMatchObject({
    peft_type: 'LORA',
    r: 8,
    lora_alpha: 16,
    use_rslora: false,
    modules_to_save: ['classifier'],
  });
  const found = await shapes(join(path, 'adapter_model.safetensors'));
  const sizes = [
    ...['query', 'key', 'value'].map((module) => [`attention.self.${module}`, 32, 32] as const),
    ['attention.output.dense', 32, 32] as const,
    ['intermediate.dense', 32, 64] as const,
    ['output.dense', 64, 32] as const,
  ];
  const adapted = [0, 1].flatMap((layer) =>
    sizes.flatMap(([module, inputs, outputs]) => {
      const name = `base_model.model.bert.encoder.layer.${layer}.${module}`;
      return [[`${name}.lora_A.weight`, [8, inputs]] as const, [`${name}.lora_B.weight`, [outputs, 8]] as const];
    }),
  );
  const head = [
    ['base_model.model.classifier.weight', [4, 32]] as const,
    ['base_model.model.classifier.bias', [4]] as const,
  ];
  expect(found).toEqual(new Map<string, readonly number[]>([...adapted, ...head]));
});

it('an AdaLoRA run leaves out the triplets that were dropped, and says which', async () => {
  const { path } = await written('R3', 'adapter');
  const config = json(join(path, 'adapter_config.json'));
  const pattern = config.rank_pattern as Record<string, boolean[]>;
  expect(config).toMatchObject({ peft_type: 'ADALORA', init_r: 12, target_r: 8 });
  const found = await shapes(join(path, 'adapter_model.safetensors'));
  const kept = Object.entries(pattern).map(
    ([name, triplets]) => [name.replace(/\.lora_E$/, ''), triplets.filter(Boolean).length] as const,
  );
  expect(kept).toHaveLength(12);
  expect(kept.reduce((sum, [, count]) => sum + count, 0)).toBe(12 * 8);
  for (const [module, rank] of kept) {
    const name = `base_model.model.${module}`;
    expect([found.get(`${name}.lora_A`)![0], found.get(`${name}.lora_E`), found.get(`${name}.lora_B`)![1]]).toEqual([
      rank,
      [rank, 1],
      rank,
    ]);
  }
});

it('what cannot be written is refused with what to do instead', async () => {
  const refused = [
    ['R1', 'adapter', 'model.no-adapter'],
    ['R4', 'model', 'model.hub-adapters'],
    ['R9', 'model', 'artifact.not-found'],
  ] as const;
  for (const [modelId, format, code] of refused) {
    await expect(project.done('competitiveness.exportHub', { modelId, format })).rejects.toMatchObject({ code });
  }
});

it('an export takes the place of an older one, never of what somebody else put there', async () => {
  const { path } = await written('R2', 'model');
  writeFileSync(join(path, 'old.txt'), 'old');
  await written('R2', 'model');
  expect(readdirSync(path)).not.toContain('old.txt');
  const foreign = join(path, '..', 'R3-hugging-face');
  mkdirSync(foreign);
  const taken = project.done('competitiveness.exportHub', { modelId: 'R3', format: 'model' });
  await expect(taken).rejects.toMatchObject({ code: 'landing.folder-taken' });
});
