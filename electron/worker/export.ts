import { createHash } from 'node:crypto';
import { BugError } from '../../shared/errors/app-error.ts';
import { buildStandaloneGraph, inferenceTensors, specWith } from '../../shared/train/inference-graph.ts';
import { quantiseGraph } from '../../shared/train/quantised-graph.ts';
import type { ExportRequest, TensorPort, WorkerResults } from '../../shared/worker/protocol.ts';
import { writeUnderKey } from '../files/sealed-file.ts';
import { openModel, type Spool } from './open-model.ts';
import { type OnnxValue, OPSET_VERSION } from './ort/onnx-writer.ts';
import { pack } from './ort/packed.ts';
import { standaloneModel } from './ort/standalone.ts';

/** Writes a model with its head as one ONNX file.
 *  @throws AppError 'model.not-found', 'model.hash', 'model.file', 'model.tensor-missing' */
export async function exportModel(request: ExportRequest & Spool): Promise<WorkerResults['export']> {
  const { config, manifest, weights } = await openModel(request);
  const described = { encoder: config, pooling: manifest.pooling, head: 'linear', labels: request.classes } as const;
  const spec = specWith(described, weights);
  const tensors = new Map(inferenceTensors(spec).map((tensor) => [tensor.name, pack(tensor, weights)]));
  const graph = buildStandaloneGraph(spec, tensors);
  const { bytes, inputs, outputs } = standaloneModel(
    spec,
    request.precision === 'int8' ? quantiseGraph(graph, null) : graph,
  );
  await writeUnderKey(request.file, request.sealed === true ? request.spoolKey : null, [bytes]);
  return {
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    inputs: inputs.map(portOf),
    outputs: outputs.map(portOf),
    opset: OPSET_VERSION,
  };
}

function portOf({ name, dtype, shape }: OnnxValue): TensorPort {
  if (dtype !== 'int64' && dtype !== 'float32') throw new BugError(`port ${name} is ${dtype}`);
  return { name, type: dtype, shape };
}
