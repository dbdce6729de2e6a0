import type { ExperimentResult } from '../experiment/results.ts';
import type { SusSummary, UsabilityResult } from '../usability/results.ts';
import { SUS_AVERAGE } from '../usability/sus-grade.ts';
import type { PlanLine } from './plan-lines.ts';
import { effectLine } from './product-plan.ts';

/** What to do to how it feels to use: what users of experiments answered beside the primary metric, and the usability score, how it changed
 *  and what holds it down. */
export function experiencePlan(
  experiments: readonly ExperimentResult[],
  usabilities: readonly UsabilityResult[],
): PlanLine[] {
  const metrics = experiments.flatMap((experiment) =>
    experiment.metrics
      .filter(({ role }) => role === 'secondary')
      .flatMap((metric) =>
        metric.effects.flatMap((effect) => {
          if (effect.verdict !== 'better' && effect.verdict !== 'worse') return [];
          const templateId = effect.verdict === 'better' ? 'metric-better' : 'metric-worse';
          return [effectLine(templateId, experiment, metric, effect, metric.needId)];
        }),
      ),
  );
  const usability = usabilities.length === 0 ? [noUsability()] : usabilities.flatMap(usabilityLines);
  return [...metrics, ...usability];
}

function usabilityLines(result: UsabilityResult): PlanLine[] {
  const base = { needId: null, slots: [`competitiveness.usability:${result.id}`], basis: 'survey' as const };
  const answers = (groups: string[]) =>
    ({ type: 'usability', usabilityId: result.id, groups, rows: 'scored' }) as const;
  // The latest state: the group held against the reference where there is one, else everybody.
  const current = result.differences.at(-1)?.group ?? null;
  const summary = result.groups.find(({ group }) => group === current)?.summary ?? result.overall;
  const lines: PlanLine[] = [];
  const score = estimateOf(summary);
  if (score !== null)
    lines.push({
      ...base,
      templateId: score.high < SUS_AVERAGE ? 'sus-below' : score.low > SUS_AVERAGE ? 'sus-above' : 'sus-unclear',
      params: { name: result.name, group: current ?? '', meanScore: score.value, grade: summary.reading?.grade ?? '' },
      evidence: answers(current === null ? [] : [current]),
      estimate: score,
      unit: 'score',
      n: summary.n,
    });
  for (const { group, difference, verdict } of result.differences) {
    if (difference === null || (verdict !== 'better' && verdict !== 'worse')) continue;
    const n = result.groups
      .filter((one) => one.group === group || one.group === result.referenceGroup)
      .reduce((sum, one) => sum + one.summary.n, 0);
    lines.push({
      ...base,
      templateId: verdict === 'better' ? 'sus-better' : 'sus-worse',
      params: { name: result.name, group, reference: result.referenceGroup ?? '', changeScore: difference.value },
      evidence: answers([group, result.referenceGroup ?? '']),
      estimate: difference,
      unit: 'score',
      n,
    });
  }
  const weakest = result.items
    .flatMap((item) => (item.points === null ? [] : [{ ...item, points: item.points }]))
    .sort((a, b) => a.points.value - b.points.value)[0];
  if (weakest !== undefined)
    lines.push({
      ...base,
      templateId: 'sus-item',
      params: { name: result.name, item: weakest.name, pointsValue: weakest.points.value },
      evidence: answers([]),
      estimate: weakest.points,
      unit: 'value',
      n: result.overall.n,
    });
  return lines;
}

function estimateOf({ mean, low, high }: SusSummary) {
  return mean === null || low === null || high === null ? null : { value: mean, low, high };
}

function noUsability(): PlanLine {
  return {
    templateId: 'no-usability',
    params: {},
    needId: null,
    slots: ['competitiveness.decision'],
    evidence: null,
    basis: 'unmeasured',
    estimate: null,
    unit: 'score',
    n: null,
  };
}
