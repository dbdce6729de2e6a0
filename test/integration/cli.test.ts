import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../shared/contract/reply.ts';

const CSW = join(import.meta.dirname, '../../electron/cli/csw.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'csw-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

function start(...words: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CSW, ...words], {
    cwd: folder,
    env: {
      ...process.env,
      SUCCESS_WORKBENCH_HOME: join(folder, 'user'),
      SUCCESS_WORKBENCH_VERIFY: '1',
      LANG: 'en_US.UTF-8',
      LC_ALL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, errors })));
  return { child, ended };
}

async function csw(...words: string[]) {
  const { code, out, errors } = await start(...words).ended;
  const lines = errors
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { code, value: out === '' ? null : JSON.parse(out), lines };
}

const newProject = () => csw('new', 'bank.csw', '--name', '某银行', '--customer', '某银行', '--period', '2026');

describe('a project from the terminal', () => {
  it('takes a model folder among the base models of this user, for every project', async () => {
    await newProject();
    const model = join(import.meta.dirname, '../golden/families/distilbert');
    const input = { id: 'mine', name: 'Mine', languages: ['en'], files: `folder:${model}` };
    const imported = await csw('call', 'bank.csw', 'competitiveness.importModel', JSON.stringify(input));
    expect(imported).toMatchObject({ code: 0, value: { result: { family: 'distilbert', tokenizer: 'WordPiece' } } });
    await csw('new', 'other.csw', '--name', 'Other');
    const listed = await csw('call', 'other.csw', 'competitiveness.baseModels');
    expect(listed.value.at(-1)).toMatchObject({ id: 'mine', imported: true });
    const nowhere = { ...input, files: 'folder:nowhere' };
    const refused = await csw('call', 'bank.csw', 'competitiveness.importModel', JSON.stringify(nowhere));
    expect(refused).toMatchObject({ code: 1, lines: [{ error: { code: 'source.not-found' } }] });
    const bare = await csw('call', 'bank.csw', 'demand.inspectSource', '{"sourceId":"rows.csv","overrides":{}}');
    expect(bare).toMatchObject({
      code: 1,
      lines: [{ error: { code: 'source.no-prefix', remedy: expect.stringContaining('"file:rows.csv"') } }],
    });
  });

  it('is made, changed and read, and every change stands in its audit log', async () => {
    expect(await newProject()).toMatchObject({ code: 0, value: { name: '某银行', path: join(folder, 'bank.csw') } });
    const renamed = await csw('call', 'bank.csw', 'project.rename', '{"name":"B","customer":"C","period":"P"}');
    expect(renamed).toEqual({ code: 0, value: {}, lines: [] });
    const overview = await csw('call', 'bank.csw', 'project.overview');
    expect(overview.value.project).toMatchObject({ name: 'B', customer: 'C', period: 'P', sample: false });
    const audit = await csw('call', 'bank.csw', 'project.audit', '{"offset":0,"limit":10}');
    expect(audit.value).toMatchObject({
      total: 1,
      intact: true,
      entries: [{ request: 'project.rename', outcome: 'ok' }],
    });
    expect(existsSync(join(folder, 'bank.csw.owner.json'))).toBe(false);
  });

  it('is read and left alone with --read-only', async () => {
    await newProject();
    const before = readFileSync(join(folder, 'bank.csw'));
    const overview = await csw('call', 'bank.csw', '--read-only', 'project.overview');
    expect(overview.value.project).toMatchObject({ name: '某银行', readOnly: 'asked' });
    const renamed = await csw(
      'call',
      'bank.csw',
      '--read-only',
      'project.rename',
      '{"name":"B","customer":"","period":""}',
    );
    expect([renamed.code, renamed.lines[0].error.code]).toEqual([1, 'project.read-only']);
    expect(readFileSync(join(folder, 'bank.csw')).equals(before)).toBe(true);
  });

  it('is not overwritten by another of its name', async () => {
    await newProject();
    const again = await newProject();
    expect(again.code).toBe(1);
    expect(again.lines[0].error).toMatchObject({ code: 'project.exists', remedy: expect.stringMatching(/another/) });
  });

  it('refuses an input that the contract does not take, naming the place', async () => {
    await newProject();
    const refused = await csw('call', 'bank.csw', 'project.rows', '{"ref":{"type":"need"},"offset":0,"limit":1}');
    expect(refused.code).toBe(1);
    expect(refused.lines[0].error).toMatchObject({ code: 'request.invalid', params: { path: 'ref.needId' } });
  });
});

