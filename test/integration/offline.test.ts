import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectSilence } from '../offline/expect-silence.ts';
import { offlineRunRefusal, runOffline } from '../offline/run-offline.ts';

const refusal = offlineRunRefusal();

const root = path.join(import.meta.dirname, '..', '..');
const holder = path.join(root, 'test', 'offline', 'hold-onnxruntime.ts');
/** Releases of ONNX Runtime that report home were seen to do so within this time, and not before 6 s. */
const LATE_S = 25;

describe('without a network (T1)', () => {
  beforeEach((context) => context.skip(refusal !== null, refusal ?? ''));

  test('the harness catches a lookup, a connection to an address and a datagram to any port', async () => {
    const calls = `
      fetch('https://leak.example/').catch(() => {});
      require('node:net').connect(80, '192.0.2.7').on('error', () => {});
      require('node:net').connect(4318, '192.0.2.8').on('error', () => {});
      const socket = require('node:dgram').createSocket('udp4');
      socket.send('x', 514, '192.0.2.9', () => socket.close());`;
    const run = await runOffline([process.execPath, '-e', calls]);
    expect(run.contacts).toContain('dns leak.example');
    expect(run.contacts).toContain('tcp ::ffff:192.0.2.7:80');
    expect(run.connectionsOpened).toBe(3);
    expect(run.datagramsSent).toBeGreaterThan(1);
  });

  test(`ONNX Runtime loaded, run and kept for ${LATE_S} s calls nobody, with nothing set to silence it`, async () => {
    const run = await runOffline([process.execPath, holder, String(LATE_S)]);
    expect({ code: run.code, output: run.output }).toEqual({ code: 0, output: '2 4\n2 4\n' });
    expectSilence(run);
  });
});
