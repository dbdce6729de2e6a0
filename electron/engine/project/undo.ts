import { AsyncLocalStorage } from 'node:async_hooks';
import type { UndoableRequest } from '../../../shared/contract/undoable.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ProjectStore } from '../project-store.ts';

/** Which version of a slot stood before and after; null where the slot was empty. */
export interface SlotChange {
  readonly slot: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A command that can be taken back, by its number in the audit log. */
interface UndoEntry {
  readonly sequence: number;
  readonly request: UndoableRequest;
  readonly at: string;
  readonly changes: readonly SlotChange[];
}

/** Commands of this opening of the project, newest last; older versions stay in the file and can be restored singly. */
export interface UndoLog {
  /** Runs a command and gives what it decided or cleared, each slot once. */
  recording<T>(command: () => Promise<T>): Promise<{ readonly value: T; readonly changes: readonly SlotChange[] }>;
  /** Notes a change of a slot for the command under way, if there is one. */
  changed(slot: string, before: string | null, after: string | null): void;
  push(entry: UndoEntry): void;
  /** The command that would be taken back next, and the one that would be done again. */
  next(): { readonly undo: UndoEntry | null; readonly redo: UndoEntry | null };
  /** Takes the command of this number back and gives the slots that changed. @throws AppError 'undo.changed-since' where it is not the next one */
  undo(sequence: number): readonly string[];
  redo(sequence: number): readonly string[];
}

const MOST_ENTRIES = 100;

export function createUndoLog(store: ProjectStore): UndoLog {
  const underWay = new AsyncLocalStorage<Map<string, SlotChange>>();
  const done: UndoEntry[] = [];
  const undone: UndoEntry[] = [];

  const standing = (slot: string) => store.current(slot)?.id ?? null;
  const exists = (id: string | null) => id === null || store.artifacts.get(id) !== undefined;
  /** Whether every slot still is as `from` says, and what `to` names was not forgotten. */
  const fits = ({ changes }: UndoEntry, from: 'before' | 'after', to: 'before' | 'after') =>
    changes.every((change) => standing(change.slot) === change[from] && exists(change[to]));

  const top = (list: UndoEntry[], from: 'before' | 'after', to: 'before' | 'after'): UndoEntry | null => {
    for (let last = list.at(-1); last !== undefined; last = list.at(-1)) {
      if (fits(last, from, to)) return last;
      list.pop();
    }
    return null;
  };
  const move = (
    sequence: number,
    list: UndoEntry[],
    other: UndoEntry[],
    from: 'before' | 'after',
    to: 'before' | 'after',
  ): readonly string[] => {
    const entry = top(list, from, to);
    if (entry?.sequence !== sequence) throw new AppError('undo.changed-since', {});
    for (const change of entry.changes) store.artifacts.point(change.slot, change[to]);
    list.pop();
    other.push(entry);
    return entry.changes.map(({ slot }) => slot);
  };

  return {
    async recording(command) {
      const changes = new Map<string, SlotChange>();
      const value = await underWay.run(changes, command);
      return { value, changes: [...changes.values()].filter(({ before, after }) => before !== after) };
    },
    changed(slot, before, after) {
      const changes = underWay.getStore();
      const first = changes?.get(slot);
      changes?.set(slot, { slot, before: first === undefined ? before : first.before, after });
    },
    push(entry) {
      undone.length = 0;
      done.push(entry);
      if (done.length > MOST_ENTRIES) done.shift();
    },
    next: () => ({ undo: top(done, 'after', 'before'), redo: top(undone, 'before', 'after') }),
    undo: (sequence) => move(sequence, done, undone, 'after', 'before'),
    redo: (sequence) => move(sequence, undone, done, 'before', 'after'),
  };
}
