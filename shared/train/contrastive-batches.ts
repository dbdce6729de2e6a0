import { createRng, type Rng, shuffle } from '../rng.ts';
import type { ContrastLoss } from './contrastive-loss.ts';

/** Updates in which each of `rows` texts has its turns. */
export function contrastiveSteps(loss: ContrastLoss, rows: number, rounds: number, batchSize: number): number {
  // Pairs take two rows each, and each text has as many alike as not.
  return Math.max(1, Math.ceil(((loss === 'supcon' ? 1 : 4) * rounds * rows) / batchSize));
}

/** Rows of the batch of update `step`, drawn by class, so that small classes are compared as often as large ones: a pure function of seed and step.
 *  `supcon`: as many classes as fit with two rows or more each; `cosine`: pairs one below the other, alike and not in turn. A class of one row is
 *  paired with itself. */
export function contrastiveRows(
  loss: ContrastLoss,
  labels: Int32Array,
  batchSize: number,
  step: number,
  seed: number,
): Int32Array {
  const rng = createRng((Math.imul(step + 1, STEP) ^ seed) >>> 0);
  const byClass = new Map<number, number[]>();
  labels.forEach((label, row) => {
    const own = byClass.get(label);
    if (own === undefined) byClass.set(label, [row]);
    else own.push(row);
  });
  const classes = [...byClass.values()];
  if (loss === 'cosine') return pairs(classes, Math.floor(batchSize / 2), rng);
  const each = Math.max(2, Math.floor(batchSize / classes.length));
  const chosen = shuffle(classes, rng).slice(0, Math.floor(batchSize / each));
  return Int32Array.from(chosen.flatMap((own) => shuffle([...own], rng).slice(0, each)));
}

const STEP = 0x27d4eb2f;

function pairs(classes: readonly (readonly number[])[], count: number, rng: Rng): Int32Array {
  const one = (of: readonly number[]) => of[rng.int(of.length)]!;
  return Int32Array.from(
    Array.from({ length: count }, (_, i) => {
      const own = rng.int(classes.length);
      const first = one(classes[own]!);
      if (i % 2 === 1 && classes.length > 1) {
        return [first, one(classes[(own + 1 + rng.int(classes.length - 1)) % classes.length]!)];
      }
      const others = classes[own]!.filter((row) => row !== first);
      return [first, others.length === 0 ? first : one(others)];
    }).flat(),
  );
}
