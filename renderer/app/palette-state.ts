import { create } from 'zustand';

interface PaletteState {
  /** The overlay that lies open over the screen. */
  readonly open: 'palette' | 'shortcuts' | null;
  /** Opens an overlay, or closes it where it is open already. */
  show(overlay: 'palette' | 'shortcuts' | null): void;
}

export const usePalette = create<PaletteState>((set) => ({
  open: null,
  show: (overlay) => set((before) => ({ open: before.open === overlay ? null : overlay })),
}));
