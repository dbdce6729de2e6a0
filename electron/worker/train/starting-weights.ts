import { headEffort } from '../../../shared/train/head-sample.ts';
import type { LossOptions } from '../../../shared/train/robust-loss.ts';
import type { NamedTensors, TrainSpec } from '../../../shared/train/spec.ts';
import type { TrainRequest } from '../../../shared/worker/training.ts';
import type { OpenModel } from '../open-model.ts';
import type { ContrastiveStart, contrastiveStart } from './contrastive-start.ts';
import { logisticHead, taskHead } from './head-start.ts';
import type { ContrastiveOutcome } from './kept-start.ts';
import type { LabelledTokens } from './loop.ts';

export interface StartFrom {
  readonly request: Pick<TrainRequest, 'config' | 'classes' | 'threads' | 'provider' | 'task'>;
  readonly model: OpenModel;
  readonly spec: TrainSpec;
  readonly loss: LossOptions;
  readonly train: LabelledTokens;
  readonly dev: LabelledTokens | null;
  /** A checkpoint will bring the classifier: none need be made. */
  readonly resumes: boolean;
  readonly contrastWith: (start: ContrastiveStart) => ReturnType<typeof contrastiveStart>;
  readonly cancel: AbortSignal;
}

export interface StartingWeights {
  /** Without a classifier where it is to be drawn at random. */
  readonly weights: NamedTensors;
  /** The model's own classifier, which answers as many classes as there are, goes on. */
  readonly keepsHead: boolean;
  readonly contrast: ContrastiveOutcome | null;
}

/** What the updates begin with: the model, and a classifier for these classes. */
export async function startingWeights(from: StartFrom): Promise<StartingWeights> {
  const { request, model, spec, train, dev, cancel } = from;
  const { config, classes, threads, provider, task } = request;
  const weights = new Map(model.weights);
  const keepsHead = task === undefined && weights.get('classifier.bias')?.data.length === classes;
  if (keepsHead) return { weights, keepsHead, contrast: null };
  // A head for other classes than ours is drawn anew.
  weights.delete('classifier.weight');
  weights.delete('classifier.bias');
  if (config.headStart !== 'logistic') return { weights, keepsHead, contrast: null };
  const { contrastive } = config;
  const head = {
    config: model.config,
    pooling: model.manifest.pooling,
    weights,
    train,
    classes,
    padId: model.tokenizer.padId,
    threads,
    seed: config.seed,
    effort: headEffort(config, task),
    logitOffset: from.loss.logitOffset ?? null,
    cancel,
  };
  if (contrastive !== undefined && task === undefined) {
    const { batchSize } = config;
    const session = { threads, provider };
    const begun = await from.contrastWith({ plan: contrastive, spec, batchSize, dev, head, session });
    return { weights: begun.weights, keepsHead, contrast: begun.outcome };
  }
  if (from.resumes) return { weights, keepsHead, contrast: null };
  const begun = await (task === undefined ? logisticHead(head) : taskHead({ ...head, task }));
  return { weights: new Map([...weights, ...begun]), keepsHead, contrast: null };
}
