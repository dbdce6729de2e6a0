import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cleanText } from './clean-text.mjs';
import { withSignedWeights } from './signed-weights.mjs';
import { openTokenizer } from './tokens.mjs';
import { loadVendored } from './vendored.mjs';

const MOST_THREADS_BY_DEFAULT = 4;

/**
 * @typedef {object} Prediction
 * @property {string} label
 * @property {number} probability
 * @property {Record<string, number>} probabilities
 * @property {boolean} calibrated Whether the probabilities are softmax(logits / temperature); false: softmax(logits).
 * @property {boolean} accepted Whether the probability before the temperature reaches the reject threshold; true where the package has none.
 * @property {boolean} truncated Whether the end of the text was cut off before the model read it.
 *
 * @typedef {object} Classifier
 * @property {(text: string) => string} clean The text as the model reads it; '' where nothing is left.
 * @property {(cleaned: string) => Promise<Prediction>} predict
 * @property {() => Promise<void>} close
 */

/** Opens the model. Texts go through one by one: an answer never depends on what else is asked at the same time.
 *  @param {import('./read-package.mjs').DeploymentPackage} model
 *  @param {{ readonly threads?: number }} [options]
 *  @returns {Promise<Classifier>} */
export async function openClassifier(model, options = {}) {
  // Before the runtime's code runs: it must call nobody.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const runtime = loadVendored(model.folder, 'onnxruntime-node');
  const { InferenceSession, Tensor } = runtime;
  const tokenizer = openTokenizer(model.folder);
  const bytes = await withSignedWeights(readFileSync(join(model.folder, 'model.onnx')), runtime);
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: options.threads ?? Math.min(MOST_THREADS_BY_DEFAULT, availableParallelism()),
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    enableMemPattern: false,
  });
  const { labels, preprocessing, rejectBelow, temperature } = model;
  return {
    clean: (text) => cleanText(text, preprocessing.clean),
    async predict(cleaned) {
      const { ids, truncated } = tokenizer.encode(cleaned, preprocessing.maxLength);
      const shape = [1, ids.length];
      const int64 = (/** @type {(id: number) => number} */ of) =>
        new Tensor(
          'int64',
          BigInt64Array.from(ids, (id) => BigInt(of(id))),
          shape,
        );
      /** @type {Record<string, unknown>} */
      const feeds = { input_ids: int64((id) => id), attention_mask: int64(() => 1) };
      if (session.inputNames.includes('token_type_ids')) feeds.token_type_ids = int64(() => 0);
      const { logits } = await session.run(feeds);
      const scores = Array.from(logits.data);
      const best = scores.indexOf(Math.max(...scores));
      const probabilities = softmax(scores, temperature ?? 1);
      // The threshold was chosen and measured on probabilities without a temperature, which orders texts otherwise.
      const isAccepted = rejectBelow === null || (softmax(scores, 1)[best] ?? 0) >= rejectBelow;
      return {
        label: labels[best] ?? '',
        probability: probabilities[best] ?? 0,
        probabilities: Object.fromEntries(labels.map((label, i) => [label, probabilities[i] ?? 0])),
        calibrated: temperature !== null,
        accepted: isAccepted,
        truncated,
      };
    },
    async close() {
      await session.release();
    },
  };
}

/** @param {readonly number[]} logits
 *  @param {number} temperature */
function softmax(logits, temperature) {
  const highest = Math.max(...logits);
  const powers = logits.map((value) => Math.exp((value - highest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
