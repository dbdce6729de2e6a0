import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { describe, expect, it } from 'vitest';
import { forkEntry } from '../../electron/hosting/fork.ts';

const quiet = () => undefined;

const children = () =>
  readdirSync(`/proc/${process.pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${process.pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );

describe('a forked process', () => {
  it('answers, keeps typed arrays as they are, and tells of its end', async () => {
    const child = forkEntry('compute', quiet);
    const reply = new Promise((resolve) => child.onMessage(resolve));
    child.send({ type: 'run', id: 7, task: 'no-such-task', input: new Float32Array([1, 2]) });
    expect(await reply).toMatchObject({ type: 'failed', id: 7, error: { code: 'internal.bug' } });
    const exit = new Promise((resolve) => child.onExit((code, signal) => resolve([code, signal])));
    child.kill();
    expect(await exit).toEqual([null, 'SIGKILL']);
    // Told at once to whoever asks too late, and sending to it does nothing.
    expect(await new Promise((resolve) => child.onExit((_code, signal) => resolve(signal)))).toBe('SIGKILL');
    expect(() => child.send({})).not.toThrow();
  });

  it('knows nothing of our environment but what it needs', async ({ skip }) => {
    skip(platform() !== 'linux', 'reads /proc');
    process.env.CSW_TEST_SECRET = 'not to be passed on';
    const before = new Set(children());
    const child = forkEntry('compute', quiet);
    const [pid] = children().filter((candidate) => !before.has(candidate));
    // The kernel shows the environment from the moment at which the program was started.
    await expect.poll(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('compute/entry.ts');
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    child.kill();
    delete process.env.CSW_TEST_SECRET;
    expect(environment).toContain('ORT_DISABLE_TELEMETRY=1');
    expect(environment.filter((entry) => entry.startsWith('CSW_') || entry.startsWith('npm_'))).toEqual([]);
  });

  it('ends by itself when its parent goes', async ({ skip }) => {
    skip(platform() !== 'linux', 'reads /proc');
    const { spawn } = await import('node:child_process');
    const script = `
      const { forkEntry } = await import(${JSON.stringify(new URL('../../electron/hosting/fork.ts', import.meta.url).href)});
      const child = forkEntry('compute', () => undefined);
      child.onMessage(() => process.stdout.write('ready'));
      child.send({ type: 'run', id: 1, task: 'no-such-task', input: null });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    const tasks = readdirSync(`/proc/${parent.pid}/task`);
    const [pid] = tasks.flatMap((task) =>
      readFileSync(`/proc/${parent.pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    expect(pid).toBeDefined();
    parent.kill('SIGKILL');
    await expect.poll(() => isRunning(pid ?? '')).toBe(false);
  });
});

/** A process that has ended but was not yet collected by its parent counts as ended. */
function isRunning(pid: string): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
