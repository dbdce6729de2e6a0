import { type AugmentedRows, augmentRows } from '../../../shared/augmentation/augment.ts';
import type { Neighbours } from '../../../shared/augmentation/eda.ts';
import { wordNeighbours } from '../../../shared/augmentation/neighbours.ts';
import type { Augmentation } from '../../../shared/augmentation/plan.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { embeddingWidth, WORD_EMBEDDINGS } from '../../../shared/train/parameters.ts';
import type { TrainRequest } from '../../../shared/worker/training.ts';
import type { OpenModel } from '../open-model.ts';

const NO_NEIGHBOURS: Neighbours = () => [];
const LONGEST_WORD = 16;

/** The training rows of a request with the copies that its config asks for. */
export function augmentedRows(
  {
    train,
    dev,
    config,
    classes,
    paraphrases,
  }: Pick<TrainRequest, 'train' | 'dev' | 'config' | 'classes' | 'paraphrases'>,
  plan: Augmentation,
  model: OpenModel,
): AugmentedRows {
  if (plan.techniques.includes('backtranslation') && paraphrases === undefined) {
    throw new AppError('translation.no-paraphrases', {});
  }
  const needsNeighbours = plan.techniques.some((technique) => technique === 'synonyms' || technique === 'insertion');
  const neighbours = needsNeighbours
    ? wordNeighbours({ texts: train.texts, labels: train.labels, classes, vectorOf: wordVectors(model) })
    : NO_NEIGHBOURS;
  return augmentRows(train.texts, train.labels, plan, config.seed, neighbours, new Set(dev?.texts ?? []), paraphrases);
}

/** The mean of a word's pieces in the model's word table. */
function wordVectors({ weights, tokenizer, config }: OpenModel): (word: string) => Float32Array | null {
  const table = weights.get(WORD_EMBEDDINGS)!.data;
  const width = embeddingWidth(config);
  const unknown = unknownId(tokenizer);
  return (word) => {
    const { ids } = tokenizer.encode([word], LONGEST_WORD).tokens;
    // One special token opens a text and one closes it.
    const pieces = ids.subarray(1, -1);
    if (pieces.length === 0 || pieces.includes(unknown)) return null;
    const mean = new Float32Array(width);
    for (const id of pieces) for (let k = 0; k < width; k++) mean[k]! += table[id * width + k]! / pieces.length;
    return mean;
  };
}

/** The id of what the vocabulary lacks; −1 where it lacks nothing. */
function unknownId(tokenizer: OpenModel['tokenizer']): number {
  const pieces = tokenizer.encode(['\u{10fffd}'], LONGEST_WORD).tokens.ids.subarray(1, -1);
  return pieces.length === 1 ? pieces[0]! : -1;
}
