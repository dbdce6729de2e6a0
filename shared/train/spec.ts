import type { AdapterShape } from './adapters.ts';
import type { AttackPlan } from './adversary.ts';
import type { ContrastLoss } from './contrastive-loss.ts';
import type { EarlierAnswers } from './earlier-answers.ts';
import type { TaskLossOptions } from './loss.ts';
import type { LossScale } from './loss-scale.ts';
import type { LossOptions } from './robust-loss.ts';

/** What is to be trained, and the border between the training session (graph, ONNX Runtime) and the training loop (batches, schedule, checkpoints). */

/** Shape of a BERT-family encoder, from its `config.json`. */
export interface EncoderConfig {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly intermediateSize: number;
  readonly maxPositions: number;
  /** 0 where the family has no token types (DistilBERT). */
  readonly typeVocabSize: number;
  readonly layerNormEps: number;
  readonly activation: 'gelu' | 'gelu_new' | 'relu';
  /** Position of the first token; 0 unless given (RoBERTa counts from 2). */
  readonly positionOffset?: number;
  /** Width of the embeddings where it is not `hiddenSize` (ELECTRA): a linear layer stands between them and the encoder. */
  readonly embeddingSize?: number;
  /** One per layer, from the input up, where layers differ: a pruned encoder's. `heads` and `intermediateSize` are then those of the encoder
   *  before pruning, and a head keeps its width of hiddenSize / heads. */
  readonly layerSizes?: readonly LayerSize[];
}

export interface LayerSize {
  readonly heads: number;
  readonly intermediateSize: number;
}

/** Loss by task: mean cross-entropy over rows, mean binary cross-entropy over rows and labels, mean over rows of the binary cross-entropies of all
 *  questions "above level k?" (CORAL), mean squared or Huber error. */
export type TrainTask = 'single-label' | 'multi-label' | 'ordinal' | 'regression';

export type Pooling = 'cls' | 'mean';

/** `linear`: dropout and one linear layer on the pooled vector (ours). `shared-weight`: the same with one weight for all outputs and a bias for each
 *  (CORAL). `bert-pooler`: BERT's dense + tanh on [CLS], then linear (the reference files). */
export type HeadKind = 'linear' | 'shared-weight' | 'bert-pooler';

export type LoraTarget = 'query' | 'key' | 'value' | 'attention.output' | 'intermediate' | 'output';

export type TuningMethod =
  | { readonly type: 'full'; readonly freezeEmbeddings: boolean }
  | { readonly type: 'frozen-prefix'; readonly layers: number }
  | { readonly type: 'head' }
  | { readonly type: 'adapter'; readonly variant: AdapterShape['variant']; readonly reduction: number }
  | { readonly type: 'bitfit'; readonly biases: 'all' | 'query-intermediate' }
  | {
      readonly type: 'lora';
      readonly rank: number;
      readonly alpha: number;
      readonly rankStabilised: boolean;
      readonly targets: readonly LoraTarget[];
    }
  | {
      readonly type: 'adalora';
      /** Triplets of every matrix at first, and on average in the end. */
      readonly rank: number;
      readonly targetRank: number;
      readonly alpha: number;
      readonly targets: readonly LoraTarget[];
      /** Shares of all updates before the first triplet goes, and after the last has gone. */
      readonly initialShare: number;
      readonly finalShare: number;
      /** Updates between two choices of what stays. */
      readonly interval: number;
      /** Weight of the penalty that keeps A and B orthogonal. */
      readonly orthogonality: number;
    };

