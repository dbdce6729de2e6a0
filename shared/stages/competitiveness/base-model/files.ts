/** Which files of a downloaded model folder are read, by their way from its top. Anything else (PyTorch's own files, notebooks) is left where it is. */

export const MOST_MODEL_FILES = 100;

/** As transformers and huggingface_hub name them, whole or in parts. */
const WEIGHTS = /^model(-\d{5}-of-\d{5})?\.safetensors$/;
const LICENCE = /^(licen[cs]e|copying)(\.(txt|md))?$/i;
const PLAIN = new Set(['config.json', 'tokenizer.json', 'model.safetensors.index.json', 'model.onnx', 'README.md']);

/** What a file becomes in the workbench's own folder; null where it is only read (`hints`) or not at all. */
export function keptAs(path: string): string | null {
  if (path === 'onnx/model.onnx') return 'model.onnx';
  if (path === 'README.md') return null;
  return PLAIN.has(path) || WEIGHTS.test(path) || LICENCE.test(path) ? path : null;
}

export const isLicence = (path: string) => LICENCE.test(path);

/** Files that say how the model is used: sentence-transformers' pooling and longest text, and the licence that a model card names. */
export const HINTS = {
  pooling: '1_Pooling/config.json',
  length: 'sentence_bert_config.json',
  card: 'README.md',
} as const;

/** Whether importing reads this file. */
export const isModelFile = (path: string) =>
  keptAs(path) !== null || (Object.values(HINTS) as readonly string[]).includes(path);

/** The files to take of a folder. The same encoder in a second form is left out: ONNX where there are safetensors. */
export function chooseModelFiles<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  const taken = files.filter(({ path }) => isModelFile(path));
  const hasWeights = taken.some(({ path }) => WEIGHTS.test(path));
  const hasOnnx = taken.some(({ path }) => path === 'model.onnx');
  return taken.filter(
    ({ path }) => !(keptAs(path) === 'model.onnx' && (hasWeights || (hasOnnx && path !== 'model.onnx'))),
  );
}

/** As `baseModelId` takes it. */
const LONGEST_ID = 64;

/** An id made of a folder's name: a long name is cut, and begins and ends with a letter or figure all the same. */
export function idFrom(name: string): string {
  const clean = name
    .normalize('NFKD')
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, LONGEST_ID)
    .replace(/[^A-Za-z0-9]+$/, '');
  return clean || 'model';
}
