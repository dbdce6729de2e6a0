import { request } from 'node:http';
import type { StartCheck } from '../../shared/contract/offline.ts';
import { closesThePage, withoutNonce } from '../hosting/page-policy.ts';

const FOREIGN_NAME = 'rebound.invalid';

export interface SelfCheck {
  readonly checks: readonly StartCheck[];
  /** The policy that came with the start page, its nonce left out. */
  readonly policy: string;
}

interface Options {
  readonly port: number;
  /** The address that the socket is bound to, as the kernel says. */
  readonly address: string;
  readonly now: () => Date;
  /** Told the local port of each connection before it asks anything: its refusals are not attempts of others. */
  readonly onConnect: (localPort: number) => void;
}

/** Tries on the running host what others might try, over a real connection. */
export async function checkHost({ port, address, now, onConnect }: Options): Promise<SelfCheck> {
  const send = (path: string, headers: Readonly<Record<string, string>> = {}) => ask(port, path, headers, onConnect);
  const check = (id: StartCheck['id'], passed: boolean, found: string): StartCheck => ({
    id,
    at: now().toISOString(),
    passed,
    found,
  });
  const page = await send('/');
  const rebound = await send('/', { host: `${FOREIGN_NAME}:${port}` });
  const foreign = await send('/', { origin: `http://${FOREIGN_NAME}` });
  const nameless = await send('/api/call');
  const policy = withoutNonce(page.policy);
  return {
    policy,
    checks: [
      check('page-policy', page.status === 200 && closesThePage(policy), policy),
      check('loopback-only', address === '127.0.0.1', `${address}:${port}`),
      check('foreign-name', rebound.status === 421, `${rebound.status}`),
      check('foreign-page', foreign.status === 403, `${foreign.status}`),
      check('no-token', nameless.status === 401, `${nameless.status}`),
    ],
  };
}

function ask(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  onConnect: (localPort: number) => void,
): Promise<{ readonly status: number; readonly policy: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          policy: String(answer.headers['content-security-policy'] ?? ''),
        }),
      );
    });
    outgoing.once('socket', (socket) =>
      socket.once('connect', () => {
        if (socket.localPort !== undefined) onConnect(socket.localPort);
      }),
    );
    outgoing.once('error', reject);
    outgoing.end();
  });
}
