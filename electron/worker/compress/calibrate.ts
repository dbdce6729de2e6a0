import type { Tensor } from 'onnxruntime-node';
import type { Graph } from '../../../shared/autodiff/graph.ts';
import {
  type ActivationRange,
  countInto,
  HISTOGRAM_BINS,
  percentileRange,
  widened,
} from '../../../shared/train/activation-range.ts';
import type { TokenRows } from '../../../shared/train/batches.ts';
import { buildInferenceGraph, specWith } from '../../../shared/train/inference-graph.ts';
import { usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import { storedInputs } from '../../../shared/train/quantised-graph.ts';
import { AS_TRAINED, type Ranges } from '../../../shared/train/storage.ts';
import { boundShape } from '../../../shared/train/training-graph.ts';
import type { CalibrateRequest } from '../../../shared/worker/compression.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import { type BatchRunOptions, letMessagesIn } from '../batch-runs.ts';
import { openModel, type Spool } from '../open-model.ts';
import { textTensors } from '../ort/encoder.ts';
import { lowerGraph } from '../ort/lower.ts';
import { elements } from '../ort/packed.ts';
import { OrtSession } from '../ort/session.ts';
import { storedTensors } from '../ort/stored.ts';
import { TokenFeeds } from '../ort/token-feeds.ts';

/** Runs sample texts one by one (padding is no sample) and keeps between which values everything lies that is multiplied with a weight.
 *  @source onnxruntime, quantization/calibrate.py, MinMaxCalibrater and PercentileCalibrater */
export async function calibrate(
  request: CalibrateRequest & Spool,
  { signal, onProgress }: BatchRunOptions,
): Promise<WorkerResults['calibrate']> {
  const { config, manifest, weights, tokenizer, maxTokens } = await openModel(request);
  const { tokens } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
  const described = { encoder: config, pooling: manifest.pooling, head: 'linear', labels: request.classes } as const;
  const spec = specWith(described, weights);
  const tensors = storedTensors(spec, weights, AS_TRAINED);
  const graph = buildInferenceGraph(spec, tensors);
  const inputs = storedInputs(graph, { ...AS_TRAINED, format: 'int8-static' });
  const outputs = new Map([...inputs].map(([name, value]) => [`input.${name}`, value]));
  const session = await OrtSession.create(lowerGraph(upTo(graph, outputs)), { threads: request.threads });
  const feeds = new TokenFeeds(config, usesClsOnly(described));
  const passes = request.percentile === null ? 1 : 2;
  const total = passes * request.texts.length;
  let done = 0;

  const eachText = async (visit: (name: string, values: Float32Array) => void) => {
    for (const ids of rowsOf(tokens)) {
      await letMessagesIn();
      signal.throwIfAborted();
      const length = ids.length;
      const batch = { rows: 1, length, inputIds: ids, attentionMask: new Uint8Array(length).fill(1) };
      const fetches: Record<string, Tensor> = {};
      const found = [...outputs].map(([output, { shape }]) => {
        const size = boundShape(shape, 1, length);
        const values = new Float32Array(elements(size));
        fetches[output] = session.tensor(values, size);
        return values;
      });
      await session.run(textTensors(session, feeds, batch, tensors.get(WORD_EMBEDDINGS)!), fetches);
      [...inputs.keys()].forEach((name, at) => {
        visit(name, found[at]!);
      });
      done += 1;
      onProgress?.(done, total);
    }
  };
  try {
    const ranges = new Map<string, ActivationRange>([...inputs.keys()].map((name) => [name, { low: 0, high: 0 }]));
    await eachText((name, values) => {
      ranges.set(name, widened(ranges.get(name)!, values));
    });
    if (request.percentile === null) return { ranges: plain(ranges) };
    const histograms = new Map([...ranges.keys()].map((name) => [name, new Float64Array(HISTOGRAM_BINS)]));
    await eachText((name, values) => {
      countInto(histograms.get(name)!, ranges.get(name)!, values);
    });
    for (const [name, range] of ranges) {
      ranges.set(name, percentileRange(histograms.get(name)!, range, request.percentile));
    }
    return { ranges: plain(ranges) };
  } finally {
    await session.dispose();
  }
}

/** The graph with other outputs and only the nodes and constants that these need; its inputs stay. */
function upTo(graph: Graph, outputs: Graph['outputs']): Graph {
  const needed = new Set(outputs.values());
  const nodes = graph.nodes.toReversed().filter((node) => {
    if (!node.outputs.some((value) => needed.has(value))) return false;
    for (const value of node.inputs) needed.add(value);
    return true;
  });
  const constants = new Map([...graph.constants].filter(([value]) => needed.has(value)));
  return { inputs: graph.inputs, constants, nodes: nodes.reverse(), outputs };
}

const rowsOf = ({ ids, offsets }: TokenRows): readonly Int32Array[] =>
  Array.from({ length: offsets.length - 1 }, (_, row) => ids.subarray(offsets[row], offsets[row + 1]));

const plain = (ranges: ReadonlyMap<string, ActivationRange>): Ranges =>
  Object.fromEntries([...ranges].map(([name, { low, high }]) => [name, [low, high]]));
