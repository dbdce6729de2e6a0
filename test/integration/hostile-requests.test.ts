import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfflineFacts } from '../../shared/contract/offline.ts';
import { type HostUnderTest, hostUnderTest } from './host-testkit.ts';

/** What a page in wrong hands, or a program of another user, may send to the host. */
let test: HostUnderTest;
beforeEach(async () => {
  test = await hostUnderTest();
});
afterEach(() => test.close());

const authorized = () => ({ authorization: `Bearer ${test.token}`, 'content-type': 'application/json' });
const post = (body: string) => test.send({ method: 'POST', path: '/api/call', headers: authorized(), body });
const codeOf = async (name: string, input: unknown) => JSON.parse((await test.call(name, input)).body).error?.code;
const kinds = async () => {
  const { byKind } = JSON.parse((await test.call('app.offline', {})).body).value.refused as OfflineFacts['refused'];
  return Object.fromEntries(byKind.map(({ kind, count }) => [kind, count]));
};

/** Everything on the disk of this test, with sizes; what a link leads to does not count. */
function everything(): readonly string[] {
  return readdirSync(test.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('user'))
    .map((name) => {
      const found = lstatSync(join(test.folder, name));
      return `${name} ${found.isFile() ? found.size : ''}`;
    })
    .sort();
}

describe('a path that leads elsewhere (T18)', () => {
  const NAMES = [
    '../out.csw',
    '../../out.csw',
    'a/../../out.csw',
    './/..//out.csw',
    '/etc/out.csw',
    '/proc/self/environ',
    '..\\out.csw',
    'C:\\Windows\\out.csw',
    '\\\\server\\share\\out.csw',
    '//server/share/out.csw',
    'file:///etc/passwd',
    'a\0.csw',
    'a\0/../../out.csw',
    'CON',
    'con.csw',
    'NUL.2026.csw',
    'com1.csw',
    'lpt¹.csw',
    'a.csw:stream',
    `${'n'.repeat(300)}.csw`,
    `${'长'.repeat(100)}.csw`,
    `${'d/'.repeat(2000)}out.csw`,
    'CON/out.csw',
    'dots.../out.csw',
    'space /out.csw',
    '..',
    '.',
    '',
  ];

  it('makes no project, opens none, and leaves the disk as it was', async () => {
    const before = everything();
    for (const path of NAMES) {
      const made = await codeOf('app.createProject', { name: 'n', customer: '', period: '', path });
      expect([path, made]).toEqual([path, expect.stringMatching(/^(project\.outside-folder|request\.invalid)$/)]);
      const opened = await codeOf('app.openProject', { path });
      expect([path, opened]).toEqual([
        path,
        expect.stringMatching(/^(project\.(outside-folder|not-found|not-a-project)|request\.invalid)$/),
      ]);
    }
    expect(test.engines).toEqual([]);
    expect(everything()).toEqual(before);
  });

  it('is followed through no link: of a folder, of a file, into nothing', async () => {
    const { folder, projectsFolder } = test;
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'theirs.csw'), 'theirs');
    symlinkSync(outside, join(projectsFolder, 'link'));
    symlinkSync(join(outside, 'theirs.csw'), join(projectsFolder, 'file.csw'));
    symlinkSync(join(outside, 'new.csw'), join(projectsFolder, 'nowhere.csw'));
    const before = everything();
    const make = (path: string) => codeOf('app.createProject', { name: 'n', customer: '', period: '', path });
    expect(await make('link/new.csw')).toBe('project.outside-folder');
    expect(await make('nowhere.csw')).toBe('project.exists');
    for (const path of ['link/theirs.csw', 'file.csw']) {
      expect([path, await codeOf('app.openProject', { path })]).toEqual([path, 'project.outside-folder']);
    }
    expect(everything()).toEqual(before);
  });

  it('is not followed when a folder is swapped for a link after a project was made in it', async () => {
    const { folder, projectsFolder } = test;
    const inner = join(projectsFolder, 'inner');
    mkdirSync(inner);
    expect(await codeOf('app.createProject', { name: 'n', customer: '', period: '', path: 'inner/a.csw' })).toBe(
      undefined,
    );
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'b.csw'), 'theirs');
    renameSync(inner, join(folder, 'moved'));
    symlinkSync(outside, inner);
    expect(await codeOf('app.openProject', { path: 'inner/b.csw' })).toBe('project.outside-folder');
    expect(await codeOf('app.createProject', { name: 'n', customer: '', period: '', path: 'inner/c.csw' })).toBe(
      'project.outside-folder',
    );
    expect(readdirSync(outside)).toEqual(['b.csw']);
  });

  it('becomes no part of where an upload lies', async () => {
    const before = everything();
    const folders = new Set<string>();
    for (const name of [...NAMES, '%2e%2e%2fout.csv', '....//out.csv', 'out.csv...', 'out.csv ', '.csv', 'a.c/sv']) {
      const answer = await test.send({
        method: 'POST',
        path: `/api/upload?name=${encodeURIComponent(name)}`,
        headers: { authorization: `Bearer ${test.token}`, 'content-type': 'application/octet-stream' },
        body: 'a,b\n',
      });
      const { value } = JSON.parse(answer.body);
      const { path } = test.workbench.sources.resolve(value.sourceId);
      folders.add(dirname(path));
      expect([name, /^[0-9a-f-]{36}(\.[a-z0-9]{1,8})?$/i.test(path.slice(dirname(path).length + 1))]).toEqual([
        name,
        true,
      ]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(value.name).not.toMatch(/[/\\\0]/);
      expect(value.name.length).toBeLessThanOrEqual(255);
    }
    expect(folders.size).toBe(1);
    expect(everything()).toEqual(before);
  });

  it.each(['../../../etc/passwd', 'file:/etc/passwd', '/etc/passwd', '__proto__', ''])(
    'is no source: %j',
    async (sourceId) => {
      expect(() => test.workbench.sources.resolve(sourceId)).toThrow('source.not-found');
    },
  );
});

