import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeEngine, fakeEngine } from '../../test/integration/fake-engine.ts';
import { readUnderKey } from '../files/sealed-file.ts';
import { checkNodeVersion } from './node-version.ts';
import { onlyInside } from './project-paths.ts';
import { terminalProtection } from './protection.ts';
import { createRefusals, type Refusals } from './refusals.ts';
import { resourcePathsAt } from './resource-paths.ts';
import { createSources } from './sources.ts';
import { removeAbandonedFolders } from './temporary-folders.ts';
import { startingFolder, userFolder } from './user-folder.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

let root: string;
let engines: FakeEngine[];
let workbench: Workbench;
let refusals: Refusals;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'csw-app-'));
  refusals = createRefusals(() => new Date(0));
  engines = [];
  workbench = start();
});
afterEach(async () => {
  await workbench.close();
  rmSync(root, { recursive: true, force: true });
});

function start(): Workbench {
  return createWorkbench({
    host: 'loopback',
    version: '1.2.3',
    buildHash: () => '0'.repeat(64),
    paths: onlyInside(join(root, 'projects')),
    userFolder: join(root, 'user'),
    modelsFolder: join(root, 'models'),
    samplesFolder: join(root, 'samples'),
    packageParts: resourcePathsAt(root).packageParts,
    printPdf: async () => ({ type: 'unavailable', reason: 'no-browser' }),
    askWorker: async () => {
      throw new Error('no model process is asked here');
    },
    openEngine: async (_deps, path, mode) => {
      writeFileSync(path, '');
      const engine = fakeEngine(path, mode);
      engines.push(engine);
      return engine;
    },
    protection: { ...terminalProtection(), refusals },
    verifyReplies: true,
  });
}

async function ask(name: string, input: unknown = {}): Promise<unknown> {
  const reply = await workbench.call(name, input, null);
  return reply.ok ? reply.value : reply.error.code;
}
const create = (name: string, path: string | null = null) =>
  ask('app.createProject', { name, customer: 'c', period: 'p', path });

describe('settings', () => {
  it('last beyond a restart, in a file of this user alone', async () => {
    const settings = { language: 'en', theme: 'dark', threads: 3, provider: null, actor: '李雷', lockAfterMinutes: 30 };
    expect(await ask('app.changeSettings', settings)).toEqual(settings);
    await workbench.close();
    workbench = start();
    expect(await ask('app.settings')).toEqual(settings);
    expect(statSync(join(root, 'user', 'settings.json')).mode & 0o777).toBe(0o600);
  });

  it('fall back where the file was damaged, and can be changed again', async () => {
    mkdirSync(join(root, 'user'), { recursive: true });
    writeFileSync(join(root, 'user', 'settings.json'), '{"language":"fr"');
    expect(await ask('app.settings')).toMatchObject({ theme: 'system', threads: null });
    await ask('app.changeSettings', { language: 'en', theme: 'light', threads: null, actor: '' });
    expect(await ask('app.settings')).toMatchObject({ language: 'en', theme: 'light' });
  });

  it('refuse what the contract does not know, naming the place', async () => {
    const reply = await workbench.call('app.changeSettings', { language: 'fr' }, null);
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'request.invalid', params: { name: 'app.changeSettings', path: 'language' } },
    });
  });
});

describe('projects', () => {
  it('with a password are made encrypted, open with it, and leave only their file name in the recent list', async () => {
    const input = { name: 'Merger of A and B', customer: '', period: '', path: 'quiet.csw' };
    expect(await ask('app.createProject', { ...input, password: 'short' })).toBe('request.invalid');
    await ask('app.createProject', { ...input, password: 'long enough' });
    expect(engines.map((engine) => engine.encrypted)).toEqual([true]);
    expect(await ask('app.recentProjects')).toMatchObject([{ name: 'quiet' }]);
    expect(readFileSync(join(root, 'user', 'recent.json'), 'utf8')).not.toMatch(/Merger|long enough/);
  });

  it('are made in the projects folder from their name, listed, remembered and opened again', async () => {
    const made = await create('某银行/回访');
    const path = join(root, 'projects', '某银行 回访.csw');
    expect(made).toEqual({ projectId: engines[0]?.projectId, name: '某银行/回访', path });
    expect(await ask('app.listFolder')).toMatchObject([{ path, name: '某银行 回访.csw', bytes: 0 }]);
    expect(await ask('app.recentProjects')).toMatchObject([{ path, name: '某银行/回访', exists: true }]);
    await ask('app.closeProject', { projectId: engines[0]?.projectId });
    expect(engines[0]?.disposed).toBe(true);
    expect(await ask('app.openProject', { path })).toMatchObject({ projectId: engines[1]?.projectId, path });
  });

  it('are one project when opened twice at once', async () => {
    await create('a');
    await workbench.close();
    workbench = start();
    const path = join(root, 'projects', 'a.csw');
    const [first, second] = await Promise.all([
      ask('app.openProject', { path }),
      ask('app.openProject', { path: 'a.csw' }),
    ]);
    expect(first).toEqual(second);
    expect(engines).toHaveLength(2);
  });

  it('refuse a second of the same name', async () => {
    await create('a');
    expect(await create('a')).toBe('project.exists');
  });

  it('that have gone are still in the recent list, as missing', async () => {
    await create('a');
    rmSync(join(root, 'projects', 'a.csw'));
    expect(await ask('app.recentProjects')).toMatchObject([{ exists: false }]);
  });

  it('keep the twenty newest in the recent list', async () => {
    for (let n = 0; n < 22; n++) await create(`p${n}`);
    const recent = (await ask('app.recentProjects')) as { name: string }[];
    expect(recent.map((project) => project.name)).toEqual(Array.from({ length: 20 }, (_, n) => `p${21 - n}`));
  });

  it('get requests that are not the host’s, with the name of who acts', async () => {
    await ask('app.changeSettings', { language: 'en', theme: 'light', threads: null, actor: '韩梅梅' });
    const { projectId } = (await create('a')) as { projectId: string };
    await workbench.call('project.rename', { name: 'b' }, projectId);
    expect(engines[0]?.calls).toEqual([{ name: 'project.rename', input: { name: 'b' }, actor: '韩梅梅' }]);
  });
});

