import { LIMIT_RULES, type LimitTest, type ScenarioLimit } from './limits.ts';
import type { ScenarioTest, TestsResult } from './results.ts';

/** Fewest rows on which a verdict rests. */
const LOW_BASE = 30;

type Judged = Pick<ScenarioTest, 'limit' | 'limitOf' | 'limitOrigin' | 'direction' | 'lowBase' | 'passed' | 'verdict'>;

/** A measured figure against its limit. `passed`: the value keeps the limit. `verdict`: passed or failed where the whole interval lies on one side of
 *  the limit (a figure without interval: where the value lies), `unclear` where the limit lies inside the interval; none without a limit, without a
 *  value, or from fewer than 30 rows. */
export function judged(
  measured: Pick<ScenarioTest, 'value' | 'low' | 'high' | 'n'>,
  limitOf: LimitTest,
  limit: ScenarioLimit | undefined,
  fewest = LOW_BASE,
): Judged {
  const { direction } = LIMIT_RULES[limitOf];
  const lowBase = measured.n < fewest;
  const of = {
    limit: limit?.value ?? null,
    limitOf,
    limitOrigin: limit?.origin ?? null,
    direction,
    lowBase,
  };
  const { value, low, high } = measured;
  if (limit === undefined || value === null || lowBase) return { ...of, passed: null, verdict: 'no-verdict' };
  const keeps = (figure: number) => (direction === 'at-least' ? figure >= limit.value : figure <= limit.value);
  const passed = keeps(value);
  const crosses = low !== null && high !== null && keeps(low) !== keeps(high);
  return { ...of, passed, verdict: crosses ? 'unclear' : passed ? 'passed' : 'failed' };
}

/** Tests by verdict. */
export function verdictCounts(tests: readonly Pick<ScenarioTest, 'verdict'>[]): TestsResult['counts'] {
  const of = (verdict: ScenarioTest['verdict']) => tests.filter((test) => test.verdict === verdict).length;
  return { passed: of('passed'), failed: of('failed'), unclear: of('unclear'), noVerdict: of('no-verdict') };
}
