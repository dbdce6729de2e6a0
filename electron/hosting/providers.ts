import { join } from 'node:path';
import { z } from 'zod';
import {
  fastestProvider,
  type Provider,
  type ProviderTrial,
  providerTrialSchema,
} from '../../shared/train/provider.ts';
import { jsonFile } from './json-file.ts';

const TRIAL_LIMIT_MS = 300_000;

/** Which of ONNX Runtime's providers could be there, by operating system; each has still to be tried. */
const CANDIDATES: Readonly<Record<string, readonly Provider[]>> = {
  linux: ['webgpu', 'cuda'],
  win32: ['webgpu', 'dml', 'cuda'],
  darwin: ['webgpu', 'coreml'],
};

/** Asks a throw-away process to try a provider. Rejects when that process dies; with the signal's reason when aborted. */
export type TryProvider = (provider: Provider, threads: number, signal: AbortSignal) => Promise<ProviderTrial>;

/** What this machine can compute with, as trials have shown it. Kept for this user beyond a restart. */
export interface Providers {
  /** Providers that may be tried here. */
  candidates(): readonly Provider[];
  trials(): readonly ProviderTrial[];
  /** Tries a provider in a process of its own and keeps what came of it. */
  try(provider: Provider): Promise<void>;
  /** Ends the trial under way; nothing is kept of it. */
  stop(): void;
  /** What to compute with: the person's choice, else the fastest that was right. */
  chosen(wish: Provider | null): Provider;
}

class Stopped extends Error {}
class TooLong extends Error {}

export function createProviders(
  folder: string,
  tryProvider: TryProvider,
  threads: () => number,
  system: string = process.platform,
  limitMs = TRIAL_LIMIT_MS,
): Providers {
  const file = jsonFile(join(folder, 'providers.json'), z.array(providerTrialSchema), () => []);
  let running: AbortController | null = null;
  const none = { largestDifference: null, stepMs: null, cpuStepMs: null, detail: null };
  return {
    candidates: () => CANDIDATES[system] ?? [],
    trials: () => file.read(),
    async try(provider) {
      running?.abort(new Stopped());
      const control = new AbortController();
      running = control;
      const limit = setTimeout(() => control.abort(new TooLong()), limitMs);
      const outcomeOf = async (): Promise<ProviderTrial | null> => {
        try {
          return await tryProvider(provider, threads(), control.signal);
        } catch {
          if (control.signal.reason instanceof Stopped) return null;
          return { provider, outcome: control.signal.aborted ? 'timed-out' : 'crashed', ...none };
        } finally {
          clearTimeout(limit);
        }
      };
      const trial = await outcomeOf();
      if (trial !== null) file.write([...file.read().filter((other) => other.provider !== provider), trial]);
    },
    stop: () => running?.abort(new Stopped()),
    chosen: (wish) => wish ?? fastestProvider(file.read()),
  };
}
