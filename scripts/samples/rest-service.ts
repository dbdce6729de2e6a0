import type { SampleLanguage } from './compose.ts';
import type { SampleStep } from './step.ts';

/** What the one button does in this stage: tickets, rounds, drift, backlog and the new round as D. */
export function serviceRest(_language: SampleLanguage): SampleStep[] {
  return [];
}
