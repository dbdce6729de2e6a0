import { create } from 'zustand';

interface PaletteState {
  readonly open: boolean;
  show(open: boolean): void;
}

export const usePalette = create<PaletteState>((set) => ({ open: false, show: (open) => set({ open }) }));
