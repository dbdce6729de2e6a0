import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveFileSources } from '../../electron/hosting/file-sources.ts';
import { createSources } from '../../electron/hosting/sources.ts';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import type { Input } from '../../shared/contract/index.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { FAMILY_NAMES } from '../../shared/train/families.ts';
import { usualMethod } from '../../shared/train/usual-method.ts';
import { CREATE, openTestProject, readText, type TestProject } from './testkit.ts';
import { prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';

/** A folder as it was downloaded becomes a base model like any other, or is refused by file and place with nothing of it kept. */

const GOLDEN = resolve(import.meta.dirname, '../golden/families');
let home: string;
let own: string;
let project: TestProject;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'import-model-'));
  own = join(home, 'own');
  const modelsFolder = await writeTinyModels(home);
  const deps = { modelsFolder, ownModelsFolder: own, threads: () => 1, log: () => undefined };
  project = await openTestProject(join(home, 'p.csw'), CREATE, deps);
  await prepareTinyProject(project, home);
  for (const family of FAMILY_NAMES)
    await project.done('competitiveness.importModel', from(join(GOLDEN, family), family));
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(home, { recursive: true, force: true });
});

/** What a terminal makes of `"files": "folder:PATH"`. */
function from(folder: string, id: string): Input<'competitiveness.importModel'> {
  const input = { id, name: `My ${id}`, languages: ['en'], files: `folder:${folder}` };
  const sources = createSources({ pathsAsIds: true });
  return resolveFileSources(input, '/', sources) as Input<'competitiveness.importModel'>;
}
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const names = async (path: string) => [...(await readSafetensors(path)).keys()];

it('every family is found with its size, words and kind of numbers, and stands in the list behind the models of the product', async () => {
  const found = await Promise.all(
    FAMILY_NAMES.map(async (modelId) => (await project.call('competitiveness.importedModel', { modelId }))!.result),
  );
  expect(
    found.map(({ family, layers, hiddenSize, embeddingSize, tokenizer, storedAs }) => [
      ...[family, layers, hiddenSize, embeddingSize],
      ...[tokenizer, storedAs.join()],
    ]),
  ).toEqual([
    ['bert', 2, 16, 16, 'WordPiece', 'F32'],
    ['roberta', 2, 16, 16, 'BPE', 'F32'],
    ['xlm-roberta', 2, 16, 16, 'Unigram', 'F16'],
    ['distilbert', 2, 16, 16, 'WordPiece', 'F32'],
    ['electra', 2, 16, 8, 'WordPiece', 'BF16'],
  ]);
  // Two positions of RoBERTa's 42 come before the first token.
  expect(found.map(({ maxLength }) => maxLength)).toEqual([40, 40, 40, 40, 40]);
  expect(found[0]!.files.map(({ path }) => path)).toEqual([
    'config.json',
    'model-00001-of-00003.safetensors',
    'model-00002-of-00003.safetensors',
    'model-00003-of-00003.safetensors',
    'model.safetensors.index.json',
    'tokenizer.json',
  ]);
  const list = await project.call('competitiveness.baseModels', {});
  expect(list.map(({ id, imported }) => [id, imported])).toEqual([
    ['tiny', false],
    ...[...FAMILY_NAMES].sort().map((id) => [id, true]),
  ]);
  expect(readdirSync(own).sort()).toEqual([...FAMILY_NAMES].sort());
});

it('a folder says how a text’s vector is made, how long a text may be, and under which licence it is', async () => {
  const folder = join(home, 'sentences');
  cpSync(join(GOLDEN, 'roberta'), folder, { recursive: true });
  cpSync(join(GOLDEN, 'roberta/config.json'), join(folder, '1_Pooling/config.json'));
  writeFileSync(
    join(folder, '1_Pooling/config.json'),
    '{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}',
  );
  writeFileSync(join(folder, 'sentence_bert_config.json'), '{"max_seq_length": 24}');
  writeFileSync(join(folder, 'README.md'), '---\nlanguage: en\nlicense: apache-2.0\n---\n# Model\n');
  writeFileSync(join(folder, 'LICENSE'), 'Apache License');
  writeFileSync(join(folder, 'pytorch_model.bin'), 'not read');
  const job = await project.done('competitiveness.importModel', from(folder, 'sentences'));
  expect(job.state.type).toBe('succeeded');
  const view = await project.call('competitiveness.importedModel', { modelId: 'sentences' });
  expect(view!.result).toMatchObject({
    ...{ pooling: 'cls', poolingFrom: 'folder', maxLength: 24, licence: 'apache-2.0', licenceFile: 'LICENSE' },
  });
  expect(readdirSync(join(own, 'sentences')).sort()).toEqual(
    ['LICENSE', 'config.json', 'manifest.json', 'model.safetensors', 'tokenizer.json'].sort(),
  );
  await project.call('competitiveness.removeModel', { modelId: 'sentences' });
  expect(existsSync(join(own, 'sentences'))).toBe(false);
});

