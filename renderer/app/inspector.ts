import { create } from 'zustand';
import type { EvidenceRef } from '../../shared/contract/evidence.ts';

/** A number that was opened: all that a screen knows of it. Texts are ready to read. */
export interface Inspected {
  readonly title: string;
  /** The value with its unit. */
  readonly value?: string;
  /** Bounds with units, and their level; 95 % unless said. */
  readonly interval?: { readonly low: string; readonly high: string };
  readonly n?: number;
  /** How it was computed, in a sentence or two. */
  readonly method?: string;
  readonly seed?: number;
  /** The artifact that it stands in. */
  readonly slot?: string;
  /** The rows that it counts. */
  readonly ref?: EvidenceRef;
}

interface EvidenceShown {
  readonly title: string;
  readonly ref: EvidenceRef;
  /** Zero-based position in the list to open at. */
  readonly startAt?: number;
}

interface Inspector {
  readonly selected: Inspected | null;
  readonly folded: boolean;
  /** The list of rows that lies open over the screen. */
  readonly evidence: EvidenceShown | null;
  fold(folded: boolean): void;
  showEvidence(evidence: EvidenceShown | null): void;
  clear(): void;
}

export const useInspector = create<Inspector>((set) => ({
  selected: null,
  folded: false,
  evidence: null,
  fold: (folded) => set({ folded }),
  showEvidence: (evidence) => set({ evidence }),
  clear: () => set({ selected: null, evidence: null }),
}));

/** Opens a number in the panel at the right. */
export function inspect(selected: Inspected): void {
  useInspector.setState({ selected, folded: false });
}
