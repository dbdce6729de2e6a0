import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** The worked examples of the README, run as they stand there but for the place of the project. */

const ROOT = join(import.meta.dirname, '../..');
const BLOCKS = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/```sh\n(.*?)```/gs)]
  .map(([, block]) => block!)
  .filter((block) => block.includes('competitiveness.classify'));

/** Fifteen commands, each of which starts the program. */
const EXAMPLE_MS = 1_800_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'readme-example-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a command printed. */
function run(command: string, project: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command.replace(project, join(folder, project))], {
    cwd: ROOT,
    env: { ...process.env, SUCCESS_WORKBENCH_HOME: join(folder, 'user') },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect([command, status, status === 0 ? '' : stderr]).toEqual([command, 0, '']);
  return JSON.parse(stdout);
}

it('stands in both languages', () => {
  expect(BLOCKS).toHaveLength(2);
  const requestsOf = (block: string) => [...block.matchAll(/call \S+ (\S+)/g)].map(([, request]) => request);
  expect(requestsOf(BLOCKS[0]!)).toEqual(requestsOf(BLOCKS[1]!));
});

// The commands are those of a shell.
it.skipIf(process.platform === 'win32').each(BLOCKS)(
  'leads from a CSV to answers: %#',
  (block) => {
    const commands = block.split('\n').filter((line) => line.startsWith('npm run'));
    const project = /new (\S+)/.exec(commands[0]!)![1]!;
    const printed = commands.map((command) => run(command, project));
    const of = (request: string) => printed[commands.findIndex((command) => command.includes(` ${request} `))];
    const { split } = of('competitiveness.prepareData').result;
    expect(split.parts.find(({ part }: { part: string }) => part === 'test').rows).toBeGreaterThan(70);
    const suggested = of('competitiveness.suggestConfig').config;
    expect(of('competitiveness.train').result.config).toEqual({ ...suggested, epochs: 2 });
    const { accuracyDifference, rows } = of('competitiveness.compare');
    expect(rows).toBe(of('competitiveness.run').result.test.rows);
    expect(accuracyDifference.low).toBeLessThanOrEqual(accuracyDifference.high);
    // Four classes of as many rows: chance is a quarter.
    expect(of('competitiveness.run').result.test.accuracy.value).toBeGreaterThan(0.6);
    expect(of('competitiveness.compress').result.gate.comparison.rows).toBe(rows);
    const explained = of('competitiveness.explain').result;
    const { answers } = of('competitiveness.classify').result;
    expect(answers).toHaveLength(2);
    expect(answers[0].text).toBe(explained.source.text);
    for (const { probability, likeliest } of answers) {
      expect(likeliest).toHaveLength(4);
      expect(probability).toBe(likeliest[0].probability);
    }
  },
  EXAMPLE_MS,
);