describe('an imported model is trained, and given back under the names of its family', () => {
  const training = tinyTraining(0.3);
  const train = async (modelId: string, method: ReturnType<typeof usualMethod>, options: object = {}) => {
    await project.done('competitiveness.train', {
      name: `${modelId} ${method.type}`,
      modelId,
      config: { ...training.config, method, ...options },
    });
    return (await project.call('competitiveness.runs', {})).at(-1)!.result;
  };
  const exported = async (modelId: string, format: 'model' | 'adapter') => {
    await project.done('competitiveness.exportHub', { modelId, format });
    const views = await project.call('competitiveness.hubExports', {});
    return views.find(({ result }) => result.modelId === modelId && result.format === format)!.result.path;
  };

  it('DistilBERT, with an adversary on its word vectors', async () => {
    const adversary = { type: 'fgm', epsilon: 0.1 } as const;
    const run = await train('distilbert', { type: 'full', freezeEmbeddings: false }, { adversary });
    const path = await exported(run.id, 'model');
    expect(json(join(path, 'config.json'))).toMatchObject({
      ...{ model_type: 'distilbert', architectures: ['DistilBertForTokenClassification'], n_layers: 2 },
    });
    const published = (await names(join(GOLDEN, 'distilbert/model.safetensors'))).sort();
    expect((await names(join(path, 'model.safetensors'))).sort()).toEqual(published);
  });

  it('ELECTRA, as LoRA beside its base', async () => {
    const run = await train('electra', usualMethod('lora', 2));
    const found = await names(join(await exported(run.id, 'adapter'), 'adapter_model.safetensors'));
    expect(found).toContain('base_model.model.electra.encoder.layer.0.attention.self.query.lora_A.weight');
    const whole = (await names(join(await exported(run.id, 'model'), 'model.safetensors'))).sort();
    expect(whole).toEqual((await names(join(GOLDEN, 'electra/model.safetensors'))).sort());
  });

  it('DistilBERT, as AdaLoRA on all linear layers', async () => {
    const usual = usualMethod('adalora', 2);
    const run = await train('distilbert', usual);
    const path = await exported(run.id, 'adapter');
    const settings = json(join(path, 'adapter_config.json')) as { target_modules: string; rank_pattern: object };
    const targets = new RegExp(`^${settings.target_modules}$`);
    for (const name of Object.keys(settings.rank_pattern)) {
      expect(name).toMatch(
        /^distilbert\.transformer\.layer\.\d\.(attention\.\w_lin|attention\.out_lin|ffn\.lin[12])\.lora_E$/,
      );
      expect(name.replace(/\.lora_E$/, '')).toMatch(targets);
    }
  });

  it('RoBERTa and XLM-RoBERTa, by adapters and the head alone; the floor is a frozen ELECTRA', async () => {
    const adapters = await train('roberta', usualMethod('adapter', 2));
    const head = await train('xlm-roberta', usualMethod('head', 2), { headStart: 'logistic' });
    expect([adapters.modelId, head.modelId]).toEqual(['roberta', 'xlm-roberta']);
    await project.done('competitiveness.measureFloors', { modelId: 'electra', seed: 1 });
    const floors = await project.call('competitiveness.floors', {});
    expect(floors!.result.floors.map(({ type }) => type)).toContain('frozen');
  });
});

