import { createServer } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readJson } from './read-package.mjs';
import { RequestError } from './request-error.mjs';
import { readJsonBody, textOf, textsOf } from './requests.mjs';
import { createTurns } from './turns.mjs';

const HEADERS_MS = 10_000;
const RECEIVE_MS = 15_000;
const IDLE_MS = 5_000;
const STOP_MS = 10_000;
const RUN_OUT_MS = 2_000;
const MOST_CONNECTIONS = 256;

/**
 * @typedef {object} RunningServer
 * @property {string} host
 * @property {number} port
 * @property {() => Promise<void>} stop Answers what has begun, takes nothing new, then ends.
 */

/** Serves a model over HTTP. It opens no connection of its own.
 *  @param {import('./read-package.mjs').DeploymentPackage} model
 *  @param {import('./classifier.mjs').Classifier} classifier
 *  @param {{ readonly host: string, readonly port: number, readonly log: (line: object) => void }} options
 *  @returns {Promise<RunningServer>} */
export async function startServer(model, classifier, { host, port, log }) {
  const openApi = readJson(model.folder, 'openapi.json');
  const inTurn = createTurns();

  /** @type {Record<string, { readonly method: string, readonly answer: (body: unknown) => unknown }>} */
  const routes = {
    '/health': {
      method: 'GET',
      answer: () => ({
        status: 'ok',
        name: model.name,
        precision: model.precision,
        builtAt: model.builtAt,
        labels: model.labels.length,
      }),
    },
    '/openapi.json': { method: 'GET', answer: () => openApi },
    '/predict': {
      method: 'POST',
      answer: (body) => {
        const text = textOf(body, classifier.clean);
        return inTurn(() => classifier.predict(text));
      },
    },
    '/batch': {
      method: 'POST',
      answer: (body) => {
        const texts = textsOf(body, classifier.clean);
        return inTurn(async (check) => {
          const results = [];
          for (const text of texts) {
            check();
            results.push(await classifier.predict(text));
            // The runtime holds the thread while it computes; in between, health and refusals are answered.
            await nextTurn();
          }
          return { results };
        });
      },
    },
  };

  /** @param {import('node:http').IncomingMessage} request */
  const answer = async (request) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) throw new RequestError(404, 'not-found', 'There is nothing at this path.');
    if (request.method !== route.method) {
      throw new RequestError(405, 'method-not-allowed', `Use ${route.method}.`, { allow: route.method });
    }
    return route.answer(route.method === 'POST' ? await readJsonBody(request) : undefined);
  };

  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: RECEIVE_MS }, (request, response) => {
    request.on('error', () => undefined);
    answer(request).then(
      (value) => send(response, 200, value, {}),
      (error) => {
        if (response.destroyed) return;
        if (error instanceof RequestError) {
          send(response, error.status, errorBody(error.code, error.message), error.headers);
        } else {
          log({ event: 'failed', problem: error instanceof Error ? error.name : 'unknown' });
          send(response, 500, errorBody('internal', 'The request could not be answered.'), {});
        }
        if (!request.complete) letRunOut(request);
      },
    );
  });
  server.keepAliveTimeout = IDLE_MS;
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return;
    const body = JSON.stringify(errorBody('bad-request', 'This is not a request that can be read.'));
    socket.end(
      `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
  });

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const address = server.address();
  return {
    host,
    port: typeof address === 'object' && address !== null ? address.port : port,
    async stop() {
      const closed = new Promise((resolve) => server.close(() => resolve(undefined)));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), STOP_MS);
      await closed;
      clearTimeout(force);
    },
  };
}

/** What is still coming in of a refused body is thrown away for a while, so that its sender gets to read the refusal, then cut off.
 *  @param {import('node:http').IncomingMessage} request */
function letRunOut(request) {
  request.removeAllListeners('data');
  request.resume();
  const cut = setTimeout(() => request.destroy(), RUN_OUT_MS);
  request.once('close', () => clearTimeout(cut));
}

/** @param {string} code
 *  @param {string} message */
function errorBody(code, message) {
  return { error: { code, message } };
}

/** @param {import('node:http').ServerResponse} response
 *  @param {number} status
 *  @param {unknown} value
 *  @param {Readonly<Record<string, string>>} headers */
function send(response, status, value, headers) {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
