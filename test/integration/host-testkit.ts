import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoopbackHost, startLoopbackHost } from '../../electron/host/loopback-host.ts';
import { onlyInside } from '../../electron/hosting/project-paths.ts';
import { resourcePathsAt } from '../../electron/hosting/resource-paths.ts';
import { createWorkbench, type Workbench } from '../../electron/hosting/workbench.ts';
import { type FakeEngine, fakeEngine } from './fake-engine.ts';

const INDEX =
  '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script src="./assets/main.js"></script>';

export interface HostUnderTest {
  readonly host: LoopbackHost;
  readonly workbench: Workbench;
  readonly token: string;
  /** Everything of this test, removed at `close`. */
  readonly folder: string;
  readonly projectsFolder: string;
  readonly engines: FakeEngine[];
  send(options: SendOptions): Promise<Answer>;
  /** `POST /api/call` as the renderer sends it. */
  call(name: string, input: unknown, projectId?: string): Promise<Answer>;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A loopback host with engines that only remember, a renderer of two files and a folder of its own. */
export async function hostUnderTest(): Promise<HostUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'csw-host-test-'));
  const rendererFolder = join(folder, 'renderer');
  const projectsFolder = join(folder, 'projects');
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true });
  mkdirSync(projectsFolder);
  writeFileSync(join(rendererFolder, 'index.html'), INDEX);
  writeFileSync(join(rendererFolder, 'assets', 'main.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not to be served');
  const engines: FakeEngine[] = [];
  let workbench: Workbench | undefined;
  const host = await startLoopbackHost({
    rendererFolder,
    workbench: (protection) => {
      workbench = createWorkbench({
        host: 'loopback',
        version: '0.0.0',
        buildHash: () => '0'.repeat(64),
        paths: onlyInside(projectsFolder),
        userFolder: join(folder, 'user'),
        modelsFolder: join(folder, 'models'),
        samplesFolder: join(folder, 'samples'),
        packageParts: resourcePathsAt(folder).packageParts,
        printPdf: async () => ({ type: 'unavailable', reason: 'no-browser' }),
        askWorker: async () => {
          throw new Error('no model process is asked here');
        },
        openEngine: async (_deps, path, mode) => {
          const engine = fakeEngine(path, mode);
          engines.push(engine);
          writeFileSync(path, '');
          return engine;
        },
        protection,
        verifyReplies: true,
      });
      return workbench;
    },
  });
  if (workbench === undefined) throw new Error('the host made no workbench');
  const token = new URL(host.address).hash.slice('#token='.length);
  const send = (options: SendOptions) => sendRaw(host.port, options);
  return {
    host,
    workbench,
    token,
    folder,
    projectsFolder,
    engines,
    send,
    call: (name, input, projectId) =>
      send({
        method: 'POST',
        path: '/api/call',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name, input, ...(projectId === undefined ? {} : { projectId }) }),
      }),
    async close() {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends exactly these bytes as path and headers: `fetch` would tidy both. */
export function sendRaw(
  port: number,
  { method = 'GET', path = '/', headers = {}, body }: SendOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
