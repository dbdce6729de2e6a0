import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { COMMON_HEADERS } from '../hosting/security-headers.ts';
import { answerStatic, readStaticFiles } from '../hosting/static-files.ts';
import type { Workbench } from '../hosting/workbench.ts';
import { serveApi } from './api.ts';
import { createEventSocket } from './event-socket.ts';
import { type RedirectFile, writeRedirectFile } from './redirect-file.ts';
import { refusalOf } from './request-check.ts';
import { createTokenGate } from './token.ts';

const LOOPBACK = '127.0.0.1';
const EVENTS_PATH = '/api/events';
/** A browser opens six and one for events; beyond this the system refuses, so that neither memory nor file handles run out. */
const MOST_CONNECTIONS = 256;
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
  /** Given how many requests were refused so far. */
  readonly workbench: (refusedRequests: () => number) => Workbench;
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
  let refused = 0;
  const workbench = create(() => refused);
  const redirects = new Set<RedirectFile>();
  const events = createEventSocket(workbench.projects, gate, () => refused++);
  const removeRedirects = () => {
    for (const redirect of redirects) redirect.remove();
    redirects.clear();
  };

  const refuse = (response: ServerResponse, status: number) => {
    refused++;
    response.writeHead(status, { ...COMMON_HEADERS, Connection: 'close' }).end();
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, query } = splitTarget(request.url ?? '');
    const status = refusalOf({ method: request.method ?? '', path, headers: request.headers }, port);
    if (status !== null) {
      refuse(response, status);
      return;
    }
    if (path !== '/api' && !path.startsWith('/api/')) {
      const { status: found, headers, body } = answerStatic(files, path, request.method ?? '');
      response.writeHead(found, headers).end(body ?? undefined);
      return;
    }
    if (!gate.acceptsHeader(request.headers.authorization)) {
      refuse(response, 401);
      return;
    }
    removeRedirects();
    await serveApi(workbench, path, query, request, response);
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const path = request.url ?? '';
    const status = refusalOf({ method: request.method ?? '', path, headers: request.headers }, port);
    if (status === null && path === EVENTS_PATH) {
      events.accept(request, socket, head);
      return;
    }
    refused++;
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
  const { port } = server.address() as AddressInfo;
  const address = `http://${LOOPBACK}:${port}/#token=${gate.token}`;

  return {
    port,
    address,
    refusedRequests: () => refused,
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
