import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RefusalKind } from '../../shared/contract/offline.ts';
import { type HostProtection, PRINT_BROWSER } from '../hosting/protection.ts';
import { createRefusals } from '../hosting/refusals.ts';
import { COMMON_HEADERS } from '../hosting/security-headers.ts';
import { answerStatic, readStaticFiles } from '../hosting/static-files.ts';
import type { Workbench } from '../hosting/workbench.ts';
import { serveApi } from './api.ts';
import { createEventSocket } from './event-socket.ts';
import { type RedirectFile, writeRedirectFile } from './redirect-file.ts';
import { refusalOf } from './request-check.ts';
import { checkHost, type SelfCheck } from './self-check.ts';
import { createTokenGate } from './token.ts';

const LOOPBACK = '127.0.0.1';
const EVENTS_PATH = '/api/events';
/** A browser opens six and one for events; beyond this the system refuses, so that neither memory nor file handles run out. */
const MOST_CONNECTIONS = 256;
const KIND_OF_STATUS = {
  401: 'no-token',
  403: 'foreign-page',
  404: 'unknown-request',
  421: 'foreign-name',
} as const satisfies Record<number, RefusalKind>;
/** Long enough for an upload of the largest file from a slow disk. */
const REQUEST_TIMEOUT_MS = 30 * 60 * 1000;

export interface LoopbackHost {
  readonly port: number;
  /** The address with the token, for a test that stands in for the browser. Never to be printed unasked or passed as an argument. */
  readonly address: string;
  refusedRequests(): number;
  /** A private page that leads the browser here; removed once the browser has shown the token, and at close. */
  redirectFile(): string;
  close(): Promise<void>;
}

export interface LoopbackHostOptions {
  /** Given what this host does to keep data in. */
  readonly workbench: (protection: HostProtection) => Workbench;
  /** The built renderer. */
  readonly rendererFolder: string;
}

/** Serves the renderer and the contract to the browser of this machine's user, and to nobody else. */
export async function startLoopbackHost({
  workbench: create,
  rendererFolder,
}: LoopbackHostOptions): Promise<LoopbackHost> {
  const gate = createTokenGate();
  const files = readStaticFiles(rendererFolder);
  const refusals = createRefusals(() => new Date(), gate.token);
  const redirects = new Set<RedirectFile>();
  const ownPorts = new Set<number>();
  let listensOn = '';
  let selfCheck: SelfCheck = { checks: [], policy: '' };
  const workbench = create({
    refusals,
    layers: () => [
      { id: 'page-policy', basis: 'running', value: selfCheck.policy },
      { id: 'page-guard', basis: 'build', value: null },
      { id: 'loopback-only', basis: 'running', value: listensOn },
      { id: 'foreign-name', basis: 'running', value: `127.0.0.1:${port}, localhost:${port}` },
      { id: 'foreign-page', basis: 'running', value: `http://127.0.0.1:${port}, http://localhost:${port}` },
      { id: 'launch-token', basis: 'running', value: `${gate.bits} bit` },
      { id: 'nothing-kept', basis: 'running', value: `Cache-Control: ${COMMON_HEADERS['Cache-Control']}` },
      PRINT_BROWSER,
    ],
    checks: () => selfCheck.checks,
    files: () => [...redirects].map(({ path }) => ({ id: 'redirect', path })),
    outside: ['system', 'browser', 'copies', 'people'],
  });
  const events = createEventSocket(workbench.projects, gate, () => refusals.add('no-token', EVENTS_PATH));
  const removeRedirects = () => {
    for (const redirect of redirects) redirect.remove();
    redirects.clear();
  };

  const count = (status: keyof typeof KIND_OF_STATUS, { method, headers, socket }: IncomingMessage, path: string) => {
    if (socket.remotePort !== undefined && ownPorts.has(socket.remotePort)) return;
    const from = status === 421 ? headers.host : status === 403 ? headers.origin : undefined;
    const what = `${method} ${path}${from === undefined ? '' : ` ← ${from}`}`;
    refusals.add(KIND_OF_STATUS[status], what);
  };
  const refuse = (request: IncomingMessage, response: ServerResponse, status: 421 | 403 | 401, path: string) => {
    count(status, request, path);
    response.writeHead(status, { ...COMMON_HEADERS, Connection: 'close' }).end();
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, query } = splitTarget(request.url ?? '');
    const status = refusalOf({ method: request.method ?? '', path, headers: request.headers }, port);
    if (status !== null) {
      refuse(request, response, status, path);
      return;
    }
    if (path !== '/api' && !path.startsWith('/api/')) {
      const { status: found, headers, body } = answerStatic(files, path, request.method ?? '');
      response.writeHead(found, headers).end(body ?? undefined);
      return;
    }
    if (!gate.acceptsHeader(request.headers.authorization)) {
      refuse(request, response, 401, path);
      return;
    }
    removeRedirects();
    await serveApi(workbench, path, query, request, response, (tooLarge) =>
      refusals.add(tooLarge ? 'too-large' : 'unknown-request', path),
    );
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const path = request.url ?? '';
    const status = refusalOf({ method: request.method ?? '', path, headers: request.headers }, port);
    if (status === null && path === EVENTS_PATH) {
      events.accept(request, socket, head);
      return;
    }
    count(status ?? 404, request, splitTarget(path).path);
    socket.end(`HTTP/1.1 ${status ?? 404} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };

  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      workbench.log({ level: 'error', what: 'loopback host', detail: String(error) });
      response.destroy();
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('upgrade', upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const { port, address: boundTo } = server.address() as AddressInfo;
  listensOn = `${boundTo}:${port}`;
  const address = `http://${LOOPBACK}:${port}/#token=${gate.token}`;
  selfCheck = await checkHost({
    port,
    address: boundTo,
    now: () => new Date(),
    onConnect: (localPort) => ownPorts.add(localPort),
  });
  ownPorts.clear();

  return {
    port,
    address,
    refusedRequests: refusals.total,
    redirectFile() {
      const redirect = writeRedirectFile(address);
      redirects.add(redirect);
      return redirect.path;
    },
    async close() {
      removeRedirects();
      events.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await workbench.close();
    },
  };
}

/** The path as it was sent: an URL parser would already have resolved its dots. */
function splitTarget(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const mark = target.indexOf('?');
  return mark === -1
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}
