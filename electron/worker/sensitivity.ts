import { quantisedGroups } from '../../shared/train/quantised-graph.ts';
import type { TokenBatch } from '../../shared/train/spec.ts';
import type { SensitivityRequest, WorkerResults } from '../../shared/worker/protocol.ts';
import { type BatchRunOptions, runInBatches } from './batch-runs.ts';
import { openModel, type Spool } from './open-model.ts';
import { createEncoder, type Quantised } from './ort/encoder.ts';

/** Answers of a model in float32, and with one part at a time in int8. */
export async function measureSensitivity(
  request: SensitivityRequest & Spool,
  { signal, onProgress }: BatchRunOptions,
): Promise<WorkerResults['sensitivity']> {
  const { config, manifest, weights, tokenizer, maxTokens } = await openModel(request);
  const { tokens } = tokenizer.encode(request.texts, Math.min(request.maxLength, maxTokens));
  const spec = { encoder: config, pooling: manifest.pooling, head: 'linear', labels: request.classes } as const;
  const answers = async (quantised: Quantised) => {
    const encoder = await createEncoder(spec, weights, { threads: request.threads, provider: 'cpu' }, quantised);
    const run = async (batch: TokenBatch) => (await encoder.run(batch)).logits;
    try {
      return await runInBatches(tokens, tokenizer.padId, request.classes, run, { signal });
    } finally {
      await encoder.dispose();
    }
  };
  const names = quantisedGroups(config.layers);
  const reference = await answers('none');
  const groups: { group: string; logits: Float32Array }[] = [];
  for (const group of names) {
    groups.push({ group, logits: await answers(new Set([group])) });
    onProgress?.(groups.length, names.length);
  }
  return { reference, groups };
}
