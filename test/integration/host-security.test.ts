import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readUnderKey } from '../../electron/files/sealed-file.ts';
import { type HostUnderTest, hostUnderTest, sendRaw } from './host-testkit.ts';

let test: HostUnderTest;
beforeAll(async () => {
  test = await hostUnderTest();
});
afterAll(() => test.close());

const authorized = (headers: Record<string, string> = {}) => ({
  authorization: `Bearer ${test.token}`,
  'content-type': 'application/json',
  ...headers,
});
const infoCall = JSON.stringify({ name: 'app.info', input: {} });

const CORS_HEADERS = ['access-control-allow-origin', 'access-control-allow-methods', 'access-control-allow-headers'];

describe('who may ask (T19 to T21)', () => {
  it.each(['rebind.test', 'rebind.test:1', '127.0.0.1', 'localhost', '127.0.0.1.evil.test', '[::1]'])(
    'refuses the rebound or foreign name %s with 421, on every path',
    async (name) => {
      for (const path of ['/', '/assets/main.js', '/api/call', '/api/upload']) {
        const answer = await test.send({ path, headers: authorized({ host: name }) });
        expect({ path, status: answer.status, body: answer.body }).toEqual({ path, status: 421, body: '' });
      }
    },
  );

  it('takes its own address under both names', async () => {
    for (const name of [`127.0.0.1:${test.host.port}`, `localhost:${test.host.port}`]) {
      expect((await test.send({ headers: { host: name } })).status).toBe(200);
    }
  });

  it.each(['http://evil.test', 'null', 'https://127.0.0.1', 'http://127.0.0.1'])(
    'refuses a request from the page %s with 403 and no CORS header, even with the token',
    async (origin) => {
      const answer = await test.send({
        method: 'POST',
        path: '/api/call',
        headers: authorized({ origin }),
        body: infoCall,
      });
      expect(answer.status).toBe(403);
      expect(answer.body).toBe('');
      expect(CORS_HEADERS.filter((name) => name in answer.headers)).toEqual([]);
    },
  );

  it('refuses the origin of the other of its two names, and takes its own', async () => {
    const port = test.host.port;
    const send = (origin: string) =>
      test.send({
        method: 'POST',
        path: '/api/call',
        headers: authorized({ host: `127.0.0.1:${port}`, origin }),
        body: infoCall,
      });
    expect((await send(`http://localhost:${port}`)).status).toBe(403);
    expect((await send(`http://127.0.0.1:${port}`)).status).toBe(200);
  });

  it.each(['cross-site', 'same-site'])('refuses what the browser marks as %s', async (site) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    expect((await test.send({ headers })).status).toBe(403);
    expect((await test.send({ path: '/assets/main.js', headers })).status).toBe(403);
    const post = await test.send({ method: 'POST', path: '/api/call', headers: authorized(headers), body: infoCall });
    expect(post.status).toBe(403);
  });

  it('lets the start page be opened from the redirect file, and neither framed nor reached otherwise', async () => {
    const opening = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await test.send({ headers: opening })).status).toBe(200);
    expect((await test.send({ headers: { ...opening, 'sec-fetch-dest': 'iframe' } })).status).toBe(403);
    expect((await test.send({ path: '/api/call', headers: authorized(opening) })).status).toBe(403);
    expect((await test.send({ method: 'POST', headers: opening })).status).toBe(403);
  });

  it('refuses the interface without the token, with a wrong one and with one from another launch, saying nothing', async () => {
    const other = await hostUnderTest();
    const values = [
      undefined,
      '',
      'Bearer ',
      'Bearer wrong',
      `Bearer ${other.token}`,
      `Basic ${test.token}`,
      `${test.token}`,
    ];
    await other.close();
    for (const authorization of values) {
      const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
      const answer = await test.send({ method: 'POST', path: '/api/call', headers, body: infoCall });
      expect({ authorization, status: answer.status, body: answer.body }).toEqual({
        authorization,
        status: 401,
        body: '',
      });
    }
  });

  it('does not look for the token in the query or in a cookie', async () => {
    const path = `/api/call?token=${test.token}`;
    const headers = { 'content-type': 'application/json', cookie: `token=${test.token}` };
    expect((await test.send({ method: 'POST', path, headers, body: infoCall })).status).toBe(401);
  });

  it('never answers OPTIONS and never sends a CORS header', async () => {
    for (const path of ['/', '/assets/main.js', '/api/call', '/api/upload']) {
      const answer = await test.send({
        method: 'OPTIONS',
        path,
        headers: { ...authorized(), 'access-control-request-method': 'POST' },
      });
      expect(answer.status).toBe(405);
      expect(CORS_HEADERS.filter((name) => name in answer.headers)).toEqual([]);
    }
  });

  it('counts what it refused', async () => {
    const before = test.host.refusedRequests();
    await test.send({ headers: { host: 'rebind.test' } });
    await test.send({ path: '/api/call' });
    const info = JSON.parse((await test.call('app.info', {})).body);
    expect(info.value.refusedRequests).toBe(before + 2);
  });

  it('listens on 127.0.0.1 and on no other address of the machine', async () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .map((entry) => (entry.scopeid ? `${entry.address}%${entry.scopeid}` : entry.address))
      .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'));
    const reached = await Promise.all(addresses.map((address) => canConnect(address, test.host.port)));
    expect(addresses.filter((_, index) => reached[index])).toEqual([]);
    expect(await canConnect('127.0.0.1', test.host.port)).toBe(true);
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const settle = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.on('connect', () => settle(true));
    socket.on('error', () => settle(false));
    socket.on('timeout', () => settle(false));
  });
}

