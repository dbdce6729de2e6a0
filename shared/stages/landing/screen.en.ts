import type { TextShape } from '../../i18n/text-shape.ts';
import { goalsScreenEn } from './goals/screen.en.ts';
import { packageScreenEn } from './package/screen.en.ts';
import { pilotScreenEn } from './pilot/screen.en.ts';
import type { landingScreenZhCN } from './screen.zh-CN.ts';
import { solutionScreenEn } from './solution/screen.en.ts';

export const landingScreenEn: TextShape<typeof landingScreenZhCN> = {
  // goals
  goals: goalsScreenEn,
  // solution
  solution: solutionScreenEn,
  // package
  package: packageScreenEn,
  // pilot
  pilot: pilotScreenEn,
};
