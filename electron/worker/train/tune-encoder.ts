import { stat } from 'node:fs/promises';
import { withAdaptersOf } from '../../../shared/train/adapters.ts';
import { headEffort } from '../../../shared/train/head-sample.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import type { TuneEncoderRequest } from '../../../shared/worker/training.ts';
import type { BatchRunOptions } from '../batch-runs.ts';
import { changedTensors, openModel, type Spool } from '../open-model.ts';
import { writeTunedFile } from '../tuned-file.ts';
import { contrasted } from './contrastive-start.ts';

const DROPOUT = 0.1;

/** Brings texts of one label nearer to each other and writes what has changed of the encoder as a tuned file, without a classifier. */
export async function tuneEncoder(
  request: TuneEncoderRequest & Spool,
  { signal, onProgress }: BatchRunOptions,
): Promise<WorkerResults['tuneEncoder']> {
  const { contrastive, train, classes, batchSize, maxLength, seed, threads, file, spoolKey } = request;
  const model = await openModel(request);
  const { tokens } = model.tokenizer.encode(train.texts, Math.min(maxLength, model.maxTokens));
  const weights = new Map(model.weights);
  weights.delete('classifier.weight');
  weights.delete('classifier.bias');
  const spec = withAdaptersOf(
    {
      encoder: model.config,
      pooling: model.manifest.pooling,
      head: 'linear',
      labels: classes,
      method: { type: 'full', freezeEmbeddings: true },
      dropout: DROPOUT,
      weightDecay: 0.01,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      maxGradNorm: 1,
    },
    weights,
  );
  const { parameters, steps } = await contrasted(
    {
      plan: contrastive,
      spec,
      batchSize,
      head: {
        config: model.config,
        pooling: model.manifest.pooling,
        weights,
        train: { tokens, labels: train.labels },
        classes,
        padId: model.tokenizer.padId,
        threads,
        seed,
        effort: headEffort({ method: { type: 'head' }, contrastive }, undefined),
        logitOffset: null,
        cancel: signal,
      },
      session: { threads },
    },
    onProgress,
  );
  const changed = changedTensors(model.weights, new Map([...weights, ...parameters]));
  await writeTunedFile(file, { tensors: changed, structure: model.structure }, spoolKey);
  return { steps, bytes: (await stat(file)).size };
}
