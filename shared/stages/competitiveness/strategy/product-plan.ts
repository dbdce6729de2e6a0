import type { ExperimentResult, MetricEffect, MetricResult } from '../experiment/results.ts';
import type { OtherStrategy } from './choice.ts';
import type { PlanLine } from './plan-lines.ts';
import type { StrategyResult } from './results.ts';

type Decision = Omit<StrategyResult, 'plans'>;

/** What to do to the product: ship what an experiment showed to be better, hold back what breaks a guardrail, repeat what cannot be read, and
 *  try with users what was only assumed or never tried. */
export function productPlan(
  decision: Decision,
  experiments: readonly ExperimentResult[],
  others: readonly OtherStrategy[],
): PlanLine[] {
  const lines = experiments.flatMap((experiment) =>
    experiment.sampleRatio.blocked ? [blockedLine(experiment)] : armLines(experiment, decision),
  );
  return [...lines, ...assumedLines(decision, others), ...untriedLines(decision)];
}

/** Whether the number of a line is a share in points or in the metric's own unit. */
function effectUnit(metric: MetricResult): 'points' | 'value' {
  return metric.type === 'proportion' ? 'points' : 'value';
}

function effectUnits(metric: MetricResult, effect: MetricEffect, { controlArm }: ExperimentResult): number {
  return metric.arms.filter(({ arm }) => arm === effect.arm || arm === controlArm).reduce((sum, { n }) => sum + n, 0);
}

/** A line about the effect of a metric in an arm. */
export function effectLine(
  templateId: PlanLine['templateId'],
  experiment: ExperimentResult,
  metric: MetricResult,
  effect: MetricEffect,
  needId: string | null,
): PlanLine {
  const isShare = effectUnit(metric) === 'points';
  const named = (name: string, value: number) => ({ [`${name}${isShare ? 'Points' : 'Value'}`]: value });
  return {
    templateId,
    params: {
      experiment: experiment.name,
      id: experiment.id,
      arm: effect.arm,
      control: experiment.controlArm,
      metric: metric.name,
      ...named('effect', effect.difference?.value ?? 0),
      ...(effect.detectable === null ? {} : named('detectable', effect.detectable)),
    },
    needId,
    slots: [`competitiveness.experiment:${experiment.id}`],
    evidence:
      // With several rows a unit, there are more rows than the units counted.
      experiment.datasetId === null || experiment.repeatedUnits > 0
        ? null
        : {
            type: 'experiment',
            experimentId: experiment.id,
            arms: [experiment.controlArm, effect.arm],
            metricId: metric.id,
            rows: 'answered',
          },
    basis: 'experiment',
    estimate: effect.difference,
    unit: isShare ? 'points' : 'value',
    n: effectUnits(metric, effect, experiment),
  };
}

function armLines(experiment: ExperimentResult, decision: Decision): PlanLine[] {
  return experiment.arms.flatMap(({ arm, verdict }): PlanLine[] => {
    const effects = experiment.metrics.flatMap((metric) =>
      metric.effects.filter((effect) => effect.arm === arm).map((effect) => ({ metric, effect })),
    );
    const line = (templateId: PlanLine['templateId'], { metric, effect }: (typeof effects)[number]) =>
      effectLine(templateId, experiment, metric, effect, needOf(experiment, metric, arm, decision));
    const primary = effects.filter(({ metric }) => metric.role === 'primary');
    if (verdict === 'do-not-ship')
      return [
        ...effects.filter(({ effect }) => effect.guardrailBreached === true).map((one) => line('hold-guardrail', one)),
        ...primary.filter(({ effect }) => effect.verdict === 'worse').map((one) => line('hold-worse', one)),
      ];
    if (verdict === 'ship')
      return primary.filter(({ effect }) => effect.verdict === 'better').map((one) => line('ship-arm', one));
    return primary.filter(({ effect }) => effect.verdict === 'unclear').map((one) => line('more-users', one));
  });
}

/** The need that a strategy links to this metric, else the one that the metric was set to speak for. */
function needOf(
  { id }: ExperimentResult,
  metric: MetricResult,
  arm: string,
  { links, needs }: Decision,
): string | null {
  const link = links.find((one) => one.experimentId === id && one.metricId === metric.id && one.arm === arm);
  const needId = link?.needId ?? metric.needId;
  return needs.some((need) => need.needId === needId) ? needId : null;
}

function blockedLine(experiment: ExperimentResult): PlanLine {
  return {
    templateId: 'repeat-blocked',
    params: {
      experiment: experiment.name,
      id: experiment.id,
      split: experiment.arms.map(({ units }) => units).join(' : '),
      chanceP: experiment.sampleRatio.p,
    },
    needId: null,
    slots: [`competitiveness.experiment:${experiment.id}`],
    evidence: null,
    basis: 'unmeasured',
    estimate: null,
    unit: 'points',
    n: experiment.units,
  };
}

function assumedLines({ needs }: Decision, others: readonly OtherStrategy[]): PlanLine[] {
  return others.flatMap((strategy) =>
    strategy.gains.flatMap(({ needId, source }): PlanLine[] => {
      const need = needs.find((one) => one.needId === needId);
      if (source.type !== 'assumed' || need === undefined) return [];
      return [
        {
          templateId: 'assumed-gain',
          params: { strategy: strategy.name, need: need.name, lowPoints: source.low, highPoints: source.high },
          needId,
          slots: ['competitiveness.strategies'],
          evidence: null,
          basis: 'assumption',
          estimate: { value: (source.low + source.high) / 2, low: source.low, high: source.high },
          unit: 'points',
          n: null,
        },
      ];
    }),
  );
}

/** The heaviest need on which nothing was tried with users, where it is heavier than an equal share. */
function untriedLines({ needs, links }: Decision): PlanLine[] {
  const tried = new Set(links.filter(({ status }) => status === 'used').map(({ needId }) => needId));
  const heaviest = needs
    .filter(({ needId, weight }) => !tried.has(needId) && weight.value >= 1 / needs.length)
    .sort((a, b) => b.weight.value - a.weight.value)[0];
  if (heaviest === undefined) return [];
  return [
    {
      templateId: 'try-with-users',
      params: { need: heaviest.name, weightShare: heaviest.weight.value },
      needId: heaviest.needId,
      slots: ['demand.needs'],
      evidence: null,
      basis: 'unmeasured',
      estimate: heaviest.weight,
      unit: 'share',
      n: null,
    },
  ];
}
