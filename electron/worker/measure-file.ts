import type { TokenBatch } from '../../shared/train/spec.ts';
import type { MeasureFileRequest } from '../../shared/worker/model-files.ts';
import type { WorkerResults } from '../../shared/worker/protocol.ts';
import { readUnderKey } from '../files/sealed-file.ts';
import type { BatchRunOptions } from './batch-runs.ts';
import { measureLatency } from './latency.ts';
import type { Spool } from './open-model.ts';
import { asOpened, OrtSession } from './ort/session.ts';
import { openTokenizer } from './tokenizer.ts';

const PROVIDER = 'cpu';
const BYTES_PER_KILOBYTE = 1024;
const BYTES_PER_MB = 1_000_000;

/** Loads an exported file as the server of a deployment package does, and times it. */
export async function measureFile(
  request: MeasureFileRequest & Spool,
  options: BatchRunOptions,
): Promise<WorkerResults['measureFile']> {
  const { file, texts, maxLength, threads, classes, spoolKey } = request;
  const tokenizer = await openTokenizer(request.tokenizer, spoolKey);
  const { tokens } = tokenizer.encode(texts, maxLength);
  const model = await asOpened(await readUnderKey(file, spoolKey));
  const session = await OrtSession.create(model, { threads, provider: PROVIDER });
  const run = async ({ rows, length, inputIds, attentionMask }: TokenBatch) => {
    const logits = new Float32Array(rows * classes);
    const wide = (values: Int32Array | Uint8Array) =>
      session.tensor(BigInt64Array.from(values, BigInt), [rows, length]);
    const feeds = { input_ids: wide(inputIds), attention_mask: wide(attentionMask) };
    await session.run(feeds, { logits: session.tensor(logits, [rows, classes]) });
    return logits;
  };
  try {
    const latency = await measureLatency(
      { ...request, width: classes, provider: PROVIDER, tokens, padId: tokenizer.padId, run },
      options,
    );
    return { latency, peakMemoryMb: (process.resourceUsage().maxRSS * BYTES_PER_KILOBYTE) / BYTES_PER_MB };
  } finally {
    await session.dispose();
  }
}
