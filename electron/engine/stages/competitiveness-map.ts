import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { competitiveness } from '../../../shared/stages/competitiveness/contract.ts';
import type { RunRecord } from '../../../shared/stages/competitiveness/results.ts';
import type { EngineContext } from '../context.ts';
import type { StepKinds } from '../project/overview.ts';
import { aboveFloor } from './competitiveness/above-floor.ts';

/** Percentage points of a difference of proportions. */
const POINTS_PER_UNIT = 100;

export const competitivenessStepKinds: Readonly<Record<(typeof competitiveness.steps)[number], StepKinds>> = {
  data: {
    kinds: ['competitiveness.labels', 'competitiveness.split', 'competitiveness.taskData'],
    done: ['competitiveness.split', 'competitiveness.taskData'],
  },
  models: {
    kinds: [
      'competitiveness.floors',
      'competitiveness.run',
      'competitiveness.classified',
      'competitiveness.explanation',
      'competitiveness.faithfulness',
      'competitiveness.encoder',
      'competitiveness.taskFloors',
      'competitiveness.taskRun',
      'competitiveness.taskAnswers',
    ],
    done: ['competitiveness.run', 'competitiveness.taskRun'],
  },
  compression: { kinds: ['competitiveness.compressed'], done: ['competitiveness.compressed'] },
  experiments: {
    kinds: ['competitiveness.experiment', 'competitiveness.usability'],
    done: ['competitiveness.experiment', 'competitiveness.usability'],
  },
  strategy: { kinds: ['competitiveness.strategies', 'competitiveness.decision'], done: ['competitiveness.decision'] },
};

export function competitivenessFigures({ store, view }: EngineContext): MapFigure[] {
  const models = ['competitiveness.run', 'competitiveness.compressed']
    .flatMap((kind) => store.slotsOf(kind))
    .flatMap((slot) => view<RunRecord>(slot) ?? [])
    .filter(({ result }) => result.gate === null || result.gate.verdict === 'accepted');
  const best = models.toSorted((a, b) => b.result.test.accuracy.value - a.result.test.accuracy.value)[0];
  const above = best === undefined ? null : aboveFloor(store, best.result.id);
  const slot = best?.artifact.slot ?? null;
  const accuracy = best?.result.test.accuracy;
  return [
    {
      id: 'accuracy',
      value: accuracy?.value ?? null,
      low: accuracy?.low ?? null,
      high: accuracy?.high ?? null,
      text: best?.result.name ?? null,
      unit: 'share',
      slot,
    },
    {
      id: 'aboveFloor',
      value: above === null ? null : above.difference.value * POINTS_PER_UNIT,
      low: above === null ? null : above.difference.low * POINTS_PER_UNIT,
      high: above === null ? null : above.difference.high * POINTS_PER_UNIT,
      text: above?.floor ?? null,
      unit: 'points',
      slot,
      ...(above === null
        ? {}
        : { basis: { method: 'paired-bootstrap' as const, n: above.rows, resamples: above.resamples } }),
    },
    {
      id: 'latency',
      value: best?.result.latency?.p95Ms ?? null,
      low: null,
      high: null,
      text: null,
      unit: 'milliseconds',
      slot,
    },
  ];
}

export function competitivenessNext({ store }: EngineContext): Overview['next'] {
  const step = (id: string, at: string): Overview['next'] => [
    { id: `competitiveness.${id}`, stage: 'competitiveness', step: at, params: {} },
  ];
  if (store.current('demand.topics') === undefined && store.slotsOf('demand.clean').length === 0) return [];
  if (store.current('competitiveness.labels') === undefined && store.slotsOf('competitiveness.taskData').length > 0) {
    return store.slotsOf('competitiveness.taskRun').length === 0 ? step('train', 'models') : [];
  }
  if (store.current('competitiveness.labels') === undefined) return step('labels', 'data');
  if (store.current('competitiveness.split') === undefined) return step('split', 'data');
  if (store.current('competitiveness.floors') === undefined) return step('floors', 'models');
  if (store.slotsOf('competitiveness.run').length === 0) return step('train', 'models');
  return store.current('competitiveness.decision') === undefined ? step('decide', 'strategy') : [];
}
