import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import type { InspectModelRequest, WorkerResults } from '../../shared/worker/protocol.ts';
import type { BatchRunOptions } from './batch-runs.ts';
import type { Inference } from './infer.ts';
import { openModel, type Spool, TOKENIZER } from './open-model.ts';

/** Words of several scripts, a blank text, and one longer than a row of letters should be. */
const PROBES = ['', 'a', 'The card was lost.', '卡丢了，怎么办？', 'Über 3½ naïve cafés 🙂', 'x'.repeat(2_000)];
const PROBE_LENGTH = 64;

/** Opens a base model for the first time: every tensor there and finite, every token within the word table, and a vector of length 1 for each of a few
 *  texts. @throws AppError what is at fault: 'model.file', 'model.tensor-missing', 'model.tensor-shape', 'model.unsupported' */
export async function inspectModel(
  request: InspectModelRequest & Spool,
  inference: Inference,
  options: BatchRunOptions,
): Promise<WorkerResults['inspectModel']> {
  const ref = { ...request, hash: null, tuned: null };
  const model = await openModel(ref);
  const { config, found } = model;
  const highest = highestToken(model.tokenizerFile);
  if (highest >= config.vocabSize) {
    throw new AppError('model.file', {
      file: TOKENIZER,
      problem: `it has a token ${highest}, the word table ends at ${config.vocabSize - 1}`,
    });
  }
  const maxLength = Math.min(PROBE_LENGTH, model.maxTokens);
  const { vectors, dimensions } = await inference.embed({ ...ref, type: 'embed', texts: PROBES, maxLength }, options);
  for (let i = 0; i < PROBES.length; i++) {
    const length = Math.hypot(...vectors.subarray(i * dimensions, (i + 1) * dimensions));
    if (!(Math.abs(length - 1) < 1e-3)) {
      throw new AppError('model.file', { file: 'config.json', problem: 'the model answers a text without a vector' });
    }
  }
  return { ...found, maxLength: model.maxTokens, tokenizer: tokenizerKind(model.tokenizerFile) };
}

const tokenizerSchema = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int().min(0) })),
  model: z.looseObject({ type: z.string(), vocab: z.union([z.record(z.string(), z.number()), z.array(z.unknown())]) }),
});

function parse(file: object) {
  const parsed = tokenizerSchema.safeParse(file);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const problem = `${issue.path.map(String).join('.')}: ${issue.message}`;
  throw new AppError('model.file', { file: TOKENIZER, problem }, { cause: parsed.error });
}

const tokenizerKind = (file: object): string => parse(file).model.type;

function highestToken(file: object): number {
  const { added_tokens: added, model } = parse(file);
  let highest = Array.isArray(model.vocab) ? model.vocab.length - 1 : -1;
  if (!Array.isArray(model.vocab)) for (const id of Object.values(model.vocab)) highest = Math.max(highest, id);
  for (const { id } of added) highest = Math.max(highest, id);
  return highest;
}
