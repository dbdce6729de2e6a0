import { create } from 'zustand';
import type { StageId } from '../../shared/contract/stage.ts';
import type { GlossaryTerm } from '../../shared/help/glossary.ts';

/** Pages that need nothing more to be told. */
export type PageName = 'home' | 'map' | 'data' | 'jobs' | 'reports' | 'audit' | 'settings' | 'offline' | 'help';

export type Place =
  | { readonly type: PageName }
  /** `term`: the word to show first. */
  | { readonly type: 'glossary'; readonly term: GlossaryTerm | null }
  | { readonly type: 'step'; readonly stage: StageId; readonly step: string };

interface Navigation {
  readonly place: Place;
  /** Goes there, and lets the browser's back button return. */
  go(place: Place): void;
  /** Shows a place without a new entry in the history. */
  show(place: Place): void;
}

/** Where the person is. Kept in the browser's history entries, never in the address. */
export const useNavigation = create<Navigation>((set) => ({
  place: { type: 'home' },
  go: (place) => {
    window.history.pushState({ place }, '');
    set({ place });
  },
  show: (place) => {
    window.history.replaceState({ place }, '');
    set({ place });
  },
}));

/** The place of the present history entry, which outlives a reload. */
export function placeInHistory(): Place | null {
  return (window.history.state as { readonly place?: Place } | null)?.place ?? null;
}

/** Follows the back and forward buttons until the returned function is called. */
export function followHistory(): () => void {
  const onPop = () => {
    const place = placeInHistory();
    if (place !== null) useNavigation.setState({ place });
  };
  window.addEventListener('popstate', onPop);
  return () => window.removeEventListener('popstate', onPop);
}

export function goToStep(stage: StageId, step: string): void {
  useNavigation.getState().go({ type: 'step', stage, step });
}
