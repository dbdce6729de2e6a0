import { createRng, shuffle } from '../rng.ts';
import type { Continual } from './continual-config.ts';

type Replay = NonNullable<Continual['replay']>;
interface Batches {
  readonly batchSize: number;
  readonly continual?: Continual | undefined;
}

/** Rows of a full batch that come from the memory: `share` of it, one at least, and never all. */
function replayRows({ batchSize, continual }: Batches): number {
  const share = continual?.replay?.share;
  return share === undefined ? 0 : Math.min(batchSize - 1, Math.max(1, Math.round(share * batchSize)));
}

/** Rows of a full batch that are new. */
export function newRowsPerBatch(batches: Batches): number {
  return batches.batchSize - replayRows(batches);
}

/** Which of the earlier rows are kept, in random order: a pure function of the labels and the seed.
 *  @source reservoir: Vitter 1985, "Random sampling with a reservoir", algorithm R */
export function fillMemory(labels: Int32Array, { rows, memory }: Omit<Replay, 'share'>, seed: number): Int32Array {
  const rng = createRng(seed);
  if (memory === 'balanced') return balanced(shuffle(Int32Array.from(labels.keys()), rng), labels, rows);
  const kept = Int32Array.from({ length: Math.min(rows, labels.length) }, (_, i) => i);
  for (let i = kept.length; i < labels.length; i++) {
    const place = rng.int(i + 1);
    if (place < kept.length) kept[place] = i;
  }
  return shuffle(kept, rng);
}

/** The classes take turns until there are `most` rows; one that has no more is passed over. */
function balanced(order: Int32Array, labels: Int32Array, most: number): Int32Array {
  const byClass = new Map<number, number[]>();
  for (const row of order) {
    const own = byClass.get(labels[row]!);
    if (own === undefined) byClass.set(labels[row]!, [row]);
    else own.push(row);
  }
  const classes = [...byClass.values()];
  const longest = Math.max(0, ...classes.map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, turn) =>
    classes.flatMap((own) => (turn < own.length ? [own[turn]!] : [])),
  );
  return Int32Array.from(turns.flat().slice(0, most));
}

/** Places in a memory of `size` rows that come beside `newRows` new ones in the update after `step`. The memory is gone through again and again,
 *  each time in another order, so that a run resumed at any step draws what it would have drawn. */
export function replayDraw(size: number, newRows: number, step: number, batches: Batches, seed: number): Int32Array {
  const full = replayRows(batches);
  const rows = Math.max(1, Math.round((newRows * full) / newRowsPerBatch(batches)));
  let pass = -1;
  let order = new Int32Array();
  return Int32Array.from({ length: rows }, (_, i) => {
    const at = step * full + i;
    if (Math.floor(at / size) !== pass) {
      pass = Math.floor(at / size);
      order = shuffle(
        Int32Array.from({ length: size }, (_, k) => k),
        createRng((Math.imul(pass + 1, PASS) ^ seed) >>> 0),
      );
    }
    return order[at % size]!;
  });
}

const PASS = 0x85ebca6b;
