import type { ArtifactKind } from '../../artifacts/kind.ts';
import { ticketsKind } from './tickets.ts';

/** Every kind of artifact of this stage. */
export const serviceKinds: readonly ArtifactKind[] = [ticketsKind];
