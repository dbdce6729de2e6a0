import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { landing } from '../../../shared/stages/landing/contract.ts';
import type { EngineContext } from '../context.ts';
import type { StepKinds } from '../project/overview.ts';

export const landingStepKinds: Readonly<Record<(typeof landing.steps)[number], StepKinds>> = {
  goals: { kinds: [], done: [] },
  solution: { kinds: [], done: [] },
  package: { kinds: ['landing.package', 'landing.packageCheck'], done: ['landing.package'] },
  pilot: { kinds: [], done: [] },
};

export function landingFigures(_context: EngineContext): MapFigure[] {
  return [];
}

export function landingNext(_context: EngineContext): Overview['next'] {
  return [];
}
