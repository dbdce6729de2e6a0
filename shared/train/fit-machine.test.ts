import { expect, test } from 'vitest';
import { CONTRASTIVE } from './contrastive-config.ts';
import { expectedMinutes, fitToMachine, type MachineFacts } from './fit-machine.ts';
import { runConfigSchema, suggestConfig } from './run-config.ts';

const FULL = suggestConfig({ rowsPerClass: [700, 800], maxLength: 64, seed: 7 }).config;
const FACTS: MachineFacts = { rows: 6000, layers: 4, encodedTextsPerSecond: 200, planned: null };

test('an update costs four readings of its texts, a cached lower part one reading in all', () => {
  const { epochs } = FULL;
  expect(expectedMinutes(FULL, FACTS)).toBeCloseTo((epochs * 4 * 6000) / 200 / 60, 10);
  const top = { ...FULL, method: { type: 'frozen-prefix', layers: 3 } } as const;
  expect(expectedMinutes(top, FACTS)).toBeCloseTo((6000 + (epochs * 4 * 6000) / 4) / 200 / 60, 10);
  expect(expectedMinutes(FULL, { ...FACTS, encodedTextsPerSecond: null })).toBeNull();
});

test('earlier rows in every batch take their share of the time', () => {
  const replayed = {
    ...FULL,
    batchSize: 20,
    continual: { replay: { share: 0.15, rows: 500, memory: 'balanced' } },
  } as const;
  // 17 of 20 rows are new.
  expect(expectedMinutes(replayed, FACTS)).toBeCloseTo((expectedMinutes(FULL, FACTS)! * 20) / 17, 10);
});

test('a machine that is fast enough changes nothing, nor does one that nobody has measured', () => {
  for (const encodedTextsPerSecond of [200, null]) {
    const fitted = fitToMachine(FULL, { ...FACTS, encodedTextsPerSecond });
    expect([fitted.config, fitted.because]).toEqual([FULL, null]);
  }
});

test('where tuning all would take too long, only the top layer learns, in less time', () => {
  const fitted = fitToMachine(FULL, { ...FACTS, encodedTextsPerSecond: 20 });
  expect([fitted.because, fitted.config.method]).toEqual(['slow', { type: 'frozen-prefix', layers: 3 }]);
  expect(fitted.minutes!).toBeLessThan(fitted.fullMinutes! / 2);
  expect(runConfigSchema.parse(fitted.config)).toEqual(fitted.config);
});

test('a measured plan says more than the speed of reading, and what does not fit is not suggested', () => {
  const slow = { ...FACTS, encodedTextsPerSecond: 20 };
  expect(fitToMachine(FULL, { ...slow, planned: { minutes: 5, fit: 'fits' } }).because).toBeNull();
  for (const planned of ['lost', { minutes: 5, fit: 'too-large' }] as const) {
    const fitted = fitToMachine(FULL, { ...FACTS, planned });
    expect([fitted.because, fitted.config.method.type]).toEqual(['memory', 'frozen-prefix']);
  }
});

test('a head alone can only give up its contrastive start', () => {
  const head = { ...FULL, method: { type: 'head' }, contrastive: CONTRASTIVE } as const;
  const fitted = fitToMachine(head, { ...FACTS, encodedTextsPerSecond: 20 });
  expect([fitted.because, fitted.config.method.type, fitted.config.contrastive]).toEqual(['slow', 'head', undefined]);
  expect(fitToMachine(fitted.config, { ...FACTS, encodedTextsPerSecond: 1, rows: 60_000 }).because).toBeNull();
});

test('the quick form of a model that is trained on learns at the rate of one that is', () => {
  const fitted = fitToMachine(FULL, { ...FACTS, encodedTextsPerSecond: 20 }, () => 2e-5);
  expect([fitted.config.method.type, fitted.config.learningRate]).toEqual(['frozen-prefix', 2e-5]);
});
