import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tensor } from 'onnxruntime-node';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../shared/errors/reasons.ts';
import type { Pooling, TokenBatch } from '../../../shared/train/spec.ts';
import { type ModelManifest, modelHash, verifyModelFolder } from '../../models/model-folder.ts';
import { ONNX_FILE, type OnnxConfig, readOnnxConfig } from '../../models/onnx-only.ts';
import { type ModelRef, TOKENIZER } from '../open-model.ts';
import { type CheckedOnnx, checkOnnx } from '../ort/check-onnx.ts';
import type { Encoder } from '../ort/encoder.ts';
import { OrtSession, type SessionOptions } from '../ort/session.ts';
import { createTokenizer, type TextTokenizer } from '../tokenizer.ts';
import { readTokenizerFile } from '../tokenizer-file.ts';
import { ENCODER_RULES } from './operators.ts';

export interface OpenOnnx {
  readonly encoder: Encoder;
  readonly tokenizer: TextTokenizer;
  readonly tokenizerFile: object;
  readonly config: OnnxConfig;
  readonly checked: CheckedOnnx;
}

const fail = (problem: Reason, cause?: unknown) => new AppError('model.file', { file: ONNX_FILE, problem }, { cause });

/** Opens an encoder that is an ONNX file alone, its files checked against its manifest and itself looked through before it is loaded.
 *  @throws AppError 'model.hash', 'model.file' */
export async function openOnnxModel(
  ref: ModelRef,
  manifest: ModelManifest,
  options: SessionOptions,
): Promise<OpenOnnx> {
  if (ref.hash !== null && ref.hash !== modelHash(manifest)) throw new AppError('model.hash', { file: manifest.id });
  await verifyModelFolder(ref.folder, manifest);
  const config = await readOnnxConfig(ref.folder);
  const tokenizerFile = await readTokenizerFile(join(ref.folder, TOKENIZER));
  const bytes = await readFile(join(ref.folder, ONNX_FILE));
  const checked = checkOnnx(bytes, ONNX_FILE, ENCODER_RULES);
  const encoder = await onnxEncoder(bytes, checked, { ...config, pooling: manifest.pooling }, options);
  return { encoder, tokenizer: createTokenizer(tokenizerFile), tokenizerFile, config, checked };
}

/** What a graph may ask for, as int64 [rows, length]. */
const FEEDS: Readonly<Record<string, (batch: TokenBatch) => BigInt64Array>> = {
  input_ids: ({ inputIds }) => BigInt64Array.from(inputIds, BigInt),
  attention_mask: ({ attentionMask }) => BigInt64Array.from(attentionMask, BigInt),
  token_type_ids: ({ inputIds }) => new BigInt64Array(inputIds.length),
};
/** Names under which exporters give the hidden states of all tokens. */
const HIDDEN_STATES = ['last_hidden_state', 'token_embeddings', 'hidden_states'];

interface How {
  readonly hiddenSize: number;
  readonly vocabSize: number;
  readonly pooling: Pooling;
}

async function onnxEncoder(
  bytes: Uint8Array,
  { inputs, outputs }: CheckedOnnx,
  { hiddenSize, vocabSize, pooling }: How,
  options: SessionOptions,
): Promise<Encoder> {
  const unknown = inputs.find((name) => !Object.hasOwn(FEEDS, name));
  if (unknown !== undefined) throw fail(because('onnx-asks', { input: unknown.slice(0, 80) }));
  if (!inputs.includes('input_ids')) throw fail(because('onnx-no-ids', {}));
  const output = HIDDEN_STATES.find((name) => outputs.includes(name));
  if (output === undefined) throw fail(because('onnx-no-states', { outputs: outputs.join(', ').slice(0, 200) }));
  const session = await OrtSession.create(bytes, options).catch((cause: unknown) => {
    throw fail(because('onnx-refused', {}), cause);
  });
  return {
    async run(batch) {
      const { rows, length, inputIds } = batch;
      const wrong = inputIds.find((id) => id < 0 || id >= vocabSize);
      if (wrong !== undefined)
        throw new AppError('train.data', { problem: because('token-outside', { token: wrong, size: vocabSize }) });
      const feeds: Record<string, Tensor> = {};
      for (const name of inputs) feeds[name] = session.tensor(FEEDS[name]!(batch), [rows, length]);
      const hidden = new Float32Array(rows * length * hiddenSize);
      await session
        .run(feeds, { [output]: session.tensor(hidden, [rows, length, hiddenSize]) })
        .catch((cause: unknown) => {
          throw fail(because('onnx-answers', { output, size: hiddenSize }), cause);
        });
      return { embeddings: pooled(hidden, batch, hiddenSize, pooling), logits: new Float32Array(0) };
    },
    dispose: () => session.dispose(),
  };
}

/** [rows, hidden], each of length 1: the first token's, or the mean of those that count. */
function pooled(hidden: Float32Array, { rows, length, attentionMask }: TokenBatch, width: number, pooling: Pooling) {
  const vectors = new Float32Array(rows * width);
  const vector = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    vector.fill(0);
    const tokens = pooling === 'cls' ? 1 : length;
    for (let token = 0; token < tokens; token++) {
      const at = row * length + token;
      if (attentionMask[at] === 0) continue;
      for (let k = 0; k < width; k++) vector[k]! += hidden[at * width + k]!;
    }
    // The count of a mean falls out when the vector is brought to length 1.
    const norm = Math.hypot(...vector) + 1e-12;
    for (let k = 0; k < width; k++) vectors[row * width + k] = vector[k]! / norm;
  }
  return vectors;
}
