import { request } from 'node:http';
import { compareWithChecksums } from './checksums.mjs';
import { openClassifier } from './classifier.mjs';
import { startServer } from './http-server.mjs';
import { readJson, readPackage } from './read-package.mjs';
import { vendoredPaths } from './vendored.mjs';

const HOST = '127.0.0.1';
const ANSWER_MS = 60_000;
const SHOWN = 5;

/**
 * @typedef {object} CheckOutcome
 * @property {'files' | 'modules' | 'samples' | 'health' | 'predict' | 'batch' | 'refusal'} name
 * @property {boolean} passed
 * @property {string} detail What was found, in one line.
 *
 * @typedef {object} SelfTestResult
 * @property {boolean} passed
 * @property {CheckOutcome[]} tests
 * @property {string} node
 * @property {string} platform
 * @property {number} durationMs
 */

/** Checks a package from its files to an answer over HTTP. Nothing after the files is tried when they are not what was packed.
 *  @param {string} folder
 *  @returns {Promise<SelfTestResult>} */
export async function selfTest(folder) {
  const started = performance.now();
  /** @type {CheckOutcome[]} */
  const tests = [];
  /** @param {CheckOutcome['name']} name
   *  @param {() => string | Promise<string>} check Gives what was found. @throws Error with what is wrong */
  const run = async (name, check) => {
    try {
      tests.push({ name, passed: true, detail: await check() });
    } catch (error) {
      tests.push({ name, passed: false, detail: error instanceof Error ? error.message : String(error) });
    }
    return tests.at(-1)?.passed === true;
  };
  if (await run('files', () => checkFiles(folder))) {
    if (await run('modules', () => checkModules(folder))) await checkModel(folder, run);
  }
  return {
    passed: tests.every(({ passed }) => passed),
    tests,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    durationMs: Math.round(performance.now() - started),
  };
}

/** @param {string} folder */
async function checkFiles(folder) {
  const { files, missing, changed, added } = await compareWithChecksums(folder);
  const some = (/** @type {readonly string[]} */ paths) =>
    paths.slice(0, SHOWN).join(', ') + (paths.length > SHOWN ? ` (+${paths.length - SHOWN})` : '');
  const problems = [
    ...(missing.length > 0 ? [`missing: ${some(missing)}`] : []),
    ...(changed.length > 0 ? [`changed: ${some(changed)}`] : []),
  ];
  if (problems.length > 0) throw new Error(problems.join('; '));
  return `${files} files as packed${added.length > 0 ? `; not packed: ${some(added)}` : ''}`;
}

/** @param {string} folder */
function checkModules(folder) {
  const modules = vendoredPaths(folder);
  const outside = modules.filter(({ inside }) => !inside).map(({ name, path }) => `${name} from ${path}`);
  if (outside.length > 0) throw new Error(outside.join(', '));
  return `${modules.length} modules, all from the package`;
}

/** @param {string} folder
 *  @param {(name: CheckOutcome['name'], check: () => string | Promise<string>) => Promise<boolean>} run */
async function checkModel(folder, run) {
  const model = readPackage(folder);
  /** @type {{ readonly tolerance: number, readonly samples: readonly import('./read-package.mjs').Sample[] }} */
  const expected = readJson(folder, 'samples.json');
  /** @type {import('./classifier.mjs').Classifier | undefined} */
  let classifier;
  const reproduced = await run('samples', async () => {
    classifier = await openClassifier(model);
    return checkSamples(classifier, expected);
  });
  if (classifier === undefined) return;
  if (reproduced) {
    const server = await startServer(model, classifier, { host: HOST, port: 0, log: () => undefined });
    const ask = (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body) =>
      askServer(server.port, method, path, body);
    const [first] = expected.samples;
    await run('health', async () => statusOf(await ask('GET', '/health', undefined), 200));
    await run('predict', async () => {
      const reply = await ask('POST', '/predict', { text: first?.text });
      if (reply.body?.label !== first?.label) throw new Error(`${reply.status}, label ${reply.body?.label}`);
      return statusOf(reply, 200);
    });
    await run('batch', async () => {
      const texts = expected.samples.slice(0, SHOWN).map(({ text }) => text);
      const reply = await ask('POST', '/batch', { texts });
      if (reply.body?.results?.length !== texts.length) throw new Error(`${reply.status}, not ${texts.length} results`);
      return statusOf(reply, 200);
    });
    await run('refusal', async () => {
      const reply = await ask('POST', '/predict', { text: 7 });
      if (reply.body?.error?.code !== 'invalid-request') throw new Error(`${reply.status}, no error code`);
      return statusOf(reply, 400);
    });
    await server.stop();
  }
  await classifier.close();
}

/** @param {import('./classifier.mjs').Classifier} classifier
 *  @param {{ readonly tolerance: number, readonly samples: readonly import('./read-package.mjs').Sample[] }} expected */
async function checkSamples(classifier, { tolerance, samples }) {
  let largest = 0;
  const wrong = [];
  for (const [index, sample] of samples.entries()) {
    const found = await classifier.predict(classifier.clean(sample.text));
    const differences = Object.entries(sample.probabilities).map(([label, probability]) =>
      Math.abs(probability - (found.probabilities[label] ?? Number.POSITIVE_INFINITY)),
    );
    const difference = Math.max(...differences);
    largest = Math.max(largest, difference);
    // Where two classes are nearly level, a difference within the tolerance may turn the answer.
    const isLevel =
      Math.abs((sample.probabilities[sample.label] ?? 0) - (sample.probabilities[found.label] ?? 0)) <= 2 * tolerance;
    const isSame = (found.label === sample.label || isLevel) && found.truncated === sample.truncated;
    if (!isSame || !(difference <= tolerance)) wrong.push(index + 1);
  }
  if (samples.length === 0) throw new Error('no samples');
  if (wrong.length > 0) {
    throw new Error(
      `${wrong.length} of ${samples.length} differ (numbers ${wrong.slice(0, SHOWN).join(', ')}), by up to ${largest.toFixed(4)}`,
    );
  }
  return `${samples.length} of ${samples.length} reproduced; largest difference ${largest.toExponential(1)}, allowed ${tolerance}`;
}

/** @param {{ readonly status: number }} reply
 *  @param {number} wanted */
function statusOf({ status }, wanted) {
  if (status !== wanted) throw new Error(`status ${status} instead of ${wanted}`);
  return `status ${status}`;
}

/** @param {number} port
 *  @param {string} method
 *  @param {string} path
 *  @param {unknown} body
 *  @returns {Promise<{ readonly status: number, readonly body: any }>} */
function askServer(port, method, path, body) {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: HOST,
        port,
        method,
        path,
        agent: false,
        timeout: ANSWER_MS,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          try {
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
