import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ProviderTrial } from '../../shared/train/provider.ts';
import { createProviders, type TryProvider } from './providers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'providers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const found: ProviderTrial = {
  provider: 'webgpu',
  outcome: 'faster',
  largestDifference: 1e-6,
  stepMs: 10,
  cpuStepMs: 40,
  detail: null,
};
const open = (tryProvider: TryProvider, limitMs?: number) =>
  createProviders(folder, tryProvider, () => 2, 'linux', limitMs);
/** A process that answers nothing until it is ended. */
const silent: TryProvider = (_provider, _threads, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

it('computes on the processor until a trial has shown something better, and remembers it', async () => {
  const providers = open(async () => found);
  expect(providers.candidates()).toEqual(['webgpu', 'cuda']);
  expect(providers.chosen(null)).toBe('cpu');
  await providers.try('webgpu');
  expect(providers.chosen(null)).toBe('webgpu');
  expect(providers.chosen('cpu')).toBe('cpu');
  expect(open(silent).chosen(null)).toBe('webgpu');
});

it('keeps a crash and a trial without end as what they are', async () => {
  await open(async () => {
    throw new Error('gone');
  }).try('cuda');
  await open(silent, 10).try('webgpu');
  expect(
    open(silent)
      .trials()
      .map(({ provider, outcome }) => [provider, outcome]),
  ).toEqual([
    ['cuda', 'crashed'],
    ['webgpu', 'timed-out'],
  ]);
});

it('keeps nothing of a trial that a person stopped', async () => {
  const providers = open(silent);
  const trial = providers.try('webgpu');
  providers.stop();
  await trial;
  expect(providers.trials()).toEqual([]);
});
