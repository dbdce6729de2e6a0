import type { ArtifactKind } from './artifacts/kind.ts';

/** Every kind of artifact that a project can hold. */
export const artifactKinds: readonly ArtifactKind[] = [];
