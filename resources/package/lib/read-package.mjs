import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Preprocessing How a text becomes the model's input, as in training.
 * @property {{ readonly normalise: boolean, readonly maskPersonalData: readonly string[] }} clean
 * @property {number} maxLength Most tokens of a text, special tokens included.
 * @property {'keep-closing-token'} truncation What is cut is the end of the text; the closing special token stays.
 *
 * @typedef {object} Sample
 * @property {string} text
 * @property {string | null} expectedLabel What the text was labelled as; null where nobody did.
 * @property {string} label What the model answers.
 * @property {Readonly<Record<string, number>>} probabilities
 * @property {boolean} truncated
 *
 * @typedef {object} DeploymentPackage
 * @property {string} folder
 * @property {string} name
 * @property {'float32' | 'int8' | 'int8-static' | 'int4' | 'float16' | 'sparse'} precision
 * @property {string} builtAt
 * @property {readonly string[]} labels In the order of the model's outputs.
 * @property {number | null} rejectBelow Least probability, before the temperature, with which an answer is accepted; null: every answer is.
 * @property {number | null} temperature What logits are divided by for the probabilities; null: they are taken as they are.
 * @property {Preprocessing} preprocessing
 */

/** @param {string} folder
 *  @param {string} name */
export function readJson(folder, name) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

/** @param {string} folder
 *  @returns {DeploymentPackage} */
export function readPackage(folder) {
  const manifest = readJson(folder, 'manifest.json');
  const { labels } = readJson(folder, 'labels.json');
  const { rejectBelow, temperature } = readJson(folder, 'thresholds.json');
  const preprocessing = readJson(folder, 'preprocessing.json');
  return {
    folder,
    name: manifest.package.name,
    precision: manifest.model.precision,
    builtAt: manifest.package.builtAt,
    labels,
    rejectBelow,
    temperature,
    preprocessing,
  };
}
