import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { service } from '../../../shared/stages/service/contract.ts';
import type { EngineContext } from '../context.ts';
import type { StepKinds } from '../project/overview.ts';

export const serviceStepKinds: Readonly<Record<(typeof service.steps)[number], StepKinds>> = {
  tickets: { kinds: [], done: [] },
  rounds: { kinds: [], done: [] },
  monitoring: { kinds: [], done: [] },
  improvement: { kinds: [], done: [] },
};

export function serviceFigures(_context: EngineContext): MapFigure[] {
  return [];
}

export function serviceNext(_context: EngineContext): Overview['next'] {
  return [];
}
