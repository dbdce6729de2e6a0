import type { ExperimentResult } from '../experiment/results.ts';
import type { OtherStrategy } from './choice.ts';
import type { GainLink, StrategyExclusion } from './results.ts';
import type { CandidateGain } from './strategy-input.ts';

export interface LinkedGains {
  /** Gains of each strategy, in their order: assumed ranges, and effects of experiments that may be read. */
  readonly gains: readonly (readonly CandidateGain[])[];
  /** Why a strategy is out: an arm that it rests on breached a guardrail. */
  readonly exclusions: readonly (readonly StrategyExclusion[])[];
  /** Every gain that was to come from an experiment, and what became of it. */
  readonly links: readonly GainLink[];
}

/** Puts the effects of experiments in the place of the links to them. An experiment whose sample ratio does not fit gives no gain, nor does a
 *  metric without a scale. */
export function linkedGains(
  others: readonly OtherStrategy[],
  experiments: ReadonlyMap<string, ExperimentResult>,
): LinkedGains {
  const links: GainLink[] = [];
  const exclusions: StrategyExclusion[][] = [];
  const gains = others.map((strategy) => {
    const excluded: StrategyExclusion[] = [];
    exclusions.push(excluded);
    return strategy.gains.flatMap(({ needId, source }): CandidateGain[] => {
      if (source.type === 'assumed') return [{ needId, source }];
      const { experimentId, metric: metricId, arm } = source;
      const experiment = experiments.get(experimentId);
      const metric = experiment?.metrics.find(({ id }) => id === metricId);
      const effect = metric?.effects.find((candidate) => candidate.arm === arm);
      const status = experiment === undefined ? 'no-experiment' : effect === undefined ? 'no-metric' : null;
      const link = { strategyId: strategy.id, needId, experimentId, metricId, metric: metric?.name ?? metricId, arm };
      if (status !== null || experiment === undefined || metric === undefined || effect === undefined) {
        links.push({ ...link, status: status ?? 'no-metric' });
        return [];
      }
      for (const guardrail of experiment.metrics) {
        const breached = guardrail.effects.some((one) => one.arm === arm && one.guardrailBreached === true);
        const isNamed = excluded.some(
          (one) => one.type === 'guardrail' && one.experimentId === experimentId && one.metricId === guardrail.id,
        );
        if (breached && !isNamed)
          excluded.push({ type: 'guardrail', experimentId, metricId: guardrail.id, metric: guardrail.name, arm });
      }
      if (experiment.sampleRatio.blocked) {
        links.push({ ...link, status: 'blocked' });
        return [];
      }
      if (effect.gain === null) {
        links.push({ ...link, status: effect.difference === null ? 'not-measured' : 'no-scale' });
        return [];
      }
      links.push({ ...link, status: 'used' });
      const units = metric.arms
        .filter((one) => one.arm === arm || one.arm === experiment.controlArm)
        .reduce((sum, { n }) => sum + n, 0);
      return [
        {
          needId,
          source: { type: 'experiment', experimentId, metricId, metric: metric.name, arm, units, ...effect.gain },
        },
      ];
    });
  });
  return { gains, exclusions, links };
}
