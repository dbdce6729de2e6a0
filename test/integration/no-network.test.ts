import { execFile, fork } from 'node:child_process';
import dgram from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const FORBIDDEN = 'tests use no network';
/** An address that leads nowhere. @source RFC 5737 */
const ELSEWHERE = '192.0.2.1';

describe('a test that reaches for another machine (T2)', () => {
  it.each([
    ['a connection', () => connect(80, ELSEWHERE)],
    ['a connection by options', () => connect({ port: 443, host: 'example.invalid' })],
    ['a secure request', () => request(`https://${ELSEWHERE}/`)],
    ['a datagram', () => dgram.createSocket('udp4').send('x', 53, ELSEWHERE)],
  ])('is stopped at %s', (_, reach) => {
    expect(reach).toThrow(FORBIDDEN);
  });

  it('is stopped at fetch and at a lookup', async () => {
    const failure = await fetch(`http://${ELSEWHERE}/`).catch((error: unknown) => error);
    expect(String((failure as Error).cause)).toContain(FORBIDDEN);
    expect(() => lookup('example.invalid')).toThrow(FORBIDDEN);
  });

  it('may use this machine', async () => {
    const server = createServer((socket) => socket.end('here')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const said = await new Promise((resolve) =>
      connect(port, '127.0.0.1').once('data', (data) => resolve(String(data))),
    );
    expect(said).toBe('here');
    server.close();
    expect(await lookup('localhost')).toMatchObject({ family: expect.any(Number) });
  });

  describe('in a process that it starts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-network-'));
    const script = join(folder, 'reach.mjs');
    writeFileSync(
      script,
      `import { connect } from 'node:net';
       let said = 'open';
       try { connect(80, '${ELSEWHERE}').destroy(); } catch (error) { said = error.message; }
       process.send ? process.send(said) : console.log(said);`,
    );
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('is stopped where the process is one of our own, whose environment is not handed on', async () => {
      const child = fork(script, [], { execArgv: [], env: {} });
      expect(await new Promise((resolve) => child.once('message', resolve))).toContain(FORBIDDEN);
    });

    it('is stopped where the process is another Node', async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [script]);
      expect(stdout).toContain(FORBIDDEN);
    });
  });
});
