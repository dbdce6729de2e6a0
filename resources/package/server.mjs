import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClassifier } from './lib/classifier.mjs';
import { startServer } from './lib/http-server.mjs';
import { readPackage } from './lib/read-package.mjs';

/** `node server.mjs`: serves the model on 127.0.0.1:8080. HOST, PORT (0 for any free one) and THREADS change that.
 *  Prints one JSON line per fact; texts are never written down. */

const OLDEST_NODE = 20;
const DEFAULT_PORT = 8080;

/** @param {object} line */
const log = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** @param {string} problem
 *  @returns {never} */
function giveUp(problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

/** @param {string} name
 *  @param {number} least
 *  @param {number} most
 *  @param {number | undefined} fallback */
function wholeNumber(name, least, most, fallback) {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    giveUp(`${name} must be a whole number from ${least} to ${most}.`);
  }
  return value;
}

if (Number(process.versions.node.split('.', 1)[0]) < OLDEST_NODE) {
  giveUp(`Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}.`);
}
const host = process.env.HOST || '127.0.0.1';
const port = wholeNumber('PORT', 0, 65535, DEFAULT_PORT) ?? DEFAULT_PORT;
const threads = wholeNumber('THREADS', 1, 256, undefined);

try {
  const model = readPackage(dirname(fileURLToPath(import.meta.url)));
  const classifier = await openClassifier(model, threads === undefined ? {} : { threads });
  const server = await startServer(model, classifier, { host, port, log });
  log({ event: 'listening', host: server.host, port: server.port, name: model.name });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    log({ event: 'stopping' });
    await server.stop();
    await classifier.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  giveUp(`The server cannot start: ${error instanceof Error ? error.message : String(error)}`);
}
