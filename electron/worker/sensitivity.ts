import type { TokenBatch } from '../../shared/train/spec.ts';
import { AS_TRAINED, aloneIn, type Storage, storedGroups } from '../../shared/train/storage.ts';
import type { SensitivityRequest } from '../../shared/worker/compression.ts';
import type { WorkerResults } from '../../shared/worker/protocol.ts';
import { type BatchRunOptions, runInBatches } from './batch-runs.ts';
import { openModel, type Spool, storageOf } from './open-model.ts';
import { createEncoder } from './ort/encoder.ts';

/** Answers of a model as trained, and with one part at a time stored as asked. */
export async function measureSensitivity(
  request: SensitivityRequest & Spool,
  { signal, onProgress }: BatchRunOptions,
): Promise<WorkerResults['sensitivity']> {
  const { config, manifest, weights, tokenizer, maxTokens } = await openModel(request);
  const { tokens } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
  const spec = { encoder: config, pooling: manifest.pooling, head: 'linear', labels: request.classes } as const;
  const answers = async (storage: Storage) => {
    const encoder = await createEncoder(spec, weights, { threads: request.threads, provider: 'cpu' }, storage);
    const run = async (batch: TokenBatch) => (await encoder.run(batch)).logits;
    try {
      return await runInBatches(tokens, tokenizer.padId, request.classes, run, { signal });
    } finally {
      await encoder.dispose();
    }
  };
  const storage = storageOf(request);
  const names = storedGroups(config.layers).filter((group) => !storage.keep.includes(group));
  const reference = await answers(AS_TRAINED);
  const groups: { group: string; logits: Float32Array }[] = [];
  for (const group of names) {
    groups.push({ group, logits: await answers(aloneIn(storage, group, config.layers)) });
    onProgress?.(groups.length, names.length);
  }
  return { reference, groups };
}
