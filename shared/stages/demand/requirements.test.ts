import { describe, expect, it } from 'vitest';
import { requirementParameters } from './requirements.ts';
import { requirementsResultSchema, type Targets } from './results.ts';

const UNSET: Targets = { accuracy: null, latencyMs: null, explainability: null, privacy: null };
const texts = ['转账失败', 'card', 'fees are too high', '😀'];
const input = {
  labels: { values: ['fee', 'card', 'fee', 'login'], slot: 'competitiveness.split' },
  texts,
  languages: ['zh', 'en', 'en', null],
  dates: ['2025-01-30', '2025-03-01', null, '2025-03-31T10:00:00Z'],
  slot: 'demand.clean:d1',
  targets: { ...UNSET, latencyMs: 50 },
};

describe('requirement parameters', () => {
  it('count the data and say from where', () => {
    const found = requirementParameters(input);
    expect(requirementsResultSchema.parse(found)).toEqual(found);
    const origin = { type: 'data', slot: 'demand.clean:d1' };
    expect(found.labels).toEqual({
      value: [
        { label: 'fee', rows: 2 },
        { label: 'card', rows: 1 },
        { label: 'login', rows: 1 },
      ],
      origin: { type: 'data', slot: 'competitiveness.split' },
    });
    expect(found.taskType.value).toBe('multiclass-classification');
    expect(found.languages.value[0]).toEqual({ language: 'en', rows: 2, share: 0.5 });
    expect(found.volume).toEqual({ value: { texts: 4, perMonth: 1 }, origin });
    // lengths 1, 4, 4, 17: p95 at 2.85 of 0…3
    expect(found.textLength).toEqual({ value: { p50: 4, p95: expect.closeTo(15.05, 10), longest: 17 }, origin });
  });

  it('leave targets not set until the analyst enters them', () => {
    const found = requirementParameters(input);
    expect(found.latencyMs).toEqual({ value: 50, origin: { type: 'analyst' } });
    for (const key of ['accuracy', 'explainability', 'privacy'] as const)
      expect(found[key]).toEqual({ value: null, origin: { type: 'not-set' } });
  });

  it('have no task without labels and no length without texts', () => {
    const found = requirementParameters({ ...input, labels: null, texts: [], languages: [], dates: [] });
    expect([found.taskType.value, found.labels.origin.type, found.textLength.value]).toEqual([null, 'not-set', null]);
  });

  it('need two months for a volume per month', () => {
    const perMonth = (dates: string[]) => requirementParameters({ ...input, dates }).volume.value.perMonth;
    expect(perMonth(['2025-01-01', '2025-01-31'])).toBeNull();
    expect(perMonth(['2024-12-31', '2025-01-01', '2025-01-02'])).toBe(1.5);
  });
});