it('tells of machine and host', async () => {
  refusals.add('no-token', '/api/call');
  expect(await ask('app.info')).toMatchObject({
    version: '1.2.3',
    buildHash: '0'.repeat(64),
    host: 'loopback',
    refusedRequests: 1,
    projectsFolder: join(root, 'projects'),
  });
});

describe('the sample', () => {
  const writeSample = (steps: unknown) => {
    const folder = join(root, 'samples', 'en');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'feedback.csv'), 'a\n1\n');
    writeFileSync(
      join(folder, 'sample.json'),
      JSON.stringify({ name: 'Sample', customer: 'c', period: 'p', steps, rest: [] }),
    );
  };

  it('is made by its requests, with its files as sources, as often as one likes', async () => {
    writeSample([{ request: 'demand.import', input: { files: [{ sourceId: 'file:feedback.csv' }] } }]);
    expect(await ask('app.openSample', { language: 'en' })).toMatchObject({ name: 'Sample' });
    expect(await ask('app.openSample', { language: 'en' })).toMatchObject({
      path: join(root, 'projects', 'Sample 2.csw'),
    });
    const input = engines[0]?.calls[0]?.input as { files: { sourceId: string }[] };
    expect(workbench.sources.resolve(input.files[0]?.sourceId ?? '').path).toBe(
      join(root, 'samples', 'en', 'feedback.csv'),
    );
  });

  it('leaves no file behind when a step cannot be taken', async () => {
    writeSample([{ request: 'demand.import', input: { sourceId: 'file:missing.csv' } }]);
    expect(await ask('app.openSample', { language: 'en' })).toBe('source.not-found');
    expect(existsSync(join(root, 'projects', 'Sample.csw'))).toBe(false);
    expect(engines[0]?.disposed).toBe(true);
  });
});

describe('an upload', () => {
  it('over the limit is refused and leaves nothing', async () => {
    const sources = createSources({ uploadLimitBytes: 10 });
    await expect(sources.fromStream('a.csv', Readable.from([Buffer.alloc(6), Buffer.alloc(6)]))).rejects.toMatchObject({
      code: 'request.too-large',
    });
    const kept = await sources.fromStream('b.csv', Readable.from([Buffer.from('0123456789')]));
    const { path, key } = sources.resolve(kept.sourceId);
    expect([kept.bytes, (await readUnderKey(path, key)).toString()]).toEqual([10, '0123456789']);
    expect(readFileSync(path).includes('0123456789')).toBe(false);
    sources.close();
    expect(() => sources.resolve(kept.sourceId)).toThrow('source.not-found');
  });

  it('keeps the ending, which tells the format, and no more of the name in its path', async () => {
    const sources = createSources();
    const paths = await Promise.all(
      ['a/../b.CSV', 'no ending', 'x.c/sv'].map(async (name) => {
        const { sourceId } = await sources.fromStream(name, Readable.from([Buffer.from('a')]));
        return basename(sources.resolve(sourceId).path);
      }),
    );
    expect(paths.map((path) => path.slice(36))).toEqual(['.CSV', '', '']);
    sources.close();
  });
});

it('deletes at start what a killed host had taken in, and nothing of a running one', async () => {
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  const [abandoned, inUse] = [ended, process.pid].map((pid) => join(tmpdir(), `success-workbench-upload-${pid}-test`));
  for (const folder of [abandoned, inUse]) mkdirSync(folder ?? '');
  removeAbandonedFolders();
  expect([existsSync(abandoned ?? ''), existsSync(inUse ?? '')]).toEqual([false, true]);
  rmSync(inUse ?? '', { recursive: true });
});

it('names a file by its path only for a terminal, where a later process must find it again', () => {
  const path = join(root, 'a.csv');
  writeFileSync(path, 'a');
  const terminal = createSources({ pathsAsIds: true });
  const { sourceId } = terminal.fromPath(path);
  terminal.close();
  expect(createSources({ pathsAsIds: true }).resolve(sourceId)).toEqual({ path, name: 'a.csv', key: null });
  expect(() => createSources().resolve(`file:${path}`)).toThrow('source.not-found');
});

it('refuses an older Node, saying which is needed', () => {
  expect(() => checkNodeVersion('20.20.2')).toThrow('{"found":"20.20.2","needed":"24"}');
  expect(() => checkNodeVersion('24.0.0')).not.toThrow();
});

it.each([
  ['linux', { XDG_CONFIG_HOME: '/x' }, '/x/success-workbench'],
  ['linux', {}, '/home/u/.config/success-workbench'],
  ['darwin', {}, '/home/u/Library/Application Support/success-workbench'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/success-workbench'],
  ['linux', { SUCCESS_WORKBENCH_HOME: '/own' }, '/own'],
] as const)('keeps the user’s files on %s with %j in %s', (platform, env, expected) => {
  expect(userFolder(env, platform, () => '/home/u')).toBe(expected);
});

it('takes relative paths from where npm was called, not from the folder of the package', () => {
  expect(startingFolder('csw', { npm_lifecycle_event: 'csw', INIT_CWD: '/data/bank' })).toBe('/data/bank');
  expect(startingFolder('csw', { npm_lifecycle_event: 'test', INIT_CWD: '/data/bank' })).toBe(process.cwd());
});
