import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from '../../shared/contract/reply.ts';
import { AppError, type AppErrorJson, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { REQUEST_LIMIT_MB } from '../../shared/line/line.ts';
import { parseCall } from '../../shared/line/parse-call.ts';
import { COMMON_HEADERS } from '../hosting/security-headers.ts';
import type { Workbench } from '../hosting/workbench.ts';

const BYTES_PER_MB = 1024 * 1024;
const CALL_PATH = '/api/call';

interface Endpoint {
  readonly contentType: string;
  answer(workbench: Workbench, request: IncomingMessage, query: URLSearchParams): Promise<Reply<unknown>>;
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  [CALL_PATH]: {
    contentType: 'application/json',
    async answer(workbench, request) {
      const { name, input, projectId } = parseCall(await readBody(request), CALL_PATH);
      return workbench.call(name, input, projectId ?? null);
    },
  },
  '/api/upload': {
    // Not one of the three types that a foreign page may send without asking first.
    contentType: 'application/octet-stream',
    async answer(workbench, request, query) {
      return { ok: true, value: await workbench.sources.fromStream(query.get('name') ?? '', request) };
    },
  },
};

/** Answers a request that has shown its token. Expected failures travel as replies with status 200; only one that is too large has 413, which senders may act on before the body is through. */
export async function serveApi(
  workbench: Workbench,
  path: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  /** Told of a request that is too large, or that is not formed as one. */
  onRefused: (tooLarge: boolean) => void,
): Promise<void> {
  const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
  if (endpoint === undefined) {
    response.writeHead(404, COMMON_HEADERS).end();
    return;
  }
  if (request.method !== 'POST') {
    response.writeHead(405, { ...COMMON_HEADERS, Allow: 'POST' }).end();
    return;
  }
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== endpoint.contentType) {
    response.writeHead(415, COMMON_HEADERS).end();
    return;
  }
  let reply: Reply<unknown>;
  try {
    reply = await endpoint.answer(workbench, request, query);
  } catch (error) {
    // The sender has gone: nobody waits for an answer.
    if (request.destroyed && !request.complete && response.destroyed) return;
    if (!(error instanceof AppError)) {
      workbench.log({
        level: 'error',
        what: path,
        detail: error instanceof Error ? (error.stack ?? '') : String(error),
      });
    }
    reply = { ok: false, error: toAppErrorJson(error) };
  }
  const tooLarge = !reply.ok && reply.error.code === 'request.too-large';
  if (tooLarge || (!reply.ok && isMalformed(reply.error))) onRefused(tooLarge);
  const body = Buffer.from(JSON.stringify(reply));
  response.writeHead(tooLarge ? 413 : 200, {
    ...COMMON_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    ...(request.complete ? {} : { Connection: 'close' }),
  });
  response.end(body);
}

/** A call that names no request: a screen of ours sends none. */
function isMalformed({ code, params }: AppErrorJson): boolean {
  return code === 'request.invalid' && 'name' in params && params.name === CALL_PATH;
}

/** @throws AppError 'request.too-large' */
async function readBody(request: IncomingMessage): Promise<string> {
  const limit = REQUEST_LIMIT_MB * BYTES_PER_MB;
  const tooLarge = () => new AppError('request.too-large', { limitMb: REQUEST_LIMIT_MB });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The socket must live on to carry the answer when reading stops early.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
