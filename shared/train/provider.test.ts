import { describe, expect, it } from 'vitest';
import { fastestProvider, type ProviderTrial, trialOutcome } from './provider.ts';

const trial = (provider: ProviderTrial['provider'], stepMs: number, outcome: ProviderTrial['outcome'] = 'faster') =>
  ({ provider, outcome, stepMs, cpuStepMs: 100, largestDifference: 0, detail: null }) as const;

describe('a trial of a provider', () => {
  it('asks for right numbers first, then for a gain that is worth it', () => {
    expect(trialOutcome(1e-6, 20, 100)).toBe('faster');
    expect(trialOutcome(1e-6, 95, 100)).toBe('slower');
    expect(trialOutcome(0.01, 20, 100)).toBe('wrong');
    expect(trialOutcome(Number.NaN, 20, 100)).toBe('wrong');
  });
});

describe('the provider that is chosen', () => {
  it('is the fastest that was right, else the processor', () => {
    expect(fastestProvider([])).toBe('cpu');
    expect(fastestProvider([trial('webgpu', 50), trial('cuda', 10), trial('dml', 5, 'wrong')])).toBe('cuda');
    expect(fastestProvider([trial('webgpu', 300, 'slower'), trial('coreml', 90, 'crashed')])).toBe('cpu');
  });
});
