import type { EvidenceRef } from '../../../../shared/contract/evidence.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { EngineContext } from '../../context.ts';
import type { Selection } from '../../project/evidence.ts';

type Ref<T extends EvidenceRef['type']> = Extract<EvidenceRef, { type: T }>;

export function ticketSelection(_context: EngineContext, ref: Ref<'ticket'>): Selection {
  throw new AppError('artifact.not-found', { id: ref.datasetId });
}

export function triageSelection(_context: EngineContext, ref: Ref<'triage'>): Selection {
  throw new AppError('artifact.not-found', { id: ref.datasetId });
}

export function roundScoreSelection(_context: EngineContext, ref: Ref<'roundScore'>): Selection {
  throw new AppError('artifact.not-found', { id: ref.roundId });
}

export function driftSelection(_context: EngineContext, ref: Ref<'drift'>): Selection {
  throw new AppError('artifact.not-found', { id: ref.datasetId });
}
