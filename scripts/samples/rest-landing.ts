import type { SampleLanguage } from './compose.ts';
import type { SampleStep } from './step.ts';
import { goalSteps, pilotSteps, solutionSteps } from './steps-landing.ts';
import { packageSteps } from './steps-package.ts';

/** What the one button does in this stage: goals, solution, package and pilot. */
export function landingRest(language: SampleLanguage): SampleStep[] {
  return [
    ...goalSteps(language),
    ...solutionSteps(language, 'C1', 'S1'),
    ...packageSteps(language, 'C1'),
    ...pilotSteps(language),
  ];
}
