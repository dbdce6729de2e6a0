import type { Layer, OutsideId, StartCheck } from '../../shared/contract/offline.ts';
import { createRefusals, type Refusals } from './refusals.ts';

/** What a host does to keep data in, told by the host itself: each line true of it, and read from it while it runs. */
export interface HostProtection {
  readonly refusals: Refusals;
  layers(): readonly Layer[];
  /** What this host tried on itself at its start. */
  checks(): readonly StartCheck[];
  /** Files of its own, outside the user's folder. */
  files(): readonly { readonly id: 'redirect'; readonly path: string }[];
  readonly outside: readonly OutsideId[];
}

/** A terminal listens nowhere and shows no page. */
export function terminalProtection(): HostProtection {
  return {
    refusals: createRefusals(),
    layers: () => [{ id: 'no-listener', basis: 'build', value: null }],
    checks: () => [],
    files: () => [],
    outside: ['system', 'copies', 'people'],
  };
}
