import type { SampleLanguage } from './compose.ts';
import type { SampleStep } from './step.ts';

/** What the one button does in this stage: goals, solution, package and pilot. */
export function landingRest(_language: SampleLanguage): SampleStep[] {
  return [];
}
