import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { COMMON_HEADERS, contentSecurityPolicy } from './security-headers.ts';

const NONCE_PLACEHOLDER = '__CSP_NONCE__';
const NONCE_BYTES = 18;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** The built renderer, read whole at start: a request is a look-up in a list of names, so no path of a request ever reaches the file system,
 *  and a page stays of one piece when the renderer is built anew meanwhile. */
export type StaticFiles = ReadonlyMap<string, { readonly body: Buffer<ArrayBuffer>; readonly type: string }>;

export function readStaticFiles(folder: string): StaticFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.') && extname(entry.name) !== '.map',
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = `/${relative(folder, path).split(sep).join('/')}`;
      const type = CONTENT_TYPES[extname(entry.name)] ?? 'application/octet-stream';
      return [name, { body: readFileSync(path), type }];
    }),
  );
}

export interface StaticAnswer {
  readonly status: 200 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer<ArrayBuffer> | null;
}

/** Answers a request for a file of the renderer, the same over HTTP and over the window's own scheme. Every document gets a nonce of its own. */
export function answerStatic(files: StaticFiles, path: string, method: string): StaticAnswer {
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, headers: { ...COMMON_HEADERS, Allow: 'GET, HEAD' }, body: null };
  }
  const file = files.get(path === '/' ? '/index.html' : decoded(path));
  if (file === undefined) return { status: 404, headers: COMMON_HEADERS, body: null };
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const body = file.type.startsWith('text/html')
    ? Buffer.from(file.body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce))
    : file.body;
  const headers = {
    ...COMMON_HEADERS,
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'Content-Type': file.type,
    'Content-Length': String(body.length),
  };
  return { status: 200, headers, body: method === 'HEAD' ? null : body };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
