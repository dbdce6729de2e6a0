import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const PEERS = ['step', 'loop', 'trainer', 'embed'] as const;
export type PeerName = (typeof PEERS)[number];

/** What a peer says of a slice of its work. */
export interface PeerSlice {
  readonly seconds: number;
  readonly texts: number;
  /** Largest memory of its process so far. */
  readonly peak_mb: number;
}

/** A Python program that does the same work as ours, a slice whenever it is asked and nothing between. */
export interface Peer {
  readonly torch: string;
  /** Rate of PyTorch's own matrix product. */
  readonly gemmGflops: number;
  slice(): Promise<PeerSlice>;
  close(): void;
}

/** @param python an interpreter with torch, transformers and accelerate
 *  @param folder where the task is written for it */
export async function startPeer(name: PeerName, python: string, task: object, folder: string): Promise<Peer> {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(task));
  const child = spawn(python, [join(import.meta.dirname, 'peers', `${name}.py`), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, HF_HUB_OFFLINE: '1', TRANSFORMERS_VERBOSITY: 'error', TOKENIZERS_PARALLELISM: 'false' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    // Libraries print lines of their own.
    for (;;) {
      const line = await lines.next();
      if (line.done === true) throw new Error(`${name}.py ended: is ${python} one with torch and transformers?`);
      if (line.value.startsWith('{"')) return JSON.parse(line.value);
    }
  };
  const { torch, gemm_gflops: gemmGflops } = (await next()) as { readonly torch: string; readonly gemm_gflops: number };
  return {
    torch,
    gemmGflops,
    async slice() {
      child.stdin.write('\n');
      return (await next()) as PeerSlice;
    },
    close: () => child.stdin.end(),
  };
}
