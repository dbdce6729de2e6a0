import { describe, expect, it } from 'vitest';
import { fastestProvider, halfOutcome, halfState, type ProviderTrial, trialOutcome } from './provider.ts';

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

describe('products in half precision', () => {
  it('are offered where the trial found them right and faster than the provider is without, never on the processor', () => {
    expect(halfOutcome(5e-3, 10, 20)).toBe('faster');
    expect(halfOutcome(5e-3, 19, 20)).toBe('slower');
    expect(halfOutcome(0.05, 1, 20)).toBe('wrong');
    expect(halfOutcome(Number.NaN, 1, 20)).toBe('wrong');
    const half = { outcome: 'faster', largestDifference: 5e-3, stepMs: 10 } as const;
    const trials = [{ ...trial('cuda', 20), half }, trial('webgpu', 50)];
    expect(halfState('cuda', trials)).toBe('faster');
    expect(halfState('webgpu', trials)).toBe('untried');
    expect(halfState('cpu', [{ ...trial('cpu', 20), half }])).toBe('cpu');
  });
});
