import type { Tensor } from 'onnxruntime-node';
import {
  batchCount,
  batchRows,
  fillInputs,
  planByLength,
  rowLengths,
  type TokenRows,
} from '../../../shared/train/batches.ts';
import { buildImportanceGraph, columnGradient, headGradient } from '../../../shared/train/importance.ts';
import { type InferenceSpec, inferenceTensors } from '../../../shared/train/inference-graph.ts';
import { oneHot } from '../../../shared/train/loss.ts';
import { layerSize, usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { NamedTensors } from '../../../shared/train/spec.ts';
import { letMessagesIn } from '../batch-runs.ts';
import { textTensors } from '../ort/encoder.ts';
import { lowerGraph } from '../ort/lower.ts';
import { pack } from '../ort/packed.ts';
import { OrtSession, type SessionOptions } from '../ort/session.ts';
import { TokenFeeds } from '../ort/token-feeds.ts';

/** Activations are kept for the gradients: smaller batches than for answers alone. */
const LIMITS = { batchSize: 16, tokenBudget: 1024, lengthMultiple: 1 } as const;

export interface Importance {
  /** Per layer, one number per head and per feed-forward column: E|∂L/∂gate| over the texts. */
  readonly heads: readonly Float64Array[];
  readonly columns: readonly Float64Array[];
}

/** What heads and columns are worth on labelled texts. @throws the signal's reason between two batches */
export async function measureImportance(
  spec: InferenceSpec,
  weights: NamedTensors,
  data: { readonly tokens: TokenRows; readonly labels: Int32Array; readonly padId: number },
  { signal, ...options }: SessionOptions & { readonly signal: AbortSignal },
): Promise<Importance> {
  const tensors = new Map(inferenceTensors(spec).map((tensor) => [tensor.name, pack(tensor, weights)]));
  const session = await OrtSession.create(lowerGraph(buildImportanceGraph(spec, tensors)), options);
  const feeds = new TokenFeeds(spec.encoder, usesClsOnly({ pooling: spec.pooling, head: spec.head ?? 'linear' }));
  const sizes = Array.from({ length: spec.encoder.layers }, (_, layer) => layerSize(spec.encoder, layer));
  const sums = {
    heads: sizes.map(({ heads }) => new Float64Array(heads)),
    columns: sizes.map(({ intermediateSize }) => new Float64Array(intermediateSize)),
  };
  const outputs = sizes.flatMap((_, layer) => [
    { name: headGradient(layer), sum: sums.heads[layer]! },
    { name: columnGradient(layer), sum: sums.columns[layer]! },
  ]);
  const plan = planByLength(rowLengths(data.tokens), LIMITS);
  try {
    for (let k = 0; k < batchCount(plan); k++) {
      await letMessagesIn();
      signal.throwIfAborted();
      const batch = fillInputs(data.tokens, plan, k, data.padId);
      const labels = Int32Array.from(batchRows(plan, k), (row) => data.labels[row]!);
      const inputs = textTensors(session, feeds, batch, tensors.get(WORD_EMBEDDINGS)!);
      inputs.targets = session.tensor(oneHot(labels, spec.labels), [batch.rows, spec.labels]);
      const gradients = outputs.map(({ sum }) => new Float32Array(batch.rows * sum.length));
      const fetches: Record<string, Tensor> = {};
      outputs.forEach(({ name, sum }, at) => {
        fetches[name] = session.tensor(gradients[at]!, [batch.rows, sum.length]);
      });
      await session.run(inputs, fetches);
      outputs.forEach(({ sum }, at) => {
        for (const [i, value] of gradients[at]!.entries()) sum[i % sum.length]! += Math.abs(value);
      });
    }
  } finally {
    await session.dispose();
  }
  const texts = Math.max(1, data.labels.length);
  const mean = (sum: Float64Array) => sum.map((value) => value / texts);
  return { heads: sums.heads.map(mean), columns: sums.columns.map(mean) };
}
