import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BugError } from '../../shared/errors/app-error.ts';
import { buildStandaloneGraph, specWith } from '../../shared/train/inference-graph.ts';
import { quantiseGraph } from '../../shared/train/quantised-graph.ts';
import type { ExportRequest, TensorPort } from '../../shared/worker/model-files.ts';
import type { WorkerResults } from '../../shared/worker/protocol.ts';
import { writeUnderKey } from '../files/sealed-file.ts';
import { openModel, type Spool, storageOf, TOKENIZER } from './open-model.ts';
import { type OnnxValue, OPSET_VERSION } from './ort/onnx-writer.ts';
import { standaloneModel } from './ort/standalone.ts';
import { storedTensors } from './ort/stored.ts';

/** Writes a model with its head as one ONNX file.
 *  @throws AppError 'model.not-found', 'model.hash', 'model.file', 'model.tensor-missing' */
export async function exportModel(request: ExportRequest & Spool): Promise<WorkerResults['export']> {
  const { config, manifest, weights, structure, tokenizerFile } = await openModel(request);
  const described = { encoder: config, pooling: manifest.pooling, head: 'linear', labels: request.classes } as const;
  const spec = specWith(described, weights);
  const storage = storageOf(request);
  const graph = buildStandaloneGraph(spec, storedTensors(spec, weights, storage));
  const { bytes, inputs, outputs } = standaloneModel(spec, quantiseGraph(graph, storage), storage);
  const key = request.sealed === true ? request.spoolKey : null;
  await writeUnderKey(request.file, key, [bytes]);
  if (request.tokenizer !== undefined) {
    // Word for word where it is the base model's own.
    const original = structure?.tokens == null ? await readFile(join(request.folder, TOKENIZER)) : null;
    await writeUnderKey(request.tokenizer, key, [original ?? Buffer.from(JSON.stringify(tokenizerFile))]);
  }
  return {
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    inputs: inputs.map(portOf),
    outputs: outputs.map(portOf),
    opset: OPSET_VERSION,
    encoder: structure === null ? null : { words: config.vocabSize, layers: structure.layers },
  };
}

function portOf({ name, dtype, shape }: OnnxValue): TensorPort {
  if (dtype !== 'int64' && dtype !== 'float32') throw new BugError(`port ${name} is ${dtype}`);
  return { name, type: dtype, shape };
}
