import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { adaptersOf } from '../../../shared/train/adapters.ts';
import { FAMILIES, type Family, familyTensorName } from '../../../shared/train/families.ts';
import { peftAdapter } from '../../../shared/train/hub-names.ts';
import { isLora } from '../../../shared/train/lora.ts';
import { encoderTensors } from '../../../shared/train/parameters.ts';
import type { NamedTensor, NamedTensors, Pooling } from '../../../shared/train/spec.ts';
import type { ExportHubRequest } from '../../../shared/worker/model-files.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import { readEncoderConfig } from '../../models/encoder-config.ts';
import { openModel, readTensors, type Spool, TOKENIZER } from '../open-model.ts';
import { writeSafetensors } from '../ort/safetensors.ts';
import { requireTensor } from '../ort/weights.ts';
import { adapterReadme, modelReadme } from './readme.ts';
import { tokenizerConfig } from './tokenizer-config.ts';

/** Writes a model as transformers loads it (`AutoModelForTokenClassification`), or a run's LoRA matrices as peft does, into an empty folder.
 *  @throws AppError 'model.hub-adapters', 'model.hub-pruned' where the model has what these do not know, 'model.no-adapter' */
export async function exportHub(request: ExportHubRequest & Spool): Promise<WorkerResults['exportHub']> {
  const model = await openModel(request);
  const { family: familyName, json: base } = await readEncoderConfig(request.folder);
  const family = FAMILIES[familyName];
  if (adaptersOf(model.weights) !== undefined) throw new AppError('model.hub-adapters', {});
  if (model.config.layerSizes !== undefined) throw new AppError('model.hub-pruned', {});
  const { labels, temperature, into } = request;
  const { pooling, id, source } = model.manifest;
  await mkdir(into, { recursive: true });
  const text = (name: string, content: string) => writeFile(join(into, name), content);
  const about = { labels, temperature, pooling, maxTokens: model.maxTokens, baseId: id, baseSource: source };

  if (request.format === 'adapter') {
    const { method, adapter } = request;
    if (adapter === null || !isLora(method)) throw new AppError('model.no-adapter', {});
    const { tensors, config } = peftAdapter(method, await readTensors(adapter, request.spoolKey), id, family);
    await writeSafetensors(join(into, 'adapter_model.safetensors'), tensors);
    await text('adapter_config.json', `${JSON.stringify(config, null, 2)}\n`);
    await text('README.md', adapterReadme(about));
    return { pooling };
  }
  await writeSafetensors(join(into, 'model.safetensors'), tokenClassifier(model, labels.length, family));
  // Layers may have been dropped and words left out of the base.
  const { layers, vocabSize } = model.config;
  const sizes = { [family.layersSetting]: layers, vocab_size: vocabSize };
  const config = { ...base, ...sizes, ...hubConfig(family.tokenClassifier, labels, pooling) };
  await text('config.json', `${JSON.stringify(config, null, 2)}\n`);
  if (model.structure?.tokens == null) await copyFile(join(request.folder, TOKENIZER), join(into, TOKENIZER));
  else await text(TOKENIZER, JSON.stringify(model.tokenizerFile));
  const tokens = tokenizerConfig(model.tokenizerFile, Math.min(model.maxTokens, model.manifest.maxLength));
  await text('tokenizer_config.json', `${JSON.stringify(tokens, null, 2)}\n`);
  await text('README.md', modelReadme(about));
  return { pooling };
}

/** The tensors that the class has, under the names of its family. */
function tokenClassifier(
  { config, weights }: { readonly config: Parameters<typeof encoderTensors>[0]; readonly weights: NamedTensors },
  classes: number,
  family: Family,
): NamedTensors {
  const head = [
    { name: 'classifier.weight', shape: [classes, config.hiddenSize] },
    { name: 'classifier.bias', shape: [classes] },
  ];
  const parts = [...encoderTensors(config, false).flatMap((tensor) => tensor.parts), ...head];
  return new Map<string, NamedTensor>(
    parts.map((part) => [familyTensorName(family, part.name), requireTensor(weights, part)]),
  );
}

function hubConfig(architecture: string, labels: readonly string[], pooling: Pooling) {
  return {
    architectures: [architecture],
    id2label: Object.fromEntries(labels.map((label, id) => [String(id), label])),
    label2id: Object.fromEntries(labels.map((label, id) => [label, id])),
    dtype: 'float32',
    // Not a setting of transformers: for whoever reads the file, and for the lines in README.md.
    classifier_pooling: pooling,
  };
}
