import { vitestStep } from './run-vitest.ts';
import { runStep, type Step, type StepResult } from './step.ts';

const STATIC_CHECKS: readonly Step[] = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'import rules', command: ['node', 'scripts/check-imports.ts'] },
  { name: 'colours and sizes', command: ['node', 'scripts/check-tokens.ts'] },
  { name: 'unused code', command: ['knip'] },
];

/** What is known without a project file or a browser: the static checks side by side, then the unit tests. */
export async function runChecks(): Promise<StepResult[]> {
  const results = await Promise.all(STATIC_CHECKS.map(runStep));
  return [...results, await runStep(vitestStep('unit', false))];
}
