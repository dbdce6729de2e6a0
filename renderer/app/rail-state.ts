import { create } from 'zustand';

interface RailState {
  /** Whether the folded rail of a narrow window lies open over the screen. */
  readonly open: boolean;
  show(open: boolean): void;
}

export const useRail = create<RailState>((set) => ({ open: false, show: (open) => set({ open }) }));
