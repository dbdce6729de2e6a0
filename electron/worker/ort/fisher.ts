import type { Tensor } from 'onnxruntime-node';
import { batchCount, fillBatch, planByLength, rowLengths, type TokenRows } from '../../../shared/train/batches.ts';
import { oneHot } from '../../../shared/train/loss.ts';
import { usesClsOnly, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { NamedTensors, TrainSpec } from '../../../shared/train/spec.ts';
import { buildTrainingGraph, gradientOutput } from '../../../shared/train/training-graph.ts';
import { lowerGraph } from './lower.ts';
import { elements, pack, unpack } from './packed.ts';
import { OrtSession, type SessionOptions } from './session.ts';
import { gatherRows, TokenFeeds } from './token-feeds.ts';

interface Rows {
  readonly tokens: TokenRows;
  readonly labels: Int32Array;
  readonly padId: number;
  /** Called before each row. @throws to end the work */
  readonly onRow: () => Promise<void>;
}

/** The diagonal of the empirical Fisher information of the trained tensors, by Hugging Face name: the mean over rows of the squared gradient of
 *  the row's own cross-entropy (label as given), in evaluation mode. Word embeddings must not be trained.
 *  @source ContinualAI/avalanche, training/plugins/ewc.py, with batches of one row; Kunstner et al. 2019 on "empirical" */
export async function diagonalFisher(
  spec: TrainSpec,
  weights: NamedTensors,
  { tokens, labels, padId, onRow }: Rows,
  options: SessionOptions,
): Promise<NamedTensors> {
  const { attack: _attack, loss: _loss, consolidates: _consolidates, earlierAnswers: _earlier, ...bare } = spec;
  const plain: TrainSpec = { ...bare, dropout: 0 };
  const plan = buildTrainingGraph(plain);
  const session = await OrtSession.create(lowerGraph(plan.graph), options);
  try {
    const inputs = new Set(plan.graph.inputs.map(({ name }) => name));
    const fixed: Record<string, Tensor> = { loss_weight: session.tensor(Float32Array.of(1), []) };
    let table: Float32Array = new Float32Array();
    for (const tensor of [...plan.frozen, ...plan.trainable]) {
      if (!inputs.has(tensor.name)) continue;
      const data = pack(tensor, weights);
      if (tensor.name === WORD_EMBEDDINGS) table = data;
      else fixed[tensor.name] = session.tensor(data, tensor.shape);
    }
    const sums = plan.trainable.map((tensor) => new Float64Array(elements(tensor.shape)));
    const gradients = plan.trainable.map((tensor) => new Float32Array(elements(tensor.shape)));
    const fetches = Object.fromEntries(
      plan.trainable.map(({ name, shape }, i) => [gradientOutput(name), session.tensor(gradients[i]!, shape)]),
    );
    const feeds = new TokenFeeds(spec.encoder, usesClsOnly(spec));
    const batches = planByLength(rowLengths(tokens), { batchSize: 1, tokenBudget: null, lengthMultiple: 1 });
    for (let k = 0; k < batchCount(batches); k++) {
      await onRow();
      const row = fillBatch(tokens, labels, batches, k, padId);
      const { words, index } = feeds.uniqueWords(row);
      const { width } = feeds;
      const given: Record<string, Tensor> = {
        ...fixed,
        [WORD_EMBEDDINGS]: session.tensor(gatherRows(table, words, width), [words.length, width]),
        targets: session.tensor(oneHot(row.labels, spec.labels), [1, spec.labels]),
      };
      for (const [name, { data, shape }] of Object.entries(feeds.feeds(row, index))) {
        given[name] = session.tensor(data, shape);
      }
      await session.run(Object.fromEntries(Object.entries(given).filter(([name]) => inputs.has(name))), fetches);
      for (const [i, gradient] of gradients.entries()) {
        const sum = sums[i]!;
        for (let at = 0; at < gradient.length; at++) sum[at]! += gradient[at]! * gradient[at]!;
      }
    }
    const rows = Math.max(1, batchCount(batches));
    return new Map(
      plan.trainable.flatMap((tensor, i) =>
        unpack(
          tensor,
          Float32Array.from(sums[i]!, (sum) => sum / rows),
        ),
      ),
    );
  } finally {
    await session.dispose();
  }
}
