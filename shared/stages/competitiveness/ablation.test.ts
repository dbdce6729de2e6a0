import { expect, it } from 'vitest';
import { learningRateFor, type RunConfig, runConfigSchema, suggestConfig } from '../../train/run-config.ts';
import { usualMethod } from '../../train/usual-method.ts';
import { type AblationRun, ablationPairs, missingRuns } from './ablation.ts';

const BASE = suggestConfig({ rowsPerClass: [50, 50], maxLength: 64, seed: 1 }).config;
const FGM = { type: 'fgm', epsilon: 1 } as const;
const LORA = { method: usualMethod('lora', 4), learningRate: learningRateFor('lora') };

function run(id: string, changes: Partial<RunConfig>, parts: Partial<AblationRun> = {}): AblationRun {
  const config = { ...BASE, ...changes };
  return { id, start: 'm', testLock: 't', config, seeds: [config.seed], ...parts };
}

const told = (runs: readonly AblationRun[]) =>
  ablationPairs(runs).map(({ option, run: { id }, reference }) => `${option}: ${id} − ${reference.id}`);
const lacking = (runs: readonly AblationRun[]) =>
  missingRuns(runs).map(({ option, run: { id } }) => `${id} without ${option}`);

it('pairs runs that differ in one option, and no others', () => {
  const runs = [
    run('R1', {}),
    run('R2', { rDrop: 0.5 }),
    run('R3', { rDrop: 0.5, adversary: FGM }),
    run('R10', { adversary: FGM }),
  ];
  expect(told(runs)).toEqual(['rDrop: R2 − R1', 'adversary: R10 − R1', 'adversary: R3 − R2', 'rDrop: R3 − R10']);
});

it('the reference leaves the option at rest, whichever run came first; of two values it is the earlier', () => {
  expect(told([run('R1', { classWeights: 'balanced' }), run('R2', { classWeights: 'none' })])).toEqual([
    'classWeights: R1 − R2',
  ]);
  expect(told([run('R1', { rDrop: 0.5 }), run('R2', { rDrop: 1 })])).toEqual(['rDrop: R2 − R1']);
});

it('another seed, start or test rows make no pair', () => {
  expect(told([run('R1', {}), run('R2', { seed: 2 })])).toEqual([]);
  expect(told([run('R1', {}), run('R2', { rDrop: 1 }, { start: 'other' })])).toEqual([]);
  expect(told([run('R1', {}), run('R2', { rDrop: 1 }, { testLock: 'other' })])).toEqual([]);
});

it('of several seeds the best answers: such a run is held against one from the same seeds alone', () => {
  const several = { seeds: [1, 2, 3] };
  expect(told([run('R1', {}, several), run('R2', { rDrop: 1 })])).toEqual([]);
  expect(told([run('R1', {}, several), run('R2', { rDrop: 1 }, several)])).toEqual(['rDrop: R2 − R1']);
  const both = { rDrop: 1, adversary: FGM };
  expect(lacking([run('R1', both, several), run('R2', { rDrop: 1 })])).toEqual([
    'R1 without rDrop',
    'R1 without adversary',
  ]);
});

it('a method with its usual learning rate is one option; at another rate there are two', () => {
  expect(told([run('R1', {}), run('R2', LORA)])).toEqual(['method: R2 − R1']);
  expect(told([run('R1', { learningRate: BASE.learningRate / 2 }), run('R2', LORA)])).toEqual(['method: R2 − R1']);
  expect(told([run('R1', {}), run('R2', { ...LORA, learningRate: 0.02 })])).toEqual([]);
  expect(told([run('R1', { learningRate: 0.02 }), run('R2', { ...LORA, learningRate: 0.02 })])).toEqual([
    'method: R2 − R1',
  ]);
  expect(told([run('R1', LORA), run('R2', { ...LORA, learningRate: 0.02 })])).toEqual(['learningRate: R2 − R1']);
});

it('class weights go with their β, which says nothing where it is not used', () => {
  const effective = { classWeights: 'effective-number', effectiveNumberBeta: 0.99 } as const;
  expect(told([run('R1', {}), run('R2', effective)])).toEqual(['classWeights: R2 − R1']);
  expect(told([run('R1', effective), run('R2', { ...effective, effectiveNumberBeta: 0.9 })])).toEqual([
    'effectiveNumberBeta: R2 − R1',
  ]);
  expect(told([run('R1', { effectiveNumberBeta: 0.9 }), run('R2', { rDrop: 1 })])).toEqual(['rDrop: R2 − R1']);
});

it('of a run with several options the trainings without each of them are missing until they are there', () => {
  const several = run('R1', { rDrop: 0.5, adversary: FGM, classWeights: 'effective-number', effectiveNumberBeta: 0.9 });
  expect(lacking([several])).toEqual(['R1 without classWeights', 'R1 without rDrop', 'R1 without adversary']);
  const [first, ...rest] = missingRuns([several]);
  expect(first!.config).toEqual({ ...BASE, rDrop: 0.5, adversary: FGM });
  for (const { config } of [first!, ...rest]) expect(runConfigSchema.parse(config)).toEqual(config);
  // R2 is there for R1: what is missing of R2 itself is nobody's question.
  expect(lacking([several, run('R2', first!.config)])).toEqual(['R1 without rDrop', 'R1 without adversary']);
  expect(told([several, run('R2', first!.config)])).toEqual(['classWeights: R1 − R2']);
});

it('nothing is missing of a run with one option, and nothing is asked for twice', () => {
  expect(lacking([run('R1', {}), run('R2', { rDrop: 0.5 })])).toEqual([]);
  const both = { rDrop: 0.5, adversary: FGM };
  expect(lacking([run('R1', both), run('R2', { ...both, seed: 2 }), run('R3', both)])).toEqual([
    'R1 without rDrop',
    'R1 without adversary',
    'R2 without rDrop',
    'R2 without adversary',
  ]);
});
