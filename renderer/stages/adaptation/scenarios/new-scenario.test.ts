import { expect, test } from 'vitest';
import type { ScenarioLimit } from '../../../../shared/stages/adaptation/limits.ts';
import { costsOf, mergeLimits } from './new-scenario.ts';

const limit = (test: ScenarioLimit['test'], value: number, origin: ScenarioLimit['origin']): ScenarioLimit => ({
  test,
  needId: null,
  value,
  origin,
});

test('A new suggestion replaces what was suggested before and keeps what a person set', () => {
  const template = { type: 'template', templateId: 'energy' } as const;
  const own = limit('accuracy', 0.93, { type: 'analyst' });
  const held = [own, limit('macroF1', 0.8, template)];
  const suggested = [limit('accuracy', 0.85, template), limit('calibration', 0.1, template)];
  expect(mergeLimits(held, suggested)).toEqual([own, suggested[1]]);
});

test('A class without an entry costs the ratio of the template, and entries of other classes are left out', () => {
  const entered = { label: 'fraud', miss: 20, falseAlarm: 2 };
  expect(costsOf([entered, { label: 'gone', miss: 9, falseAlarm: 9 }], ['fraud', 'fees'], 8)).toEqual([
    entered,
    { label: 'fees', miss: 8, falseAlarm: 1 },
  ]);
});
