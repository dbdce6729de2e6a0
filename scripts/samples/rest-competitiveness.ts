import type { SampleLanguage } from './compose.ts';
import type { SampleStep } from './step.ts';

/** What the one button does in this stage: fine-tuning, int8, A/B test, usability and the ranked strategies. */
export function competitivenessRest(_language: SampleLanguage): SampleStep[] {
  return [];
}
