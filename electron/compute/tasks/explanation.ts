import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import {
  type DeletionProbabilities,
  type Faithfulness,
  measureFaithfulness,
} from '../../../shared/explanation/faithfulness.ts';
import { createRng } from '../../../shared/rng.ts';
import { wordEnds } from '../segmenter.ts';
import type { ComputeTask } from '../task.ts';

/** Where the words of each text end. */
export const wordEndsTask: ComputeTask<{ readonly texts: StringTable }, number[][]> = {
  run: ({ texts }) => unpackStrings(texts).map(wordEnds),
};

export const faithfulnessTask: ComputeTask<
  { readonly probabilities: DeletionProbabilities; readonly seed: number },
  Faithfulness
> = {
  run: ({ probabilities, seed }) => measureFaithfulness(probabilities, createRng(seed)),
};