describe('static files (T18)', () => {
  it('come with every protective header and a nonce of their own each time', async () => {
    const first = await test.send({});
    const second = await test.send({});
    const nonceOf = (body: string) => /nonce="([^"]+)"/.exec(body)?.[1] ?? '';
    const nonce = nonceOf(first.body);
    expect(nonce).toMatch(/^[\w+/=]{16,}$/);
    expect(nonceOf(second.body)).not.toBe(nonce);
    expect(first.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src-elem 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; ` +
        `img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; ` +
        `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(first.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it('are given by GET and HEAD only', async () => {
    const head = await test.send({ method: 'HEAD', path: '/assets/main.js' });
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '10']);
    expect((await test.send({ path: '/assets/main.js' })).body).toBe('export {};');
    for (const method of ['POST', 'PUT', 'DELETE', 'TRACE']) {
      expect((await test.send({ method, path: '/assets/main.js' })).status).toBe(405);
    }
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets\\..\\..\\secret.txt',
    '/index.html%00.js',
    '/%',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/C:/Windows/win.ini',
    'http://127.0.0.1/secret.txt',
  ])('do not lead out of their folder by %s', async (path) => {
    const answer = await test.send({ path });
    expect(answer.status).toBe(404);
    expect(answer.body).toBe('');
  });
});

