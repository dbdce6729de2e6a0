import type { Targets } from '../../shared/stages/demand/results.ts';

/** What the bank asks of the assistant. */
export const SAMPLE_TARGETS: Targets = {
  accuracy: 0.85,
  latencyMs: 300,
  explainability: 'every-decision',
  privacy: 'sensitive',
};
