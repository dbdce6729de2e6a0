import { createRng } from '../../../shared/rng.ts';
import { evaluatePilot, type PilotInput } from '../../../shared/stages/landing/pilot/evaluate-pilot.ts';
import type { PilotResult } from '../../../shared/stages/landing/pilot/results.ts';
import { designSolution, type SolutionInput } from '../../../shared/stages/landing/solution/design-solution.ts';
import type { SolutionResult } from '../../../shared/stages/landing/solution/results.ts';
import type { ComputeTask } from '../task.ts';

export const evaluatePilotTask: ComputeTask<PilotInput, PilotResult> = { run: evaluatePilot };

export const solutionTask: ComputeTask<Omit<SolutionInput, 'rng'> & { readonly seed: number }, SolutionResult> = {
  run: ({ seed, ...rest }) => designSolution({ ...rest, rng: createRng(seed) }),
};
