import { createRng, shuffle } from '../rng.ts';
import type { RunConfig } from './run-config.ts';
import type { TextTask } from './text-task.ts';

/** How much is done for the classifier that a run begins with. */
export interface HeadEffort {
  /** Largest component of the gradient at which its logistic regression counts as fitted. */
  readonly tolerance: number;
  /** Rows in all, each class with its share of them. */
  readonly rows: number;
  /** Fewest of a class that has as many: rows of rare classes come on top. */
  readonly perClass: number;
}

/** However many the classes are, about this many rows are the most. */
const MOST_ROWS = 3000;

/** Where the encoder stays as it is, the classifier is all that is learnt; more rows than these change it little. */
const THOROUGH_HEAD: HeadEffort = { rows: MOST_ROWS, perClass: 4, tolerance: 1e-5 };

/** Where the encoder learns too, the classifier need only point the right way: the updates do the rest.
 *  With two classes a hundred rows lose nothing against a thousand; with 77 two a class lose six points against twenty (bench/README.md). */
const QUICK_HEAD: HeadEffort = { rows: 128, perClass: 20, tolerance: 1e-3 };

export function headEffort(
  { method, contrastive }: Pick<RunConfig, 'method' | 'contrastive'>,
  task: TextTask | undefined,
): HeadEffort {
  const learnsAlone = method.type === 'head' || contrastive !== undefined;
  // Few rows say too little of a number, and of labels that are rare.
  return learnsAlone || task !== undefined ? THOROUGH_HEAD : QUICK_HEAD;
}

/** Random rows for a classifier to begin from, ascending; all of them where there are few.
 *  @param labels a class in 0 … classes − 1 for each row */
export function headSample(
  labels: ArrayLike<number>,
  classes: number,
  { rows, perClass }: Pick<HeadEffort, 'rows' | 'perClass'>,
  seed: number,
): Int32Array {
  const all = Int32Array.from({ length: labels.length }, (_, row) => row);
  if (all.length <= rows) return all;
  const ofClass: number[][] = Array.from({ length: classes }, () => []);
  for (const row of shuffle(all.slice(), createRng(seed))) ofClass[labels[row]!]!.push(row);
  const share = rows / all.length;
  const fewest = Math.min(perClass, Math.ceil(MOST_ROWS / classes));
  const picked = ofClass.flatMap((some) => some.slice(0, Math.max(fewest, Math.round(some.length * share))));
  return Int32Array.from(picked).sort();
}
