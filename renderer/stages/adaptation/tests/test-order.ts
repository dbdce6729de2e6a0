import type { ScenarioTest } from '../../../../shared/stages/adaptation/results.ts';
import type { TestFilter } from '../store.ts';

export const VERDICTS = ['failed', 'unclear', 'passed', 'no-verdict'] as const;
export type Verdict = (typeof VERDICTS)[number];

const TYPE_ORDER = [
  'accuracy',
  'macroF1',
  'need',
  'classRecall',
  'slice',
  'perturbation',
  'personalData',
  'clearAnswer',
  'calibration',
  'acceptedAccuracy',
  'coverage',
  'latency',
  'memory',
] as const satisfies readonly ScenarioTest['type'][];

/** Tests of the wanted verdict, those that failed first, or kind by kind. */
export function shownTests(
  tests: readonly ScenarioTest[],
  filter: TestFilter,
  order: 'outcome' | 'type',
): readonly ScenarioTest[] {
  const byVerdict = (a: ScenarioTest, b: ScenarioTest) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict);
  const byType = (a: ScenarioTest, b: ScenarioTest) => TYPE_ORDER.indexOf(a.type) - TYPE_ORDER.indexOf(b.type);
  return tests
    .filter(({ verdict }) => filter === 'all' || verdict === filter)
    .toSorted((a, b) => (order === 'outcome' ? byVerdict(a, b) || byType(a, b) : byType(a, b) || byVerdict(a, b)));
}
