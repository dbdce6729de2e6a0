import { asStrings } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';

export interface CleanedTexts {
  /** Rows of the file that cleaning kept and that have a text [n]. */
  readonly rows: Int32Array;
  readonly texts: readonly string[];
  /** Hash of each cleaned text, the same over every recompute. */
  readonly identities: readonly string[];
  /** Rows kept that have none. */
  readonly withoutText: number;
}

export function cleanedTexts(store: ProjectStore, clean: ArtifactRecord): CleanedTexts {
  const status = store.part(clean, 'status');
  const all = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
  const identity = asStrings(store.part(clean, 'identityBytes'), store.part(clean, 'identityOffsets'));
  const kept = Int32Array.from(status.keys()).filter((row) => status[row] === 0);
  const rows = kept.filter((row) => (all[row] ?? '') !== '');
  return {
    rows,
    texts: Array.from(rows, (row) => all[row] ?? ''),
    identities: Array.from(rows, (row) => identity[row] ?? ''),
    withoutText: kept.length - rows.length,
  };
}
