import type { Layer, OutsideId, StartCheck } from '../../shared/contract/offline.ts';
import { SILENT_BROWSER_OPTIONS } from './chromium.ts';
import { createRefusals, type Refusals } from './refusals.ts';

/** What a host does to keep data in, told by the host itself: each line true of it, and read from it while it runs. */
export interface HostProtection {
  readonly refusals: Refusals;
  layers(): readonly Layer[];
  /** What this host tried on itself at its start. */
  checks(): readonly StartCheck[];
  /** Files of its own, outside the user's folder. */
  files(): readonly { readonly id: 'redirect' | 'window'; readonly path: string }[];
  readonly outside: readonly OutsideId[];
}

/** The browser that prints, for hosts that print with an installed one. */
export const PRINT_BROWSER: Layer = {
  id: 'print-browser',
  basis: 'running',
  value: SILENT_BROWSER_OPTIONS.find((option) => option.startsWith('--host-resolver-rules')) ?? null,
};

/** A terminal listens nowhere and shows no page. */
export function terminalProtection(): HostProtection {
  return {
    refusals: createRefusals(),
    layers: () => [{ id: 'no-listener', basis: 'build', value: null }, PRINT_BROWSER],
    checks: () => [],
    files: () => [],
    outside: ['system', 'copies', 'people'],
  };
}
