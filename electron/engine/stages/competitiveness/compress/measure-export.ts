import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LatencyResult } from '../../../../../shared/worker/inference.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import { createWorkerClient } from '../../../jobs/worker-client.ts';
import type { modelRequest } from '../project-model.ts';

const LATENCY_REPEATS = 100;
const BYTES_PER_MB = 1_000_000;

export type ModelRequest = Awaited<ReturnType<typeof modelRequest>>;

export interface MeasuredExport {
  readonly latency: LatencyResult;
  readonly sizeMb: number;
  readonly peakMemoryMb: number;
}

/** Writes a model as a file and has a process that has done nothing else load and time it: its memory is then the file's. */
export async function measureExport(
  { worker, deps, spoolFolder, spoolKey, signal }: StepContext<unknown>,
  { maxLength, threads, ...model }: ModelRequest,
  name: string,
  texts: readonly string[],
): Promise<MeasuredExport> {
  const file = join(spoolFolder, `${name}.onnx`);
  const tokenizer = join(spoolFolder, `${name}.tokenizer.json`);
  const { classes } = model;
  const { bytes } = await worker.run({ type: 'export', ...model, file, tokenizer, sealed: true }, { signal });
  const fresh = createWorkerClient(() => deps.spawn('worker'), deps.quietAfterMs, spoolKey);
  try {
    const asked = { file, tokenizer, classes, texts: [...texts], maxLength, repeats: LATENCY_REPEATS, threads };
    const measured = await fresh.run({ type: 'measureFile', ...asked }, { signal });
    return { ...measured, sizeMb: bytes / BYTES_PER_MB };
  } finally {
    fresh.dispose();
    for (const path of [file, tokenizer]) await rm(path, { force: true });
  }
}
