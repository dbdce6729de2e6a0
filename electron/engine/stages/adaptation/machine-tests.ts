import type { LimitTest, ScenarioLimit } from '../../../../shared/stages/adaptation/limits.ts';
import type { ScenarioTest } from '../../../../shared/stages/adaptation/results.ts';
import { judged } from '../../../../shared/stages/adaptation/tests-verdict.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import { modelRequest, type ProjectModel } from '../competitiveness/project-model.ts';

const ROUNDS = 5;
const REPEATS = 30;
const TEXTS = 20;

/** What this machine says of a model: p95 of single answers (the middle one of five rounds, with the lowest and highest), and the memory that the model's
 *  process holds after them. */
export async function machineTests(
  context: Pick<StepContext<unknown>, 'store' | 'deps' | 'spoolFolder' | 'spoolKey' | 'worker' | 'signal'>,
  model: ProjectModel,
  texts: readonly string[],
  limits: readonly ScenarioLimit[],
): Promise<ScenarioTest[]> {
  const { worker, signal } = context;
  const request = await modelRequest(context, model);
  const rounds: { readonly p50Ms: number; readonly p95Ms: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(
      await worker.run({ type: 'latency', ...request, texts: texts.slice(0, TEXTS), repeats: REPEATS }, { signal }),
    );
  }
  const { residentMb } = await worker.run({ type: 'memory' }, { signal });
  const of = (name: 'p50Ms' | 'p95Ms') => rounds.map((round) => round[name]).sort((a, b) => a - b);
  const middle = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;
  const p50 = of('p50Ms');
  const p95 = of('p95Ms');
  const limitOf = (test: LimitTest) => limits.find((limit) => limit.test === test);
  const latency = {
    n: ROUNDS * REPEATS,
    value: middle(p95),
    low: p95[0] ?? null,
    high: p95.at(-1) ?? null,
    method: 'range-of-rounds' as const,
  };
  const memory = { n: 1, value: residentMb, low: null, high: null, method: 'none' as const };
  const subject = { label: null, slice: null, needId: null, perturbation: null };
  return [
    {
      id: 'latency',
      type: 'latency',
      subject,
      unit: 'milliseconds',
      ...latency,
      companion: { id: 'p50', value: middle(p50), low: p50[0] ?? null, high: p50.at(-1) ?? null },
      ...judged(latency, 'latencyP95', limitOf('latencyP95')),
      rows: null,
    },
    {
      id: 'memory',
      type: 'memory',
      subject,
      unit: 'megabytes',
      ...memory,
      companion: null,
      // One reading is all that there is of a process's memory.
      ...judged(memory, 'peakMemory', limitOf('peakMemory'), 1),
      rows: null,
    },
  ];
}
