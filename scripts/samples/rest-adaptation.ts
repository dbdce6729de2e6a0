import type { SampleLanguage } from './compose.ts';
import type { SampleStep } from './step.ts';

/** What the one button does in this stage: scenarios, adapted models and their tests. */
export function adaptationRest(_language: SampleLanguage): SampleStep[] {
  return [];
}
