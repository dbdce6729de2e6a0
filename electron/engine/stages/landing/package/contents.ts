import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLicence } from '../../../../../shared/stages/competitiveness/base-model/files.ts';
import { appliedTemperature } from '../../../../../shared/stages/competitiveness/evaluation/temperature.ts';
import type { CardFacts } from '../../../../../shared/stages/landing/package/card-facts.ts';
import { FAMILIES } from '../../../../../shared/train/families.ts';
import type { WorkerResults } from '../../../../../shared/worker/protocol.ts';
import { readEncoderConfig } from '../../../../models/encoder-config.ts';
import { modelHash, readManifest } from '../../../../models/model-folder.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import { PACKAGE_FORMAT } from './exports-folder.ts';
import type { PackedModel } from './packed-model.ts';
import { type PackageSamples, TOLERANCE } from './samples.ts';
import type { PackageSource } from './vendor.ts';

type ReshapedEncoder = NonNullable<WorkerResults['export']['encoder']>;

/** What `config.json` calls the numbers that hold for every layer, in one family or another. */
const SAME_IN_EVERY_LAYER = ['num_attention_heads', 'n_heads', 'intermediate_size', 'hidden_dim'] as const;

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Server, self-test and their modules, as they lie in the product. */
export function ownSources(folder: string): PackageSource[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && (entry.name.endsWith('.mjs') || entry.name.endsWith('.cjs')))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((from) => ({ path: from.slice(folder.length + 1).replaceAll('\\', '/'), from }));
}

/** The files that say what the model is and how it is asked. */
export async function modelSources(
  { store, deps, key }: Pick<StepContext<unknown>, 'store' | 'deps' | 'key'>,
  { model, artifact }: PackedModel,
  facts: CardFacts,
  samples: PackageSamples,
  encoder: ReshapedEncoder | null,
): Promise<PackageSource[]> {
  const base = await readManifest(model.folder);
  const project = store.project.get();
  const openApi = JSON.parse(readFileSync(join(deps.packageParts.sources, 'openapi.json'), 'utf8')) as {
    info: { title: string };
    components: { schemas: Record<string, unknown> };
  };
  openApi.info.title = facts.name;
  openApi.components.schemas.Label = { enum: model.labels };
  const manifest = {
    format: PACKAGE_FORMAT,
    package: { id: key, name: facts.name, folder: facts.folder, builtAt: facts.builtAt, platform: facts.platform },
    project: { id: project.id, name: project.name, dataVersion: project.dataVersion },
    model: {
      id: model.id,
      name: model.name,
      precision: facts.model.precision,
      artifact: { slot: artifact.slot, id: artifact.id, version: artifact.version, hash: artifact.hash },
      base: { id: base.id, hash: modelHash(base), licence: base.licence, source: base.source },
      onnx: { file: 'model.onnx', sha256: facts.model.sha256, bytes: facts.model.bytes, opset: facts.versions.opset },
    },
    inputs: facts.inputs,
    versions: {
      'success-workbench': facts.versions.app,
      'onnxruntime-node': facts.versions.runtime,
      '@huggingface/tokenizers': facts.versions.tokenizer,
      node: '>=20',
    },
  };
  return [
    await encoderSource(model.folder, encoder),
    ...base.files
      .filter(({ path }) => isLicence(path) || /^(LICENSE|NOTICE)/.test(path))
      .map(({ path }) => ({ path: `LICENSES/${base.id}-${path}.txt`, from: join(model.folder, path) })),
    { path: 'labels.json', text: json({ labels: model.labels }) },
    {
      path: 'thresholds.json',
      text: json({
        rejectBelow: facts.rejectBelow,
        temperature: appliedTemperature(facts.temperature)?.temperature ?? null,
      }),
    },
    {
      path: 'preprocessing.json',
      text: json({ clean: facts.clean, maxLength: facts.model.maxLength, truncation: 'keep-closing-token' }),
    },
    {
      path: 'samples.json',
      text: json({ tolerance: TOLERANCE[facts.model.precision], samples: samples.samples }),
    },
    { path: 'openapi.json', text: json(openApi) },
    { path: 'manifest.json', text: json(manifest) },
    {
      path: 'package.json',
      text: json({
        name: 'deployment-package',
        version: '1.0.0',
        private: true,
        type: 'module',
        engines: { node: '>=20' },
        scripts: { start: 'node server.mjs', test: 'node self-test.mjs' },
      }),
    },
  ];
}

/** The base's `config.json`, word for word where the model has its shape. */
async function encoderSource(folder: string, encoder: ReshapedEncoder | null): Promise<PackageSource> {
  const path = 'config.json';
  if (encoder === null) return { path, from: join(folder, path) };
  const { family, json: base } = await readEncoderConfig(folder);
  const config: Record<string, unknown> = { ...base };
  for (const key of SAME_IN_EVERY_LAYER) delete config[key];
  const layers = encoder.layers.map(({ heads, intermediateSize }) => ({
    num_attention_heads: heads,
    intermediate_size: intermediateSize,
  }));
  return {
    path,
    text: json({ ...config, vocab_size: encoder.words, [FAMILIES[family].layersSetting]: layers.length, layers }),
  };
}
