import { createRng } from '../shared/rng.ts';
import { perturbText } from '../shared/text-changes/perturb-text.ts';
import { PERTURBATION_IDS } from '../shared/text-changes/perturbations.ts';
import { predictedClasses } from '../shared/train/evaluation.ts';

const SEED = 7;

/** Of each harmless change the texts that it could change and the share of them whose answer changed with it, as the perturbation tests of stage 3 count; all changes together last. */
export async function answersMoved(
  texts: readonly string[],
  logits: Float32Array,
  classes: number,
  classify: (texts: readonly string[]) => Promise<Float32Array>,
): Promise<Readonly<Record<string, { readonly rows: number; readonly moved: number }>>> {
  const before = predictedClasses(logits, classes);
  const found: Record<string, { rows: number; moved: number }> = {};
  let [rows, moved] = [0, 0];
  for (const [at, id] of PERTURBATION_IDS.entries()) {
    const changed = texts.flatMap((text, row) => {
      const after = perturbText(id, text, createRng(SEED + 1000 * (at + 1) + row));
      return after === null ? [] : [{ row, after }];
    });
    if (changed.length === 0) continue;
    const answers = predictedClasses(await classify(changed.map(({ after }) => after)), classes);
    const others = changed.filter(({ row }, i) => before[row] !== answers[i]).length;
    found[id] = { rows: changed.length, moved: others / changed.length };
    rows += changed.length;
    moved += others;
  }
  return { ...found, all: { rows, moved: moved / Math.max(1, rows) } };
}
