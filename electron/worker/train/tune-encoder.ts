import { stat } from 'node:fs/promises';
import { withAdaptersOf } from '../../../shared/train/adapters.ts';
import { headEffort } from '../../../shared/train/head-sample.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import type { TuneEncoderRequest } from '../../../shared/worker/training.ts';
import { changedTensors, openModel, type Spool } from '../open-model.ts';
import { writeTunedFile } from '../tuned-file.ts';
import { hashOf, openCheckpoints, type RunHashes } from './checkpoint.ts';
import { contrasted } from './contrastive-start.ts';
import { type JobControl, startModelHash, unlessPaused } from './train-job.ts';

const DROPOUT = 0.1;

/** Brings texts of one label nearer to each other and writes what has changed of the encoder as a tuned file, without a classifier.
 *  @throws AppError of the model, the checkpoint or the training; the reason of `cancel` */
export async function tuneEncoder(
  request: TuneEncoderRequest & Spool,
  { pause, cancel, emit }: JobControl,
): Promise<WorkerResults['tuneEncoder']> {
  const { contrastive, train, classes, batchSize, maxLength, seed, threads, file, spool, spoolKey } = request;
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
  const hashes: RunHashes = {
    config: hashOf(JSON.stringify([contrastive, batchSize, maxLength, seed, classes])),
    data: hashOf(tokens.ids, tokens.offsets, train.labels),
    model: await startModelHash(model, request),
  };
  const tuning = contrasted(
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
        cancel,
      },
      session: { threads },
    },
    {
      checkpoints: openCheckpoints(spool, hashes, spoolKey, 'contrast'),
      resume: request.resume,
      checkpointEveryMs: request.checkpointEveryMs,
      pause,
      onTick: (tick) => emit({ type: 'contrasted', tick }),
      onCheckpoint: (step) => emit({ type: 'checkpointed', step }),
    },
  );
  const tuned = await unlessPaused(pause, tuning);
  if (tuned === null) return { type: 'paused' };
  const { parameters, steps, trainMs } = tuned;
  const changed = changedTensors(model.weights, new Map([...weights, ...parameters]));
  await writeTunedFile(file, { tensors: changed, structure: model.structure }, spoolKey);
  return { type: 'finished', steps, trainMs, bytes: (await stat(file)).size };
}
