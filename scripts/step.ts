import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
const TOOLS = join(ROOT, 'node_modules', '.bin');

/** What a step found. A step that is not a test run counts as one. */
export interface StepResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly seconds: number;
}

type Counts = Pick<StepResult, 'passed' | 'failed' | 'skipped'>;

export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Shown while it runs; else only when it fails. */
  readonly live?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** For test runs: reads the counts from what the command wrote to the file named in `REPORT_FILE`. */
  readonly counts?: (report: string) => Counts;
}

/** Runs a step to its end and says how it went. */
export async function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'csw-step-'));
  const report = join(folder, 'report.json');
  const { code, output } = await execute(step, report);
  const seconds = (performance.now() - started) / 1000;
  const counts = countsOf(step, code, report);
  rmSync(folder, { recursive: true, force: true });
  const ok = counts.failed === 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${step.name} (${seconds.toFixed(1)} s)`);
  if (!ok && step.live !== true) console.log(output.trimEnd());
  return { name: step.name, seconds, ...counts };
}

function execute(step: Step, report: string): Promise<{ readonly code: number; readonly output: string }> {
  const [command, ...options] = step.command;
  const child = spawn(join(TOOLS, command), options, {
    cwd: ROOT,
    // The tools' own `node` lines must find the Node that comes with the project.
    env: { ...process.env, PATH: `${TOOLS}${delimiter}${process.env.PATH ?? ''}`, REPORT_FILE: report, ...step.env },
    stdio: ['ignore', step.live === true ? 'inherit' : 'pipe', step.live === true ? 'inherit' : 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function countsOf(step: Step, code: number, report: string): Counts {
  const whole: Counts = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
  if (step.counts === undefined) return whole;
  try {
    const counts = step.counts(readFileSync(report, 'utf8'));
    // A run that ended badly without a failed test, such as an error outside of all tests, is a failure too.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
}

/** The last line of a run, before it every skipped test with its reason; sets the exit code. */
export function summarize(results: readonly StepResult[]): void {
  const skipped = results.flatMap((result) => result.skipped);
  for (const { name, reason } of skipped) console.log(`skipped: ${name}: ${reason}`);
  const failedSteps = results.filter((result) => result.failed > 0).map((result) => result.name);
  if (failedSteps.length > 0) console.log(`failed: ${failedSteps.join(', ')}`);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}
