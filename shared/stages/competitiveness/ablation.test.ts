import { expect, it } from 'vitest';
import { type RunConfig, suggestConfig } from '../../train/run-config.ts';
import { ablationPairs } from './ablation.ts';
import type { RunRecord } from './results.ts';

const BASE = suggestConfig({ rowsPerClass: [50, 50], maxLength: 64, seed: 1 }).config;

/** The parts of a run that decide what it may be held against. */
function run(id: string, changes: Partial<RunConfig>, parts: Partial<RunRecord> = {}): RunRecord {
  const compared = { id, kind: 'tuned', modelHash: 'm', testLock: 't', config: { ...BASE, ...changes }, ...parts };
  return compared as RunRecord;
}

const told = (runs: readonly RunRecord[]) =>
  ablationPairs(runs).map(({ option, run: { id }, reference }) => `${option}: ${id} − ${reference.id}`);

it('pairs runs that differ in one option, and no others', () => {
  const runs = [
    run('R1', {}),
    run('R2', { rDrop: 0.5 }),
    run('R3', { rDrop: 0.5, adversary: { type: 'fgm', epsilon: 1 } }),
    run('R10', { adversary: { type: 'fgm', epsilon: 1 } }),
  ];
  expect(told(runs)).toEqual(['rDrop: R2 − R1', 'adversary: R10 − R1', 'adversary: R3 − R2', 'rDrop: R3 − R10']);
});

it('the reference leaves the option at rest, whichever run came first; of two values it is the earlier', () => {
  expect(told([run('R1', { classWeights: 'balanced' }), run('R2', { classWeights: 'none' })])).toEqual([
    'classWeights: R1 − R2',
  ]);
  expect(told([run('R1', { rDrop: 0.5 }), run('R2', { rDrop: 1 })])).toEqual(['rDrop: R2 − R1']);
});

it('another seed, base model or test rows make no pair, nor does a compressed run', () => {
  expect(told([run('R1', {}), run('R2', { seed: 2 })])).toEqual([]);
  expect(told([run('R1', {}), run('R2', { rDrop: 1 }, { modelHash: 'other' })])).toEqual([]);
  expect(told([run('R1', {}), run('R2', { rDrop: 1 }, { testLock: 'other' })])).toEqual([]);
  expect(told([run('R1', {}), run('R2', { rDrop: 1 }, { kind: 'compressed' })])).toEqual([]);
});
