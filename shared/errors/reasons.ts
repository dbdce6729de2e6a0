/** Why something was refused, in words that every language has: what `problem` of an error holds. Texts: `reason-texts.zh-CN.ts` and
 *  `reason-texts.en.ts` beside this file. */
export interface ReasonParams {
  // What a request or a file says at one place
  at: { path: string; problem: Reason };
  missing: Empty;
  'wrong-type': { expected: string };
  'over-most': { most: number };
  'under-least': { least: number };
  'not-under': { limit: number };
  'not-over': { limit: number };
  'too-long': { most: number };
  'too-short': { least: number };
  'one-of': { values: string };
  'unknown-keys': { keys: string };
  form: { form: string };
  'not-json': Empty;
  empty: Empty;
  'not-allowed': Empty;

  // Rules of requests, records and settings
  'range-order': Empty;
  'shift-length': Empty;
  'scale-order': Empty;
  'scale-missing': Empty;
  'delimiter-missing': Empty;
  'r-drop-dropout': Empty;
  'adversary-method': { method: string };
  'unfreezing-method': { method: string };
  'rank-order': { rank: number; targetRank: number };
  'rank-updates': Empty;
  'half-precision': { option: string };
  'replay-batch': Empty;
  'ewc-method': { method: string };
  'ewc-embeddings': Empty;
  'contrastive-start': Empty;
  'contrastive-batch': { least: number };

  // Names, passwords and choices in a request
  'nul-in-path': Empty;
  'name-not-everywhere': { name: string };
  'path-too-long': { bytes: number };
  'no-terminal': Empty;
  'repeated-otherwise': Empty;
  'password-in-words': Empty;
  'no-browser': Empty;
  'stored-already': { run: string; technique: string; parent: string };
  'no-such-option': { technique: string };
  'compress-first': { precision: string };
  'unfit-option': { option: string; task: string };
  'trains-nothing': { recipe: string };

  // Tables that come in
  'xlsx-no-archive': Empty;
  'xlsx-no-workbook': Empty;
  'xlsx-part-missing': { part: string };
  'xlsx-bad-xml': { part: string };
  'xlsx-bad-part': { part: string };
  'xlsx-bad-directory': Empty;
  'xlsx-doctype': Empty;
  'xlsx-entries': { most: number };
  'xlsx-name-twice': { name: string };
  'xlsx-inflated': { mb: number };
  'xlsx-encrypted': Empty;
  'xlsx-compression': { name: string };
  'xlsx-name': { name: string };
  'xlsx-archive-within': { name: string };
  'xlsx-ratio': { name: string; ratio: number };
  'xlsx-strings-large': { mb: number };
  'xlsx-strings-many': { most: number };
  'json-record-long': { most: number };
  'json-no-array': Empty;
  'json-text-after': Empty;
  'json-not-closed': Empty;

  // Files of models
  unreadable: Empty;
  'not-a-file': Empty;
  'over-bytes': { bytes: number };
  'over-mb': { mb: number };
  'named-twice': Empty;
  'changed-meanwhile': Empty;
  'none-in-folder': Empty;
  'names-not': { name: string };
  'names-no-licence': Empty;
  'not-checked-in-time': { minutes: number };
  'bad-manifest': Empty;
  'bad-structure': Empty;
  'shard-map': Empty;
  'shard-tensors': { count: number };
  'shard-files': { count: number };
  'shard-name': { tensor: string; file: string };

  // Tensors
  'header-short': Empty;
  'header-over': { bytes: string };
  'header-beyond': { bytes: string };
  'header-start': Empty;
  'header-json': Empty;
  'tensors-over': { count: number };
  'tensor-name': { characters: number };
  'tensor-twice': { tensor: string };
  'tensor-type': { tensor: string; type: string };
  'tensor-shape': { tensor: string };
  'tensor-offsets': { tensor: string };
  'tensor-bytes': { tensor: string; bytes: number; shape: string };
  'tensor-begins': { tensor: string; begin: number; expected: number };
  'tensor-ends': { tensor: string; end: number; bytes: number };
  'bytes-of-none': { bytes: number };
  'tensor-over-32': { tensor: string };
  'tensor-not-finite': { tensor: string };
  'tensor-not-trained': { tensor: string };

  // ONNX files
  'onnx-not': Empty;
  'onnx-functions': Empty;
  'onnx-graphs': Empty;
  'onnx-no-graph': Empty;
  'onnx-domain': { domain: string };
  'onnx-tensors': { most: number };
  'onnx-nodes': { most: number };
  'onnx-sparse': Empty;
  'onnx-foreign-operator': { operator: string; node: string };
  'onnx-operator': { operator: string; node: string };
  'onnx-inner-graph': Empty;
  'onnx-deep': { most: number };
  'onnx-elsewhere': { tensor: string };
  'onnx-numbers': { tensor: string; elements: number; bytes: number };
  'onnx-name': { bytes: number };
  'onnx-asks': { input: string };
  'onnx-no-ids': Empty;
  'onnx-no-states': { outputs: string };
  'onnx-refused': Empty;
  'onnx-answers': { output: string; size: number };
  'onnx-lacks': { port: string };
  'onnx-inputs': { inputs: string };
  'onnx-sizes': Empty;
  'not-a-number': Empty;

  // Tokenizers
  'tokenizer-model': { type: string };
  'tokenizer-parts': { place: string; most: number };
  'tokenizer-part': { place: string; type: string };
  'tokenizer-expression': { place: string; expression: string };
  'tokenizer-list': { place: string };
  'no-padding-token': Empty;
  'no-tokenizer': Empty;
  'token-beyond': { token: number; last: number };
  'special-token': Empty;
  'token-left-out': { token: number };

  // Encoders
  'no-vector': Empty;
  'no-width': Empty;
  family: { families: string };
  activation: { name: string };
  'relative-positions': Empty;
  decoder: Empty;
  'heads-of-size': Empty;
  'no-room': { positions: number };
  'nothing-stays': Empty;
  'adapters-there': { variant: string; width: number };
  'half-range': { value: number };

  // Rows to train on
  paused: Empty;
  'ids-for': { ids: number; texts: number; tokens: number };
  'token-outside': { token: number; size: number };
  'tokens-over': { tokens: number; positions: number };
  'label-outside': { classes: number };
  'teacher-added': Empty;
  'teacher-scores': { scores: number; texts: number };
  'labels-for': { labels: number; texts: number };
  'targets-for': { targets: number; texts: number };
  'target-not-number': Empty;
  'few-classes': { classes: number };
  'contrastive-head': Empty;

  // What a training left behind
  'file-invalid': { file: string };
  'file-short': { file: string };
  'file-other': { file: string };
  'made-with-other': { part: string };
}

type Empty = Record<never, never>;

export type ReasonCode = keyof ReasonParams;

export interface Reason {
  readonly reason: ReasonCode;
  readonly params: Readonly<Record<string, string | number | Reason>>;
}

export function because<C extends ReasonCode>(reason: C, params: ReasonParams[C]): Reason {
  return { reason, params: params as Reason['params'] };
}
