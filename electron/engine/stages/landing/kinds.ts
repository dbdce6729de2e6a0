import type { ArtifactKind } from '../../artifacts/kind.ts';

/** Every kind of artifact of this stage. */
export const landingKinds: readonly ArtifactKind[] = [
  // goals
  // solution
  // package
  // pilot
];
