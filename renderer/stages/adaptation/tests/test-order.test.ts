import { expect, test } from 'vitest';
import type { ScenarioTest } from '../../../../shared/stages/adaptation/results.ts';
import { shownTests } from './test-order.ts';

function made(id: string, type: ScenarioTest['type'], verdict: ScenarioTest['verdict']): ScenarioTest {
  return {
    id,
    type,
    subject: { label: null, slice: null, needId: null, perturbation: null },
    unit: 'share',
    n: 100,
    value: 0.9,
    low: 0.8,
    high: 0.95,
    method: 'wilson',
    companion: null,
    limit: null,
    limitOf: null,
    limitOrigin: null,
    direction: null,
    lowBase: false,
    passed: null,
    verdict,
    rows: null,
  };
}

const tests = [
  made('latency', 'latency', 'passed'),
  made('slice', 'slice', 'failed'),
  made('accuracy', 'accuracy', 'unclear'),
  made('recall', 'classRecall', 'failed'),
];

test('Failed tests come first, each verdict kind by kind', () => {
  expect(shownTests(tests, 'all', 'outcome').map(({ id }) => id)).toEqual(['recall', 'slice', 'accuracy', 'latency']);
});

test('By kind, the overall figures lead and the machine comes last; a filter keeps one verdict', () => {
  expect(shownTests(tests, 'all', 'type').map(({ id }) => id)).toEqual(['accuracy', 'recall', 'slice', 'latency']);
  expect(shownTests(tests, 'passed', 'type').map(({ id }) => id)).toEqual(['latency']);
});