describe('the interface', () => {
  it('answers a call, with the reply as JSON and nothing kept', async () => {
    const answer = await test.call('app.settings', {});
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: true, value: { theme: 'system' } });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('names the place of what it cannot read', async () => {
    const send = async (body: string) => {
      const answer = await test.send({ method: 'POST', path: '/api/call', headers: authorized(), body });
      return JSON.parse(answer.body).error;
    };
    expect(await send('{')).toMatchObject({ code: 'request.invalid', params: { path: '' } });
    expect(await send('{"name":7,"input":{}}')).toMatchObject({ code: 'request.invalid', params: { path: 'name' } });
    expect(await send('{"name":"app.openProject","input":{"path":5}}')).toMatchObject({
      code: 'request.invalid',
      params: { name: 'app.openProject', path: 'path' },
    });
  });

  it('takes only POST, only its content types and only paths that exist', async () => {
    expect((await test.send({ path: '/api/call', headers: authorized() })).status).toBe(405);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']) {
      const headers = authorized({ 'content-type': type });
      expect((await test.send({ method: 'POST', path: '/api/call', headers, body: infoCall })).status).toBe(415);
      expect((await test.send({ method: 'POST', path: '/api/upload', headers, body: 'x' })).status).toBe(415);
    }
    for (const path of ['/api', '/api/', '/api/other', '/api/__proto__', '/api/call/..']) {
      expect((await test.send({ method: 'POST', path, headers: authorized(), body: infoCall })).status).toBe(404);
    }
  });

  it('refuses a body over its limit with 413, announced or not', async () => {
    const statusOf = (length: string, body: Buffer) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(test.host.port, '127.0.0.1');
        socket.once('data', (data) => resolve(String(data).slice(0, 12)));
        socket.once('close', () => reject(new Error('closed without an answer')));
        // Refused while still sending.
        socket.on('error', () => undefined);
        socket.write(
          `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${test.host.port}\r\nAuthorization: Bearer ${test.token}\r\n` +
            `Content-Type: application/json\r\n${length}\r\n\r\n`,
        );
        socket.write(body);
      });
    expect(await statusOf('Content-Length: 999999999', Buffer.alloc(0))).toBe('HTTP/1.1 413');
    // One chunk of a chunked body, one byte over 16 MiB.
    const size = 16 * 1024 * 1024 + 1;
    const chunk = Buffer.concat([Buffer.from(`${size.toString(16)}\r\n`), Buffer.alloc(size, ' ')]);
    expect(await statusOf('Transfer-Encoding: chunked', chunk)).toBe('HTTP/1.1 413');
  });

  it('keeps an upload privately under an id, and deletes it at close', async () => {
    const own = await hostUnderTest();
    const answer = await own.send({
      method: 'POST',
      path: `/api/upload?name=${encodeURIComponent('../../反馈.csv')}`,
      headers: { authorization: `Bearer ${own.token}`, 'content-type': 'application/octet-stream' },
      body: Buffer.from('序号,反馈\n1,好\n'),
    });
    const { value } = JSON.parse(answer.body);
    expect(value).toEqual({ sourceId: expect.any(String), name: '反馈.csv', bytes: 20 });
    const { path, key } = own.workbench.sources.resolve(value.sourceId);
    expect((await readUnderKey(path, key)).toString()).toBe('序号,反馈\n1,好\n');
    expect(readFileSync(path).includes('反馈')).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    await own.close();
    expect(existsSync(path)).toBe(false);
  });
});

