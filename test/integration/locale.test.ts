import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import { csv } from './testkit.ts';

/** T25, smoke: the machine's language, clock zone, home and paths change no result. */
const CSW = join(import.meta.dirname, '../../electron/cli/csw.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csw-locale-'));
  chmodSync(folder, 0o777);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Machine {
  /** Folder of project and data. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs the program as a user that the machine does not know. */
  readonly stranger?: boolean;
}

async function csw(cwd: string, { env, stranger }: Machine, ...words: string[]): Promise<unknown> {
  const { PATH = '', LD_LIBRARY_PATH } = process.env;
  const clean = { PATH, ...(LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH }), ...env };
  const command = [process.execPath, CSW, ...words];
  const [program = '', ...rest] =
    stranger === true ? ['setpriv', '--reuid=54321', '--clear-groups', ...command] : command;
  const child = spawn(program, rest, { cwd, env: clean, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, code === 0 ? '' : errors]).toEqual([0, '']);
  return JSON.parse(out);
}

/** f1 of a survey whose dates lie at the ends of days and months. */
async function f1On(machine: Machine): Promise<unknown> {
  const place = join(folder, machine.name);
  mkdirSync(place);
  chmodSync(place, 0o777);
  const rng = createRng(3);
  const rows = Array.from({ length: 80 }, (_, i) => {
    const [speed, price] = [1 + rng.int(5), 1 + rng.int(5)] as const;
    return [
      `r${i}`,
      i % 2 === 0 ? '2026-01-31 23:30' : '2026-02-01 00:30',
      speed,
      price,
      Math.min(5, Math.max(1, speed + rng.int(2))),
    ];
  });
  writeFileSync(join(place, '问卷 📋.csv'), csv(['id', 'date', 'speed', 'price', 'overall'], rows));
  const scale = { min: 1, max: 5, direction: 'higher-better' };
  const input = {
    sourceId: 'file:问卷 📋.csv',
    name: '问卷',
    kind: 'questionnaire',
    overrides: {},
    columns: [
      { id: 'c0', name: 'id', role: 'respondentId' },
      { id: 'c1', name: 'date', role: 'date' },
      { id: 'c2', name: 'speed', role: 'item', scale },
      { id: 'c3', name: 'price', role: 'item', scale },
      { id: 'c4', name: 'overall', role: 'outcome', scale },
    ],
  };
  await csw(place, machine, 'new', '银行 🏦.csw', '--name', '银行', '--customer', '', '--period', '');
  await csw(place, machine, 'call', '银行 🏦.csw', 'demand.importSource', JSON.stringify(input));
  const answer = await csw(place, machine, 'call', '银行 🏦.csw', 'demand.computeNeeds', '{"resamples":100,"seed":7}');
  return (answer as { result: unknown }).result;
}

const ordinary = () => ({
  name: 'plain',
  env: { LANG: 'en_US.UTF-8', TZ: 'UTC', HOME: join(folder, 'home'), SUCCESS_WORKBENCH_HOME: join(folder, 'user') },
});

let expected: unknown;
it('an ordinary machine gives a table of needs', async () => {
  expected = await f1On(ordinary());
  expect((expected as { needs: unknown[] }).needs).toHaveLength(2);
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
it('a machine with LANG=C, the clock of Apia, a path of Chinese, spaces and pictures, and no home gives the same', async () => {
  const env = { LANG: 'C', LC_ALL: 'C', TZ: 'Pacific/Apia', TMPDIR: folder };
  // Only root can run a program as a user that the machine does not know; else the user's own home is left alone.
  if (!isRoot) console.log('not root: run with a home folder');
  const machine = isRoot
    ? { env, stranger: true }
    : { env: { ...env, SUCCESS_WORKBENCH_HOME: join(folder, '用户 🙂') } };
  expect(await f1On({ name: '项目 文件夹 😀', ...machine })).toEqual(expected);
});
