import { useEffect, useRef, useState } from 'react';
import type { EvidenceRef, EvidenceRow, RowOrder } from '../../shared/contract/evidence.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { onChange } from '../app/changes.ts';
import { asAppError } from '../app/session.ts';
import { call } from '../engine.ts';
import { pagesOf } from './row-window.ts';

const PAGE_SIZE = 100;
/** Pages kept in memory: 4 000 rows. */
const PAGES_KEPT = 40;
/** Requests under way: while the bar is pulled, only where it passes slowly enough is read. */
const MOST_ASKED = 2;

export interface Arrangement {
  readonly filter: string;
  /** Null: as the number counts them. */
  readonly order: RowOrder | null;
}

interface Pages {
  readonly total: number | null;
  readonly error: AppError | null;
  /** Whether a row that was read has notes. */
  readonly noted: boolean;
  readonly rowAt: (index: number) => EvidenceRow | undefined;
}

/** Rows behind a number, filtered and sorted by the engine, fetched by pages as they come into view. */
export function useEvidence(
  evidence: EvidenceRef,
  { filter, order }: Arrangement,
  range: readonly [number, number],
): Pages {
  const key = JSON.stringify([evidence, filter, order]);
  const pages = useRef(new Map<number, readonly EvidenceRow[]>());
  const asked = useRef(new Set<number>());
  const underWay = useRef(0);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{
    total: number | null;
    error: AppError | null;
    fetched: number;
    noted: boolean;
  }>({ total: null, error: null, fetched: 0, noted: false });

  useEffect(() => onChange(() => setRound((count) => count + 1)), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection, or changed data, starts over.
  useEffect(() => {
    pages.current = new Map();
    asked.current = new Set();
    setState((before) => ({ ...before, total: null, error: null }));
  }, [key, round]);

  const needed = state.total === null ? [0] : pagesOf(range, PAGE_SIZE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the selection, the joined pages for the array; an answer lets the next page be asked for.
  useEffect(() => {
    const store = pages.current;
    for (const page of needed) {
      if (asked.current.has(page) || underWay.current >= MOST_ASKED) continue;
      asked.current.add(page);
      underWay.current++;
      call('project.rows', {
        ref: evidence,
        offset: page * PAGE_SIZE,
        limit: PAGE_SIZE,
        filter,
        ...(order === null ? {} : { order }),
      }).then(
        ({ total, rows }) => {
          underWay.current--;
          if (pages.current !== store) {
            setState((before) => ({ ...before, fetched: before.fetched + 1 }));
            return;
          }
          store.set(page, rows);
          for (const oldest of store.keys()) {
            if (store.size <= PAGES_KEPT) break;
            store.delete(oldest);
            asked.current.delete(oldest);
          }
          const noted = rows.some(({ notes }) => notes.length > 0);
          setState((before) => ({
            total,
            error: null,
            fetched: before.fetched + 1,
            // A column that has come stays: nothing jumps while rows are looked for.
            noted: before.noted || noted,
          }));
        },
        (failure: unknown) => {
          underWay.current--;
          asked.current.delete(page);
          if (pages.current === store) setState((before) => ({ ...before, error: asAppError(failure) }));
        },
      );
    }
  }, [key, round, needed.join(), state.fetched]);

  return {
    total: state.total,
    error: state.error,
    noted: state.noted,
    rowAt: (index) => pages.current.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE],
  };
}
