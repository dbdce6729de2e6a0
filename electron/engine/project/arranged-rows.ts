import { setImmediate } from 'node:timers/promises';
import type { EvidenceRef, EvidenceRow, EvidenceRows, RowOrder } from '../../../shared/contract/evidence.ts';
import { type Pause, sortInSlices } from '../../../shared/data/slices.ts';
import type { EngineContext } from '../context.ts';
import { rowReader, type Selection, selectRows } from './evidence.ts';

export interface Arrangement {
  readonly filter: string;
  readonly order: RowOrder | null;
}

/** Longest stretch for which other requests wait. */
const SLICE_MS = 8;
const READ_AT_ONCE = 200;
/** Arrangements kept: a person goes to and fro between a few. */
const KEPT = 4;

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** Rows behind a number, filtered and sorted. Each page is cut from positions worked out once for the data as it stands. */
export function createArrangedRows(context: EngineContext) {
  const known = new Map<string, Promise<Uint32Array>>();

  const positionsOf = (ref: EvidenceRef, selection: Selection, arrangement: Arrangement): Promise<Uint32Array> => {
    const key = JSON.stringify([context.store.project.get().dataVersion, ref, arrangement]);
    const positions = known.get(key) ?? arrange(context, selection, arrangement);
    known.delete(key);
    known.set(key, positions);
    positions.catch(() => known.delete(key));
    for (const oldest of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
    return positions;
  };

  return async (ref: EvidenceRef, offset: number, limit: number, arrangement: Arrangement): Promise<EvidenceRows> => {
    const selection = selectRows(context, ref);
    const positions = await positionsOf(ref, selection, arrangement);
    const read = rowReader(context);
    return {
      total: positions.length,
      rows: [...positions.subarray(offset, offset + limit)].flatMap((at) => selection.page(at, 1)).map(read),
    };
  };
}

async function arrange(
  context: EngineContext,
  selection: Selection,
  { filter, order }: Arrangement,
): Promise<Uint32Array> {
  const pause = pauseAfter(SLICE_MS, context.deps.monotonicMs);
  const read = rowReader(context);
  const wanted = folded(filter.trim());
  const positions: number[] = [];
  const keys: (string | number)[] = [];
  for (let offset = 0; offset < selection.total; offset += READ_AT_ONCE) {
    for (const [index, selected] of selection.page(offset, READ_AT_ONCE).entries()) {
      const row = read(selected);
      if (wanted !== '' && !folded(wordsOf(row)).includes(wanted)) continue;
      positions.push(offset + index);
      if (order !== null) keys.push(keyOf(row, order.by));
    }
    await pause();
  }
  if (order === null) return Uint32Array.from(positions);
  const sign = order.descending ? -1 : 1;
  const compare = (one: number, other: number) => sign * compareKeys(keys[one] ?? 0, keys[other] ?? 0);
  const sorted = await sortInSlices(keys.length, compare, pause);
  return sorted.map((place) => positions[place] ?? 0);
}

/** Gives other work its turn once the slice is used up. */
function pauseAfter(sliceMs: number, monotonicMs: () => number): Pause {
  let since = monotonicMs();
  return async () => {
    if (monotonicMs() - since < sliceMs) return;
    await setImmediate();
    since = monotonicMs();
  };
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase();

function wordsOf({ text, cells, notes }: EvidenceRow): string {
  return [text ?? '', ...cells.map(({ value }) => value), ...notes.map(({ value }) => value)].join('\n');
}

const ROWS_OF_A_DATASET = 1e9;

function keyOf({ datasetId, row, text, cells, notes }: EvidenceRow, by: RowOrder['by']): string | number {
  switch (by) {
    case 'row':
      return Number(datasetId.slice(1)) * ROWS_OF_A_DATASET + row;
    case 'text':
      return (
        text ??
        cells
          .map(({ value }) => value)
          .join(' ')
          .trim()
      );
    case 'notes':
      return notes.map(({ value }) => value).join(' ');
  }
}

function compareKeys(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : collator.compare(String(one), String(other));
}