describe('a project that is open elsewhere (T10)', () => {
  /** Ten times what the refusal of a project that is open elsewhere may take. */
  const LIMIT_MS = 10_000;

  /** A host in a process of its own that opens a project, and what it was answered. */
  async function host(name: string): Promise<{ readonly child: ChildProcess; readonly reply: Reply<unknown> }> {
    const script = `
      const { createNodeWorkbench } = await import(${JSON.stringify(new URL('../../electron/hosting/node-workbench.ts', import.meta.url).href)});
      const { anywhere } = await import(${JSON.stringify(new URL('../../electron/hosting/project-paths.ts', import.meta.url).href)});
      const { terminalProtection } = await import(${JSON.stringify(new URL('../../electron/hosting/protection.ts', import.meta.url).href)});
      const workbench = createNodeWorkbench({ host: 'loopback', paths: anywhere('.'), protection: terminalProtection() });
      const startedMs = performance.now();
      const reply = await workbench.call('app.openProject', { path: ${JSON.stringify(name)} }, null);
      if (performance.now() - startedMs > ${LIMIT_MS}) throw new Error('answered late');
      process.stdout.write(JSON.stringify(reply));
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      env: { ...process.env, SUCCESS_WORKBENCH_HOME: join(folder, 'other-user') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = await new Promise((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
    return { child, reply: JSON.parse(String(said)) };
  }

  const killed = async (child: ChildProcess) => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };

  it('is refused with its owner named, through a link too, and free once the owner was killed', async () => {
    await newProject();
    symlinkSync(join(folder, 'bank.csw'), join(folder, 'link.csw'));
    const owner = await host('bank.csw');
    expect(owner.reply.ok).toBe(true);
    const locked = {
      code: 'project.locked',
      params: { owner: expect.stringContaining(`, ${owner.child.pid}`), since: expect.stringMatching(/^\d{4}-/) },
    };
    for (const name of ['bank.csw', 'link.csw']) {
      const refused = await csw('call', name, 'project.overview');
      expect(refused.code).toBe(1);
      expect(refused.lines[0].error).toMatchObject(locked);
      const readOnly = await csw('call', name, '--read-only', 'project.overview');
      expect(readOnly.lines[0].error).toMatchObject(locked);
    }
    const second = await host('link.csw');
    expect(second.reply).toMatchObject({ ok: false, error: locked });
    await killed(second.child);
    await killed(owner.child);
    const third = await host('link.csw');
    expect(third.reply.ok).toBe(true);
    await killed(third.child);
    expect((await csw('call', 'bank.csw', 'project.overview')).code).toBe(0);
  });

  it('is refused by its second name on the disk too, where no note tells whose it is', async () => {
    await newProject();
    mkdirSync(join(folder, 'shared'));
    linkSync(join(folder, 'bank.csw'), join(folder, 'shared', 'bank.csw'));
    const owner = await host('bank.csw');
    const refused = await csw('call', 'shared/bank.csw', 'project.overview');
    expect(refused.lines[0].error).toMatchObject({ code: 'project.in-use' });
    await killed(owner.child);
  });

  it('is refused under another case of its name, where the disk takes both for one', async (context) => {
    await newProject();
    const folds = existsSync(join(folder, 'BANK.CSW'));
    context.skip(!folds, 'this disk keeps bank.csw and BANK.CSW apart');
    const owner = await host('bank.csw');
    const refused = await csw('call', 'BANK.CSW', 'project.overview');
    expect(refused.lines[0].error).toMatchObject({ code: 'project.locked' });
    await killed(owner.child);
  });
});

describe('a job from the terminal', () => {
  const input = (file: string) =>
    JSON.stringify({ sourceId: `file:${file}`, name: 'feedback', kind: 'feedback', overrides: {}, columns: null });

  it('is waited for: progress on standard error, artifact and result on standard output', async () => {
    await newProject();
    writeFileSync(join(folder, 'feedback.csv'), 'id,text\n1,slow answers\n2,friendly staff\n3,reasons missing\n');
    const imported = await csw('call', 'bank.csw', 'demand.importSource', input('feedback.csv'));
    expect(imported.code).toBe(0);
    expect(imported.value).toMatchObject({
      job: { state: { type: 'succeeded' } },
      artifact: { kind: 'demand.dataset' },
      result: { name: 'feedback', rowCount: 3 },
    });
    expect(imported.lines.length).toBeGreaterThan(0);
    expect(imported.lines.every((line) => typeof line.jobId === 'string')).toBe(true);
  });

  it('pauses on Ctrl-C with exit code 3, and goes on with --resume', async () => {
    await newProject();
    const rows = Array.from({ length: 200_000 }, (_, n) => `${n},the answer number ${n} came late and without reasons`);
    writeFileSync(join(folder, 'big.csv'), `id,text\n${rows.join('\n')}\n`);
    const { child, ended } = start('call', 'bank.csw', 'demand.importSource', input('big.csv'));
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: string) => {
        if (text.includes('"running"')) resolve();
      });
    });
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.code).toBe(3);
    expect(stopped.out).toBe('');
    const last = JSON.parse(stopped.errors.trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({ stopped: 'paused', resume: `csw call "bank.csw" --resume ${last.jobId}` });
    const resumed = await csw('call', 'bank.csw', '--resume', last.jobId);
    expect(resumed).toMatchObject({ code: 0, value: { result: { rowCount: 200_000 } } });
  });

  it('that is refused leaves nothing running', async () => {
    await newProject();
    const missing = await csw('call', 'bank.csw', 'demand.importSource', input('none.csv'));
    expect(missing.code).toBe(1);
    expect(missing.lines.at(-1).error.code).toBe('source.not-found');
    expect((await csw('call', 'bank.csw', 'jobs.list')).value).toEqual([]);
  });
});
