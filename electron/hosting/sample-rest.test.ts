import { describe, expect, it } from 'vitest';
import { withRun } from './sample-rest.ts';

describe('the rest of a sample', () => {
  it('builds on the run that somebody trained by hand, wherever a step names the sample’s own', () => {
    const step = {
      runId: 'R1',
      name: 'R1 · int8',
      others: [{ modelId: 'R1', scenarioId: 'S1' }],
      seed: 42,
      config: null,
    };
    expect(withRun(step, 'R4')).toEqual({
      runId: 'R4',
      name: 'R1 · int8',
      others: [{ modelId: 'R4', scenarioId: 'S1' }],
      seed: 42,
      config: null,
    });
  });
});
