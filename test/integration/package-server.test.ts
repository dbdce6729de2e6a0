import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPackage, type PackageServer, startPackage, tinyProject } from './package-project.ts';
import type { TestProject } from './testkit.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const BODY_LIMIT = 1024 * 1024;

let folder: string;
let project: TestProject;
let path: string;
let server: PackageServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-package-server-'));
  project = await tinyProject(folder);
  ({ path } = await buildPackage(project, 'server'));
  server = await startPackage(path);
});
afterAll(async () => {
  await server?.stop('SIGKILL');
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const post = (value: unknown, at = '/predict') => server.send({ path: at, body: JSON.stringify(value) });
async function refusal(sent: Promise<{ readonly status: number; readonly body: string }>) {
  const { status, body } = await sent;
  const { error } = JSON.parse(body) as { error: { code: string; message: string } };
  expect(body).not.toMatch(/\bat \/|node:|\.mjs/);
  return [status, error.code];
}
/** Whatever was sent, the server still answers. */
const isUp = async () => expect((await server.send({ method: 'GET', path: '/health' })).status).toBe(200);

test('an answer has label, probability, all probabilities that sum to 1, calibrated, accepted and truncated', async () => {
  const { status, headers, body } = await post({ text: 'Card lost, please help' });
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  const answer = JSON.parse(body);
  expect(Object.keys(answer)).toEqual(['label', 'probability', 'probabilities', 'calibrated', 'accepted', 'truncated']);
  const values = Object.values(answer.probabilities as Record<string, number>);
  expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
  expect(answer).toMatchObject({ probability: Math.max(...values), accepted: true, truncated: false });
  expect(JSON.parse((await post({ text: 'card lost '.repeat(20) })).body).truncated).toBe(true);
});

test('a batch answers in order, each text as it would be answered alone', async () => {
  const texts = ['card lost', 'pin', 'change late fee transfer balance account wrong', 'lost lost lost'];
  const { results } = JSON.parse((await post({ texts }, '/batch')).body) as { results: unknown[] };
  const alone = [];
  for (const text of texts) alone.push(JSON.parse((await post({ text })).body));
  expect(results).toEqual(alone);
});

test('texts that somebody tries in the product are cleaned and answered as by the package', async () => {
  const texts = ['ｃａｒｄ　ｌｏｓｔ', 'lost \u200b  ca\u200brd', 'ｐｉｎ \t １３８１２３４５６７８', 'card lost'];
  await project.done('competitiveness.classify', { modelId: 'R1', texts });
  const { answers } = (await project.call('competitiveness.classified', { modelId: 'R1' }))!.result;
  expect(answers.map(({ text }) => text)).toEqual(texts);
  const { results } = JSON.parse((await post({ texts }, '/batch')).body) as {
    results: { label: string; probability: number }[];
  };
  expect(answers.map(({ label }) => label)).toEqual(results.map(({ label }) => label));
  for (const [at, { probability }] of answers.entries()) expect(probability).toBeCloseTo(results[at]!.probability, 5);
  expect(answers[0]!.likeliest).toEqual(answers[3]!.likeliest);
});

test.each([
  ['no JSON', '{"text": ', 400, 'invalid-json'],
  ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, 'invalid-json'],
  ['nothing', '', 400, 'invalid-json'],
  ['a list', '["card"]', 400, 'invalid-request'],
  ['null', 'null', 400, 'invalid-request'],
  ['a number for the text', '{"text": 7}', 400, 'invalid-request'],
  ['no text', '{}', 400, 'invalid-request'],
  ['an unknown field', '{"text": "card", "model": "other"}', 400, 'invalid-request'],
  ['a poisoned prototype', '{"__proto__": {"text": "card"}}', 400, 'invalid-request'],
  ['an empty text', '{"text": ""}', 400, 'text-empty'],
  ['only what cleaning takes away', '{"text": " \\u200b\\n\\t\\u0000 "}', 400, 'text-empty'],
  ['a text that is too long', JSON.stringify({ text: 'a'.repeat(20_001) }), 413, 'text-too-long'],
])('%s is refused with its code', async (_what, body, status, code) => {
  expect(await refusal(server.send({ body }))).toEqual([status, code]);
  await isUp();
});

test.each([
  [{ texts: [] }, 400, 'invalid-request'],
  [{ texts: 'card' }, 400, 'invalid-request'],
  [{ texts: ['card', null] }, 400, 'invalid-request'],
  [{ texts: ['card', ' '] }, 400, 'text-empty'],
  [{ texts: Array.from({ length: 65 }, () => 'card') }, 413, 'too-many-texts'],
])('a batch %j is refused', async (body, status, code) => {
  expect(await refusal(post(body, '/batch'))).toEqual([status, code]);
});

test('other paths, methods and types are refused', async () => {
  const body = '{"text":"card"}';
  const health = server.send({ path: '/health', body });
  expect((await health).headers.allow).toBe('GET');
  expect(await refusal(health)).toEqual([405, 'method-not-allowed']);
  expect(await refusal(server.send({ method: 'GET' }))).toEqual([405, 'method-not-allowed']);
  for (const at of ['/', '/model.onnx', '/../server.mjs', '/constructor', '/__proto__']) {
    expect(await refusal(server.send({ path: at, body }))).toEqual([404, 'not-found']);
  }
  expect(await refusal(server.send({ headers: { 'content-type': 'text/plain' }, body }))).toEqual([
    415,
    'unsupported-media-type',
  ]);
});

test('a body over the limit is refused, whether its length is told or not', async () => {
  const huge = JSON.stringify({ text: 'a'.repeat(2 * BODY_LIMIT) });
  expect(await refusal(server.send({ body: huge }))).toEqual([413, 'body-too-large']);
  const chunked = server.send({ headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' }, body: huge });
  expect(await refusal(chunked)).toEqual([413, 'body-too-large']);
  await isUp();
});

test('what is no HTTP gets a short refusal', async () => {
  const socket = connect(server.port, '127.0.0.1');
  socket.end('NONSENSE\r\n\r\n');
  expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 400 .*"code":"bad-request"/s);
  await isUp();
});

test('a caller that goes away in the middle harms nobody', async () => {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"te`,
  );
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.destroy();
  await isUp();
});

test('ten at once get the answers that one alone gets', async () => {
  const texts = Array.from({ length: 10 }, (_, i) => `card lost pin ${'fee '.repeat(i)}`);
  const together = await Promise.all(texts.map((text) => post({ text })));
  for (const [i, text] of texts.entries()) expect(together[i]!.body).toBe((await post({ text })).body);
});

test('a crowd is turned away rather than queued without end, and nothing else suffers', async () => {
  const body = JSON.stringify({ texts: Array.from({ length: 64 }, (_, i) => `card lost pin ${i}`) });
  const replies = await Promise.all(Array.from({ length: 100 }, () => server.send({ path: '/batch', body })));
  const statuses = new Set(replies.map(({ status }) => status));
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(64);
  expect(replies.filter(({ status }) => status === 503).every(({ body: text }) => text.includes('"busy"'))).toBe(true);
  await isUp();
});

test('texts are never written to the log', () => {
  expect(server.output()).not.toContain('lost');
  for (const line of server.output().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
});

test('on SIGTERM what has begun is answered, then it ends with 0 and the port is free', async () => {
  const own = await startPackage(path);
  const body = JSON.stringify({ texts: Array.from({ length: 64 }, (_, i) => `card lost pin ${i}`) });
  const answered = own.send({ path: '/batch', body });
  await expect.poll(async () => (await own.send({ method: 'GET', path: '/health' })).status).toBe(200);
  const [code, { status }] = await Promise.all([own.stop('SIGTERM'), answered]);
  expect([code, status]).toEqual([0, 200]);
  await expect(own.send({ method: 'GET', path: '/health' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('its own description names every path and code that it answers with', async () => {
  const { body } = await server.send({ method: 'GET', path: '/openapi.json' });
  const api = JSON.parse(body);
  expect(api.openapi).toBe('3.1.0');
  expect(Object.keys(api.paths)).toEqual(['/health', '/openapi.json', '/predict', '/batch']);
  const references = [...body.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, at]) => at!.split('/'));
  expect(references.length).toBeGreaterThan(10);
  for (const at of references) expect(at.reduce((node, key) => node?.[key], api)).toBeTypeOf('object');
  expect(api.components.schemas.Error.properties.error.properties.code.enum).toContain('too-many-texts');
});
