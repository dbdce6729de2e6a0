import { writeFileSync } from 'node:fs';
import { startVitest } from 'vitest/node';
import type { Step } from './step.ts';

/** Runs one vitest project, given as the argument, and writes the counts with every skip's reason to `REPORT_FILE`. */
export function vitestStep(project: 'unit' | 'integration' | 'alone', live: boolean): Step {
  return {
    name: `${project} tests`,
    command: ['node', import.meta.filename, project],
    live,
    counts: (report) => JSON.parse(report),
  };
}

async function run(project: string): Promise<void> {
  const vitest = await startVitest('test', [], { project: [project], watch: false, run: true, reporters: ['default'] });
  const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
  const states = tests.map((test) => ({ test, result: test.result() }));
  const brokenModules = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
  const report = {
    passed: states.filter(({ result }) => result.state === 'passed').length,
    failed: states.filter(({ result }) => result.state === 'failed').length + brokenModules,
    skipped: states
      .filter(({ result }) => result.state === 'skipped')
      .map(({ test, result }) => ({
        name: test.fullName,
        reason: (result.state === 'skipped' && result.note) || 'no reason given',
      })),
  };
  const file = process.env.REPORT_FILE;
  if (file !== undefined) writeFileSync(file, JSON.stringify(report));
  await vitest.close();
}

if (process.argv[1] === import.meta.filename) await run(process.argv[2] ?? 'unit');
