import { createRng, shuffle } from '../rng.ts';
import { perturbText } from '../text-changes/perturb-text.ts';
import { reorderClauses } from './clauses.ts';
import { changeContraction } from './contractions.ts';
import { deleteWords, insertPunctuation, insertSynonyms, type Neighbours, replaceSynonyms, swapWords } from './eda.ts';
import type { Augmentation, Technique } from './plan.ts';

export interface AugmentedRows {
  /** The rows as given, then their copies. */
  readonly texts: readonly string[];
  readonly labels: Int32Array;
  /** Copies made by each technique. */
  readonly made: Readonly<Partial<Record<Technique, number>>>;
}

const AUGMENT_STREAM = 0x61756764;

/** Changed copies of training rows with the labels of their sources, a function of rows, plan and seed alone. It sees training rows only, after
 *  the split: no copy can come to stand beside the test or dev rows, and what equals a text of `avoid` (the dev rows) or a text that is
 *  there already is left out. `paraphrases` are what back-translation has made of each row. Each copy is of one technique; where that has nothing to work on, the next is tried. */
export function augmentRows(
  texts: readonly string[],
  labels: Int32Array,
  plan: Augmentation,
  seed: number,
  neighbours: Neighbours,
  avoid: ReadonlySet<string>,
  paraphrases: readonly (string | null)[] = [],
): AugmentedRows {
  const rng = createRng((seed ^ AUGMENT_STREAM) >>> 0);
  const seen = new Set([...texts, ...avoid]);
  const copies: string[] = [];
  const copyLabels: number[] = [];
  const made: Partial<Record<Technique, number>> = {};
  for (const [row, text] of texts.entries()) {
    const order = shuffle([...plan.techniques], rng);
    for (let copy = 0; copy < plan.copies; copy++) {
      for (let turn = 0; turn < order.length; turn++) {
        const technique = order[(copy + turn) % order.length]!;
        const changed =
          technique === 'backtranslation'
            ? (paraphrases[row] ?? null)
            : CHANGES[technique](text, plan.rate, rng, neighbours);
        if (changed === null || changed.trim() === '' || seen.has(changed)) continue;
        seen.add(changed);
        copies.push(changed);
        copyLabels.push(labels[row]!);
        made[technique] = (made[technique] ?? 0) + 1;
        break;
      }
    }
  }
  return { texts: [...texts, ...copies], labels: Int32Array.from([...labels, ...copyLabels]), made };
}

type Change = (text: string, rate: number, rng: ReturnType<typeof createRng>, neighbours: Neighbours) => string | null;

const CHANGES: Readonly<Record<Exclude<Technique, 'backtranslation'>, Change>> = {
  synonyms: (text, rate, rng, neighbours) => replaceSynonyms(text, rate, neighbours, rng),
  insertion: (text, rate, rng, neighbours) => insertSynonyms(text, rate, neighbours, rng),
  swap: (text, rate, rng) => swapWords(text, rate, rng),
  deletion: (text, rate, rng) => deleteWords(text, rate, rng),
  punctuation: (text, _rate, rng) => insertPunctuation(text, rng),
  clauses: (text, _rate, rng) => reorderClauses(text, rng),
  contractions: (text, _rate, rng) => changeContraction(text, rng),
  typos: (text, _rate, rng) => perturbText('typos', text, rng),
  homophones: (text, _rate, rng) => perturbText('homophones', text, rng),
  script: (text, _rate, rng) => perturbText('script', text, rng),
};
