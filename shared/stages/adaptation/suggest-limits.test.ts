import { describe, expect, it } from 'vitest';
import { LIMIT_TESTS } from './limits.ts';
import { followLimits, type LimitSources, suggestLimits } from './suggest-limits.ts';
import { TEMPLATES } from './templates.ts';

const NO_TARGETS = { accuracy: null, latencyMs: null, explainability: null, privacy: null };
const need = (id: string, weight: number) => ({ id, weight }) as NonNullable<LimitSources['needs']>['needs'][number];
const SOURCES: LimitSources = {
  needs: { needs: [need('heavy', 0.6), need('light', 0.1), need('middle', 0.3)] },
  targets: { accuracy: 0.86, latencyMs: 300, explainability: 'every-decision', privacy: 'sensitive' },
};

describe('suggested limits', () => {
  it('take targets first, then the heaviest needs, then the template', () => {
    const limits = suggestLimits('customer-service', [], SOURCES);
    const of = (test: string) =>
      limits.filter((limit) => limit.test === test).map(({ value, origin }) => [value, origin.type]);
    expect(of('accuracy')).toEqual([[0.86, 'target']]);
    expect(of('latencyP95')).toEqual([[300, 'target']]);
    expect(of('clearAnswer')).toEqual([[0.9, 'target']]);
    expect(of('personalData')).toEqual([[0.98, 'target']]);
    expect(of('macroF1')).toEqual([[0.8, 'template']]);
    expect(limits.filter(({ test }) => test === 'needAccuracy')).toEqual([
      { test: 'needAccuracy', needId: 'heavy', value: 0.86, origin: { type: 'need', needId: 'heavy' } },
    ]);
  });

  it('let a need of less than an even share fall below the whole by the template’s slice gap', () => {
    const limits = suggestLimits('customer-service', ['heavy', 'light'], SOURCES);
    expect(limits.filter(({ test }) => test === 'needAccuracy').map(({ value }) => value)).toEqual([
      0.86,
      expect.closeTo(0.76, 10),
    ]);
  });

  it('come from the template alone where stage 1 asks for nothing', () => {
    const limits = suggestLimits('energy', [], { needs: null, targets: NO_TARGETS });
    expect(limits.every(({ origin }) => origin.type === 'template')).toBe(true);
    expect(limits.map(({ test }) => test)).not.toContain('clearAnswer');
  });

  it('name each test once for every template', () => {
    for (const { id } of TEMPLATES) {
      const keys = suggestLimits(id, ['heavy'], SOURCES).map(({ test, needId }) => `${test} ${needId}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.every((key) => LIMIT_TESTS.some((test) => key.startsWith(test)))).toBe(true);
    }
  });
});

describe('limits that follow', () => {
  const set = suggestLimits('customer-service', [], SOURCES);

  it('take the value of now, while the analyst’s and the template’s stay', () => {
    const mine = { test: 'macroF1', needId: null, value: 0.5, origin: { type: 'analyst' } } as const;
    const now = { ...SOURCES, targets: { ...NO_TARGETS, accuracy: 0.9, latencyMs: 100 } };
    const { limits } = followLimits([...set, mine], 'customer-service', now);
    expect(limits.find(({ test }) => test === 'accuracy')?.value).toBe(0.9);
    expect(limits.find(({ test }) => test === 'needAccuracy')?.value).toBe(0.9);
    expect(limits.find(({ test }) => test === 'latencyP95')?.value).toBe(100);
    expect(limits.find(({ test }) => test === 'calibration')?.value).toBe(0.1);
    expect(limits).toContainEqual(mine);
  });

  it('are lost where their need or target is gone', () => {
    const { limits, lost } = followLimits(set, 'customer-service', { needs: { needs: [] }, targets: NO_TARGETS });
    expect(lost.map(({ test }) => test)).toEqual([
      'accuracy',
      'clearAnswer',
      'personalData',
      'latencyP95',
      'needAccuracy',
    ]);
    expect(limits.every(({ origin }) => origin.type === 'template')).toBe(true);
  });
});
