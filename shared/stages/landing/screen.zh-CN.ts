import { goalsScreenZhCN } from './goals/screen.zh-CN.ts';
import { packageScreenZhCN } from './package/screen.zh-CN.ts';
import { pilotScreenZhCN } from './pilot/screen.zh-CN.ts';
import { solutionScreenZhCN } from './solution/screen.zh-CN.ts';

/** Texts of the landing screens, one block per step. */
export const landingScreenZhCN = {
  // goals
  goals: goalsScreenZhCN,
  // solution
  solution: solutionScreenZhCN,
  // package
  package: packageScreenZhCN,
  // pilot
  pilot: pilotScreenZhCN,
} as const;
