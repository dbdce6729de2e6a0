import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { because } from '../../shared/errors/reasons.ts';
import type { FoundEncoder, InspectModelRequest } from '../../shared/worker/model-files.ts';
import type { WorkerResults } from '../../shared/worker/protocol.ts';
import { parseModelJson } from '../models/json-file.ts';
import { readManifest } from '../models/model-folder.ts';
import { isOnnxOnly } from '../models/onnx-only.ts';
import type { BatchRunOptions } from './batch-runs.ts';
import type { Inference } from './infer.ts';
import { openOnnxModel } from './onnx-only/onnx-encoder.ts';
import { openModel, type Spool, TOKENIZER } from './open-model.ts';

/** Words of several scripts, a blank text, and one longer than a row of letters should be. */
const PROBES = ['', 'a', 'The card was lost.', '卡丢了，怎么办？', 'Über 3½ naïve cafés 🙂', 'x'.repeat(2_000)];
const PROBE_LENGTH = 64;

interface Inspected {
  readonly found: FoundEncoder;
  readonly tokenizerFile: object;
  readonly maxTokens: number;
}

/** Opens a base model for the first time: every tensor there and finite, every token within the word table, and a vector of length 1 for each of a few
 *  texts. @throws AppError what is at fault: 'model.file', 'model.tensor-missing', 'model.tensor-shape', 'model.unsupported' */
export async function inspectModel(
  request: InspectModelRequest & Spool,
  inference: Inference,
  options: BatchRunOptions,
): Promise<WorkerResults['inspectModel']> {
  const ref = { ...request, hash: null, tuned: null };
  const manifest = await readManifest(ref.folder);
  const { found, tokenizerFile, maxTokens }: Inspected = isOnnxOnly(manifest)
    ? await openedOnnx(request)
    : await openModel(ref);
  const tokenizer = parseModelJson(tokenizerSchema, tokenizerFile, TOKENIZER);
  const highest = highestToken(tokenizer);
  if (highest >= found.vocabSize) {
    throw new AppError('model.file', {
      file: TOKENIZER,
      problem: because('token-beyond', { token: highest, last: found.vocabSize - 1 }),
    });
  }
  const maxLength = Math.min(PROBE_LENGTH, maxTokens);
  const { vectors, dimensions } = await inference.embed({ ...ref, type: 'embed', texts: PROBES, maxLength }, options);
  for (let i = 0; i < PROBES.length; i++) {
    const length = Math.hypot(...vectors.subarray(i * dimensions, (i + 1) * dimensions));
    if (!(Math.abs(length - 1) < 1e-3)) {
      throw new AppError('model.file', { file: 'config.json', problem: because('no-vector', {}) });
    }
  }
  return { ...found, maxLength: maxTokens, tokenizer: tokenizer.model.type };
}

async function openedOnnx(request: InspectModelRequest & Spool): Promise<Inspected> {
  const manifest = await readManifest(request.folder);
  const { encoder, tokenizerFile, config, checked } = await openOnnxModel(
    { ...request, hash: null, tuned: null },
    manifest,
    { threads: request.threads },
  );
  await encoder.dispose();
  const { family, layers, hiddenSize, vocabSize, maxTokens } = config;
  const found: FoundEncoder = {
    ...{ family, layers, hiddenSize, vocabSize, embeddingSize: hiddenSize, heads: null },
    ...{ parameters: checked.parameters, storedAs: ['ONNX'], unused: 0, trainable: false },
  };
  return { found, tokenizerFile, maxTokens };
}

const tokenizerSchema = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int().min(0) })),
  model: z.looseObject({ type: z.string(), vocab: z.union([z.record(z.string(), z.number()), z.array(z.unknown())]) }),
});
type TokenizerFile = z.output<typeof tokenizerSchema>;

function highestToken({ added_tokens: added, model }: TokenizerFile): number {
  let highest = Array.isArray(model.vocab) ? model.vocab.length - 1 : -1;
  if (!Array.isArray(model.vocab)) for (const id of Object.values(model.vocab)) highest = Math.max(highest, id);
  for (const { id } of added) highest = Math.max(highest, id);
  return highest;
}
