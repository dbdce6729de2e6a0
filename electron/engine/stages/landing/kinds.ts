import type { ArtifactKind } from '../../artifacts/kind.ts';
import { goalKind } from './goal.ts';
import { packageKind } from './package/package.ts';
import { packageCheckKind } from './package/package-check.ts';
import { pilotKind, pilotPlanKind } from './pilot.ts';
import { solutionKind, solutionSettingsKind } from './solution.ts';

/** Every kind of artifact of this stage. */
export const landingKinds: readonly ArtifactKind[] = [
  // goals
  goalKind,
  // solution
  solutionSettingsKind,
  solutionKind,
  // package
  packageKind,
  packageCheckKind,
  // pilot
  pilotPlanKind,
  pilotKind,
];
