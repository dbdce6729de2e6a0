import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { addressOf, readSockets } from '../../electron/hosting/process-sockets.ts';

it.each([
  ['0100007F:1F90', '127.0.0.1:8080'],
  ['00000000:0035', '0.0.0.0:53'],
  ['0000000000000000FFFF00000100007F:01BB', '127.0.0.1:443'],
  ['00000000000000000000000001000000:0050', '[0:0:0:0:0:0:0:1]:80'],
])('reads the kernel’s %s as %s', (kernel, address) => {
  expect(addressOf(kernel)).toBe(address);
});

it.skipIf(process.platform !== 'linux')(
  'lists a socket that this process opens, and not one on another address as its own',
  async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const before = readSockets();
    expect(before?.listening).toContain(`tcp 127.0.0.1:${port}`);
    expect(before?.foreign).toEqual([]);
    const client = connect(port ?? 0, '127.0.0.1');
    await new Promise((resolve) => client.once('connect', resolve));
    expect(readSockets()?.local).toBeGreaterThanOrEqual((before?.local ?? 0) + 2);
    const open = createServer().listen(0, '0.0.0.0');
    await new Promise((resolve) => open.once('listening', resolve));
    expect(readSockets()?.foreign).toHaveLength(1);
    client.destroy();
    server.close();
    open.close();
  },
);