export interface TrainSpec {
  readonly encoder: EncoderConfig;
  readonly pooling: Pooling;
  readonly head: HeadKind;
  readonly labels: number;
  /** `single-label` unless given. */
  readonly task?: TrainTask;
  /** Changes to the loss of `single-label`. */
  readonly loss?: LossOptions;
  /** Changes to the loss of the other tasks. */
  readonly taskLoss?: TaskLossOptions;
  /** Adversarial training on word embeddings. */
  readonly attack?: AttackPlan;
  readonly method: TuningMethod;
  /** The pooled vectors of a batch are compared with each other, and there is no head. */
  readonly contrast?: ContrastLoss;
  /** The answers from before the training are learnt beside the labels. */
  readonly earlierAnswers?: EarlierAnswers;
  /** Products in half precision under a scaled loss (`loss-scale.ts`); all else, the weights among it, in float32. */
  readonly mixed?: boolean;
  /** Trained tensors are held where earlier rows need them (`consolidation.ts`). */
  readonly consolidates?: boolean;
  /** Adapters of the model, to be trained or there already; none unless given. */
  readonly adapters?: AdapterShape;
  /** Probability of dropping, on the attention and feed-forward outputs of trained layers, on the embeddings where layer 0 is trained,
   *  and before the head; not on attention probabilities. 0 leaves dropout out of the graph. */
  readonly dropout: number;
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Global-norm clip over all gradients; null for none. */
  readonly maxGradNorm: number | null;
  /** Each layer learns at this share of the rate of the layer above it; one rate for all unless given (`parameter-groups.ts`). */
  readonly layerDecay?: number;
}

/** A dense tensor by name, as safetensors hold it (Hugging Face parameter names). */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
export type NamedTensors = ReadonlyMap<string, NamedTensor>;

/** One padded batch of texts. `inputIds`, `attentionMask` are [rows, length] row-major. Token types are all 0 unless given. */
export interface TokenBatch {
  readonly rows: number;
  readonly length: number;
  readonly inputIds: Int32Array;
  readonly attentionMask: Uint8Array;
  readonly tokenTypes?: Int32Array;
}

/** One padded batch with its `labels` [rows]. */
export interface TrainBatch extends TokenBatch {
  readonly labels: Int32Array;
  /** [rows, labels]: class probabilities (soft labels), 0/1 for multi-label and for ordinal ("above level k?"), values for regression. Takes the place of `labels`. */
  readonly targets?: Float32Array;
  /** [rows, labels]: another model's logits, where the loss distils them. */
  readonly teacher?: Float32Array;
  /** [rows, labels]: logits of the model before the training, where the spec has `earlierAnswers`. */
  readonly earlier?: Float32Array;
  /** Which rows belong together, where the spec has a `contrast`. */
  readonly pairs?: PairTargets;
}

/** Two matrices [rows, rows] over the rows of a batch (`contrastive-loss.ts`). */
export interface PairTargets {
  readonly wanted: Float32Array;
  readonly given: Float32Array;
}

export interface StepResult {
  /** Mean loss of the batch (see `TrainTask`), before the update. */
  readonly loss: number;
  /** Global L2 norm of all gradients before clipping. */
  readonly gradNorm: number;
  /** Gradients overflowed in half precision: nothing was changed, and the loss is scaled less from now on. */
  readonly skipped?: true;
}

/** Everything that makes the next step what it would have been: trainable parameters, both moments, and the count of updates done. */
export interface TrainerState {
  readonly step: number;
  readonly parameters: NamedTensors;
  readonly firstMoments: NamedTensors;
  readonly secondMoments: NamedTensors;
  /** What AdaLoRA's allocator has learnt; absent for other methods. */
  readonly allocation?: NamedTensors;
  /** Absent where products are in float32. */
  readonly lossScale?: LossScale;
}

/** A training session: one ONNX graph, state in two sets of buffers that swap. Implemented by `electron/worker/ort/trainer.ts`. */
export interface Trainer {
  /** Elements of dropout mask that a batch of this shape needs (uint8, 1 = keep), 0 without dropout. */
  maskElements(rows: number, length: number): number;
  /** One optimiser update at learning rate `lr`. `mask` has `maskElements` entries drawn by the caller, so that runs resume exactly.
   *  @throws AppError 'train.diverged'; the state is as it was where the loss is no number, and void where only the gradients are none */
  step(batch: TrainBatch, lr: number, mask: Uint8Array): Promise<StepResult>;
  /** Logits [rows, labels] in evaluation mode (no dropout), with the current parameters. */
  logits(batch: TokenBatch): Promise<Float32Array>;
  /** A copy of the state, for a checkpoint. */
  state(): TrainerState;
  /** Goes on from `state`. Tensors of the state's parameters that are not trained now are passed over. */
  restore(state: TrainerState): Promise<void>;
  /** All tensors of the model as tuned (encoder and head), LoRA merged into its base, Hugging Face names. */
  mergedWeights(): NamedTensors;
  /** Gives up what computes, and the memory that goes with it; state and weights can still be read. */
  dispose(): Promise<void>;
}
