import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumForTests } from './chromium.ts';
import { ROOT, runStep, type Step, type StepResult } from './step.ts';

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
}

function allTests(suite: PlaywrightSuite, above: string): { name: string; status: string; reason: string }[] {
  const name = `${above}${suite.title} > `;
  const own = suite.specs.flatMap((spec) =>
    spec.tests.map(({ status, annotations }) => ({
      name: `${name}${spec.title}`,
      status,
      reason: annotations.find((annotation) => annotation.type === 'skip')?.description ?? 'no reason given',
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => allTests(inner, name))];
}

function browserStep(browser: string): Step {
  return {
    name: 'browser tests',
    command: ['playwright', 'test'],
    live: true,
    // Found once; the configuration need not look again.
    env: { CHROMIUM_PATH: browser },
    counts(report) {
      const { suites, errors } = JSON.parse(report) as { suites: PlaywrightSuite[]; errors: unknown[] };
      const tests = suites.flatMap((suite) => allTests(suite, ''));
      return {
        passed: tests.filter((test) => test.status === 'expected').length,
        failed: tests.filter((test) => test.status === 'unexpected' || test.status === 'flaky').length + errors.length,
        skipped: tests.filter((test) => test.status === 'skipped'),
      };
    },
  };
}

/** The tests of the screens; where no browser can be had, each file of them counts as skipped, with the reason. */
export async function browserTests(): Promise<StepResult> {
  const browser = chromiumForTests();
  if ('path' in browser) return runStep(browserStep(browser.path));
  const folder = join(ROOT, 'test', 'e2e');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.spec.ts')) : [];
  return {
    name: 'browser tests',
    passed: 0,
    failed: 0,
    skipped: files.map((name) => ({ name, reason: browser.problem })),
    seconds: 0,
  };
}