describe('events', () => {
  const open = (headers: Record<string, string> = {}, path = '/api/events') =>
    new WebSocket(`ws://127.0.0.1:${test.host.port}${path}`, { headers });
  const refusal = (socket: WebSocket) =>
    new Promise<number>((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  const closing = (socket: WebSocket) => new Promise<number>((resolve) => socket.on('close', resolve));

  it('are refused to other names, pages and paths before anything is agreed', async () => {
    expect(await refusal(open({ host: 'rebind.test' }))).toBe(421);
    expect(await refusal(open({ origin: 'http://evil.test' }))).toBe(403);
    expect(await refusal(open({ 'sec-fetch-site': 'cross-site' }))).toBe(403);
    expect(await refusal(open({}, '/api/other'))).toBe(404);
    expect(await refusal(open({}, `/api/events?token=${test.token}`))).toBe(404);
  });

  it('are refused without the token, with a wrong one, and with a project that is not open', async () => {
    const firstMessage = async (message: string) => {
      const socket = open();
      socket.on('open', () => socket.send(message));
      return closing(socket);
    };
    expect(await firstMessage('{}')).toBe(1008);
    expect(await firstMessage('nonsense')).toBe(1008);
    expect(await firstMessage(JSON.stringify({ token: 'wrong', projectId: 'p' }))).toBe(1008);
    expect(await firstMessage(JSON.stringify({ token: test.token, projectId: 'p' }))).toBe(4404);
  });

  it('end when nothing is said for five seconds', async () => {
    const started = performance.now();
    expect(await closing(open())).toBe(1008);
    expect(performance.now() - started).toBeGreaterThan(4500);
  });

  it('reach the page of the project that is named, until it is closed', async () => {
    const created = await test.call('app.createProject', { name: '银行', customer: '', period: '', path: null });
    const { projectId } = JSON.parse(created.body).value;
    const engine = test.engines.at(-1);
    const socket = open();
    const event = { type: 'projectChanged' as const, dataVersion: 3, slots: ['demand.needs'] };
    const received = new Promise<string>((resolve) => socket.on('message', (data) => resolve(String(data))));
    await new Promise((resolve) => socket.on('open', resolve));
    socket.send(JSON.stringify({ token: test.token, projectId }));
    // The engine hears of its listener when the first message has been read.
    await expect.poll(() => engine?.listenerCount()).toBe(1);
    engine?.emit(event);
    expect(JSON.parse(await received)).toEqual(event);
    const closed = closing(socket);
    await test.call('app.closeProject', { projectId });
    expect(await closed).toBe(1000);
    expect(engine?.disposed).toBe(true);
  });
});

describe('the redirect file', () => {
  it('holds the address for its owner only, and goes once the token has been shown', async () => {
    const own = await hostUnderTest();
    const path = own.host.redirectFile();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readFileSync(path, 'utf8')).toContain(`url=${own.host.address}`);
    await own.send({});
    expect(existsSync(path)).toBe(true);
    await own.call('app.info', {});
    expect(existsSync(dirname(path))).toBe(false);
    const second = own.host.redirectFile();
    await own.close();
    expect(existsSync(second)).toBe(false);
  });
});

describe('projects (T18)', () => {
  it('are made and opened only in the projects folder, whatever the path is written like', async () => {
    const { folder, projectsFolder } = test;
    const make = async (path: string) => {
      const input = { name: 'n', customer: '', period: '', path };
      return JSON.parse((await test.call('app.createProject', input)).body).error?.code;
    };
    const outside = ['../out.csw', `${folder}/out.csw`, '/etc/out.csw', 'a/../../out.csw'];
    for (const path of outside) expect([path, await make(path)]).toEqual([path, 'project.outside-folder']);
    for (const path of ['..\\out.csw', 'a\0.csw', 'CON.csw', `${'长'.repeat(100)}.csw`]) {
      expect([path, await make(path)]).toEqual([path, 'request.invalid']);
    }
    expect(readdirSync(folder).sort()).toEqual(['projects', 'renderer', 'secret.txt', 'user']);
    const open = async (path: string) => JSON.parse((await test.call('app.openProject', { path })).body).error?.code;
    expect(await open('/etc/passwd')).toBe('project.outside-folder');
    expect(await open('/no/such/file')).toBe('project.outside-folder');
    expect(await open('../secret.txt')).toBe('project.outside-folder');
    expect(await open('missing.csw')).toBe('project.not-found');
    expect(projectsFolder.startsWith(folder)).toBe(true);
  });

  it('refuse a request that names no open one', async () => {
    const reply = JSON.parse((await test.call('project.overview', {}, 'unknown')).body);
    expect(reply.error.code).toBe('project.none-open');
    expect(JSON.parse((await test.call('project.overview', {})).body).error.code).toBe('project.none-open');
  });
});

it('stops listening and disposes its projects at close', async () => {
  const own = await hostUnderTest();
  await own.call('app.createProject', { name: 'n', customer: '', period: '', path: null });
  const { port } = own.host;
  await own.close();
  expect(own.engines.map((engine) => engine.disposed)).toEqual([true]);
  await expect(sendRaw(port, {})).rejects.toThrow();
});
