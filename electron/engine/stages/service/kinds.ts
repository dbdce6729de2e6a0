import type { ArtifactKind } from '../../artifacts/kind.ts';
import { backlogEffortsKind, backlogKind, backlogNotesKind } from './backlog.ts';
import { driftKind } from './drift.ts';
import { roundsKind, roundsSetupKind } from './rounds.ts';
import { ticketsKind } from './tickets.ts';
import { correctionsKind, triageKind } from './triage.ts';

/** Every kind of artifact of this stage. */
export const serviceKinds: readonly ArtifactKind[] = [
  ticketsKind,
  triageKind,
  correctionsKind,
  roundsSetupKind,
  roundsKind,
  driftKind,
  backlogEffortsKind,
  backlogNotesKind,
  backlogKind,
];
