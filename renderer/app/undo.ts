import { create } from 'zustand';
import type { Undoable } from '../../shared/contract/project.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { call, onUndoable, whileShown } from '../engine.ts';
import { asAppError, useSession } from './session.ts';

/** What the bottom bar says of the latest change, and what it offers. */
export type UndoNews =
  | { readonly type: 'done' | 'undone' | 'redone'; readonly entry: Undoable }
  | { readonly type: 'none' | 'noneRedo' }
  | { readonly type: 'failed'; readonly error: AppError };

interface UndoState {
  readonly news: UndoNews | null;
}

/** How long a change is spoken of; it can be undone for as long as the project is open. */
const SHOWN_MS = 20_000;

export const useUndo = create<UndoState>(() => ({ news: null }));

let timer: ReturnType<typeof setTimeout> | undefined;

export function showUndoNews(news: UndoNews | null): void {
  clearTimeout(timer);
  useUndo.setState({ news });
  if (news !== null) timer = setTimeout(() => useUndo.setState({ news: null }), SHOWN_MS);
}

/** Tells of every change that a screen has made, as soon as the engine has taken it. */
export function followUndo(): void {
  onUndoable(() => {
    whileShown(call('project.undoable', {}), ({ undo }) => {
      if (undo !== null) showUndoNews({ type: 'done', entry: undo });
    }).catch(() => undefined);
  });
  // What changed in one project is no news in another.
  useSession.subscribe((now, before) => {
    if (now.projectId !== before.projectId) showUndoNews(null);
  });
}

async function move(name: 'undo' | 'redo'): Promise<UndoNews> {
  const entry = (await call('project.undoable', {}))[name];
  if (entry === null) return { type: name === 'undo' ? 'none' : 'noneRedo' };
  await call(`project.${name}`, { sequence: entry.sequence });
  return { type: name === 'undo' ? 'undone' : 'redone', entry };
}

const send = (name: 'undo' | 'redo') => {
  whileShown(move(name), showUndoNews).catch((failure: unknown) =>
    showUndoNews({ type: 'failed', error: asAppError(failure) }),
  );
};

/** Takes back the latest change of the open project. */
export const undoLast = () => send('undo');
export const redoLast = () => send('redo');
