import type { SampleLanguage } from './compose.ts';
import type { SampleStep } from './step.ts';
import { experimentSteps } from './steps-experiments.ts';
import { modelSteps } from './steps-models.ts';

const SEED = 42;

/** What the one button does in this stage: fine-tuning, int8, A/B test, usability and the ranked strategies. */
export function competitivenessRest(language: SampleLanguage): SampleStep[] {
  return [...modelSteps(language, SEED), ...experimentSteps(language, SEED)];
}
