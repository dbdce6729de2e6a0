import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { adaptation } from '../../../shared/stages/adaptation/contract.ts';
import type { EngineContext } from '../context.ts';
import type { StepKinds } from '../project/overview.ts';

export const adaptationStepKinds: Readonly<Record<(typeof adaptation.steps)[number], StepKinds>> = {
  scenarios: { kinds: [], done: [] },
  recipe: { kinds: [], done: [] },
  tests: { kinds: [], done: [] },
  matrix: { kinds: [], done: [] },
};

export function adaptationFigures(_context: EngineContext): MapFigure[] {
  return [];
}

export function adaptationNext(_context: EngineContext): Overview['next'] {
  return [];
}
