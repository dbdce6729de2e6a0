import { RequestError } from './request-error.mjs';

export const LIMITS = {
  bodyBytes: 1024 * 1024,
  textCharacters: 20_000,
  texts: 64,
  /** Requests that wait for the model; more are turned away. */
  waiting: 64,
  /** From the arrival of a request to its answer. */
  requestMs: 30_000,
};

/** Reads a body as JSON. @throws RequestError
 *  @param {import('node:http').IncomingMessage} request
 *  @returns {Promise<unknown>} */
export async function readJsonBody(request) {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new RequestError(415, 'unsupported-media-type', 'Send JSON with Content-Type: application/json.');
  }
  const tooLarge = () =>
    new RequestError(413, 'body-too-large', `A request may have ${LIMITS.bodyBytes} bytes.`, { connection: 'close' });
  if (Number(request.headers['content-length'] ?? 0) > LIMITS.bodyBytes) throw tooLarge();
  /** @type {Buffer} */
  const body = await new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let bytes = 0;
    // Not by iterating: leaving the loop would end the connection before the refusal is out.
    request.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes > LIMITS.bodyBytes) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => reject(new RequestError(400, 'bad-request', 'The request broke off.')));
  });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new RequestError(400, 'invalid-json', 'The body is not valid JSON in UTF-8.');
  }
}

/** The one field that a body may have. @throws RequestError
 *  @param {unknown} body
 *  @param {string} field
 *  @returns {unknown} */
function onlyField(body, field) {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const names = isObject ? Object.keys(body) : [];
  if (names.length !== 1 || names[0] !== field) {
    throw new RequestError(400, 'invalid-request', `The body must be an object with the field "${field}" alone.`);
  }
  return /** @type {Record<string, unknown>} */ (body)[field];
}

/** @param {unknown} value
 *  @param {string} path
 *  @param {(text: string) => string} clean
 *  @returns {string} */
function cleanedText(value, path, clean) {
  if (typeof value !== 'string') throw new RequestError(400, 'invalid-request', `"${path}" must be a string.`);
  if (value.length > LIMITS.textCharacters) {
    throw new RequestError(413, 'text-too-long', `"${path}" may have ${LIMITS.textCharacters} characters.`);
  }
  const cleaned = clean(value);
  if (cleaned === '') throw new RequestError(400, 'text-empty', `"${path}" has no text.`);
  return cleaned;
}

/** The text of a body `{ text }`, ready for the model. @throws RequestError
 *  @param {unknown} body
 *  @param {(text: string) => string} clean */
export function textOf(body, clean) {
  return cleanedText(onlyField(body, 'text'), 'text', clean);
}

/** The texts of a body `{ texts }`, ready for the model. @throws RequestError
 *  @param {unknown} body
 *  @param {(text: string) => string} clean */
export function textsOf(body, clean) {
  const texts = onlyField(body, 'texts');
  if (!Array.isArray(texts) || texts.length === 0) {
    throw new RequestError(400, 'invalid-request', '"texts" must be an array with at least one string.');
  }
  if (texts.length > LIMITS.texts) {
    throw new RequestError(413, 'too-many-texts', `A batch may have ${LIMITS.texts} texts.`);
  }
  return texts.map((text, index) => cleanedText(text, `texts[${index}]`, clean));
}
