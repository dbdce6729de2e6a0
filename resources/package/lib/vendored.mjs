import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

/** Modules that this package brings along. They are found beside it and nowhere else, so nothing has to be installed. */
export const VENDORED = ['onnxruntime-node', 'onnxruntime-common', '@huggingface/tokenizers'];

/** @param {string} folder */
function requireFrom(folder) {
  return createRequire(join(folder, 'vendor', 'load.cjs'));
}

/** Where each vendored module is loaded from.
 *  @param {string} folder */
export function vendoredPaths(folder) {
  const require = requireFrom(folder);
  return VENDORED.map((name) => {
    const path = require.resolve(name);
    return { name, path, inside: path.startsWith(join(folder, 'vendor') + sep) };
  });
}

/** @param {string} folder
 *  @param {string} name */
export function loadVendored(folder, name) {
  const found = vendoredPaths(folder).find((module) => module.name === name);
  if (found === undefined || !found.inside) throw new Error(`${name} is missing in the vendor folder`);
  return requireFrom(folder)(name);
}