describe('what is refused', () => {
  const refusal = (input: Input<'competitiveness.importModel'>) =>
    project.done('competitiveness.importModel', input).then(
      () => null,
      (error: AppError) => error,
    );
  const copy = (family: string, name: string) => {
    const folder = join(home, name);
    cpSync(join(GOLDEN, family), folder, { recursive: true });
    return folder;
  };
  const change = (file: string, edit: (value: Record<string, unknown>) => object) =>
    writeFileSync(file, JSON.stringify(edit(json(file))));

  it.each<readonly [string, string, (folder: string) => void, object, RegExp]>([
    [
      'a folder without a tokenizer',
      'bert',
      (f) => rmSync(join(f, 'tokenizer.json')),
      { code: 'model.file-missing' },
      /tokenizer\.json/,
    ],
    [
      'a folder without a config',
      'bert',
      (f) => rmSync(join(f, 'config.json')),
      { code: 'model.file-missing' },
      /config\.json/,
    ],
    [
      'a folder without weights',
      'roberta',
      (f) => rmSync(join(f, 'model.safetensors')),
      { code: 'model.file-missing' },
      /model\.safetensors/,
    ],
    [
      'a shard that is not there',
      'bert',
      (f) => rmSync(join(f, 'model-00002-of-00003.safetensors')),
      { code: 'model.file' },
      /00002-of-00003.*cannot be read/,
    ],
    [
      'an index that leads out of the folder',
      'bert',
      (f) =>
        change(join(f, 'model.safetensors.index.json'), (index) => ({
          ...index,
          weight_map: { 'embeddings.LayerNorm.bias': '../../secret.safetensors' },
        })),
      { code: 'model.file' },
      /index\.json.*embeddings\.LayerNorm\.bias.*no file name/,
    ],
    [
      'an index that names a tensor which its shard has not',
      'bert',
      (f) =>
        change(join(f, 'model.safetensors.index.json'), (index) => ({
          weight_map: { ...(index.weight_map as object), ghost: 'model-00001-of-00003.safetensors' },
        })),
      { code: 'model.tensor-missing' },
      /00001-of-00003.*ghost/,
    ],
    [
      'sizes beyond any encoder',
      'distilbert',
      (f) => change(join(f, 'config.json'), (config) => ({ ...config, dim: 1e9 })),
      { code: 'model.file' },
      /config\.json.*dim/,
    ],
    [
      'weights of another size than the config says, by the file’s own name',
      'distilbert',
      (f) => change(join(f, 'config.json'), (config) => ({ ...config, hidden_dim: 48 })),
      { code: 'model.tensor-shape' },
      /distilbert\.transformer\.layer\.0\.ffn\.lin1\.weight/,
    ],
    [
      'more layers than the file has',
      'electra',
      (f) => change(join(f, 'config.json'), (config) => ({ ...config, num_hidden_layers: 3 })),
      { code: 'model.tensor-missing' },
      /electra\.encoder\.layer\.2\./,
    ],
    [
      'a decoder',
      'roberta',
      (f) => change(join(f, 'config.json'), (config) => ({ ...config, is_decoder: true })),
      { code: 'model.unsupported' },
      /decoder/,
    ],
    [
      'another family',
      'bert',
      (f) => change(join(f, 'config.json'), (config) => ({ ...config, model_type: 'gpt2' })),
      { code: 'model.unsupported' },
      /gpt2.*none of bert, roberta/,
    ],
    [
      'an activation that nobody has checked',
      'electra',
      (f) => change(join(f, 'config.json'), (config) => ({ ...config, hidden_act: 'silu' })),
      { code: 'model.unsupported' },
      /silu/,
    ],
    [
      'a tokenizer with more words than the table',
      'xlm-roberta',
      (f) =>
        change(join(f, 'tokenizer.json'), (file) => ({
          ...file,
          added_tokens: [...(file.added_tokens as object[]), { id: 4000, content: '<more>', special: true }],
        })),
      { code: 'model.file' },
      /tokenizer\.json.*token 4\u202f000/,
    ],
    [
      'offsets beyond the file',
      'roberta',
      (f) => writeFileSync(join(f, 'model.safetensors'), readFileSync(join(f, 'model.safetensors')).subarray(0, -40)),
      { code: 'model.file' },
      /model\.safetensors.*tensor \S+ ends at/,
    ],
    [
      'a number that is none',
      'xlm-roberta',
      (f) => {
        const bytes = readFileSync(join(f, 'model.safetensors'));
        bytes.writeUInt16LE(0x7e00, bytes.length - 2);
        writeFileSync(join(f, 'model.safetensors'), bytes);
      },
      { code: 'model.file' },
      /not finite/,
    ],
  ])('%s', async (name, family, spoil, code, says) => {
    const folder = copy(family, `bad-${name.replaceAll(/\W/g, '-')}`);
    spoil(folder);
    const before = readdirSync(own).sort();
    const error = await refusal(from(folder, 'bad'));
    expect(error).toMatchObject(code);
    expect(readText(error)).toMatch(says);
    expect(readdirSync(own).sort()).toEqual(before);
  });

  it('a link that leads out of the folder is not followed', () => {
    const folder = copy('bert', 'linked');
    rmSync(join(folder, 'config.json'));
    symlinkSync(join(GOLDEN, 'bert/config.json'), join(folder, 'config.json'));
    expect(() => from(folder, 'linked')).toThrow(
      expect.objectContaining({ code: 'model.link', params: { file: 'config.json' } }),
    );
  });

  it('an id that another model has, unless it is the same model; and a path as an id', async () => {
    expect(await refusal(from(join(GOLDEN, 'roberta'), 'bert'))).toMatchObject({ code: 'model.exists' });
    expect(await refusal(from(join(GOLDEN, 'bert'), 'tiny'))).toMatchObject({ code: 'model.exists' });
    expect(await refusal(from(join(GOLDEN, 'bert'), 'bert'))).toBeNull();
    const path = { ...from(join(GOLDEN, 'bert'), 'x'), id: '../bert' };
    expect(await project.refusal('competitiveness.importModel', path)).toMatchObject({ code: 'request.invalid' });
    expect(await project.refusal('competitiveness.removeModel', { modelId: 'tiny' })).toMatchObject({
      code: 'model.shipped',
    });
    expect(await project.refusal('competitiveness.removeModel', { modelId: 'nobody' })).toMatchObject({
      code: 'model.not-found',
    });
  });
});