describe('a request in wrong hands (T24)', () => {
  it('that the contract does not know is refused by name and counted', async () => {
    for (const name of ['app.fly', 'constructor', '__proto__', 'toString', 'app.__proto__', 'process.exit', '']) {
      expect([name, await codeOf(name, {})]).toEqual([name, 'request.unknown']);
    }
    expect(await kinds()).toEqual({ 'unknown-request': 7 });
  });

  it('that names a prototype changes nothing, however it is spelt', async () => {
    const settings = JSON.parse((await test.call('app.settings', {})).body).value;
    const valid = JSON.stringify(settings).slice(1);
    for (const key of ['"__proto__"', '"\\u005f_proto__"', '"__pr\\u006fto__"']) {
      for (const body of [
        `{"name":"app.changeSettings","input":{${key}:{"polluted":true},${valid}}`,
        `{${key}:{"polluted":true},"name":"app.changeSettings","input":${JSON.stringify(settings)}}`,
        `{"name":"app.openProject","input":{"path":{"deep":[{${key}:{"polluted":true}}]}}}`,
      ]) {
        expect(JSON.parse((await post(body)).body)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
      }
    }
    const constructed = `{"name":"app.changeSettings","input":{"constructor":{"prototype":{"polluted":true}},${valid}}`;
    expect(JSON.parse((await post(constructed)).body)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect((await kinds())['unknown-request']).toBe(9);
    expect(JSON.parse((await test.call('app.settings', {})).body).value).toEqual(settings);
  });

  it('of a gigabyte is cut off after the limit, and costs the host no more than that', async () => {
    const GIGABYTE = 1024 ** 3;
    const CHUNK = Buffer.alloc(1024 * 1024, 0x20);
    const before = process.memoryUsage().rss;
    const sent = await new Promise<number>((resolve, reject) => {
      let bytes = 0;
      const socket = connect(test.host.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(bytes));
      socket.setTimeout(30_000, () => reject(new Error('neither taken nor refused')));
      socket.write(
        `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${test.host.port}\r\nAuthorization: Bearer ${test.token}\r\n` +
          'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      const more = () => {
        while (!socket.destroyed && bytes < GIGABYTE) {
          bytes += CHUNK.length;
          socket.write(`${CHUNK.length.toString(16)}\r\n`);
          socket.write(CHUNK);
          if (!socket.write('\r\n')) return;
        }
      };
      socket.on('drain', more);
      socket.on('connect', more);
    });
    // 16 MB are read; the rest of what was sent lies in the buffers of the two sockets.
    expect(sent).toBeLessThan(64 * 1024 ** 2);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 ** 2);
    expect(await kinds()).toEqual({ 'too-large': 1 });
    expect(JSON.parse((await test.call('app.settings', {})).body).ok).toBe(true);
  });

  it('that is nested without end is refused, not followed', async () => {
    const depth = 200_000;
    const deep = `{"name":"app.openProject","input":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(JSON.parse((await post(deep)).body).ok).toBe(false);
    expect(JSON.parse((await test.call('app.settings', {})).body).ok).toBe(true);
  });

  it('tells of itself no more than its kind, whatever it says', async () => {
    expect(await codeOf('app.reportRefusal', { kind: 'page-address', what: 'x'.repeat(301) })).toBe('request.invalid');
    expect(await codeOf('app.reportRefusal', { kind: 'no-token', what: '' })).toBe('request.invalid');
    await test.call('app.reportRefusal', { kind: 'page-address', what: 'connect-src https://evil.test/?secret=1' });
    const { refused } = JSON.parse((await test.call('app.offline', {})).body).value;
    expect(refused.last).toMatchObject([{ kind: 'page-address', what: 'connect-src https://evil.test/' }]);
  });
});

it('the secret of a launch is in no log and in no file, whatever was refused with it (T19)', async () => {
  const { token } = test;
  await test.send({
    path: `/api/call?token=${token}`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  await test.send({ path: `/${token}`, headers: { host: `${token}.evil.test` } });
  await test.send({ path: '/', headers: { origin: `http://${token}` } });
  await post(`{"name":"${token}","input":{}}`);
  await post(`{"name":7,"input":"${token}"`);
  test.workbench.log({ level: 'error', what: 'a failure', detail: 'that is written down' });
  const files = readdirSync(test.folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(test.folder, name))
    .filter((path) => statSync(path).isFile());
  expect(files.some((path) => path.endsWith('.log'))).toBe(true);
  expect(files.filter((path) => readFileSync(path, 'utf8').includes(token))).toEqual([]);
  expect(existsSync(join(test.folder, 'user'))).toBe(true);
  const facts = (await test.call('app.offline', {})).body;
  expect(facts).not.toContain(token);
});
