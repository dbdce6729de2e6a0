import type { RunRecord } from '../results.ts';
import type { PlanLine } from './plan-lines.ts';
import type { Contribution, StrategyResult } from './results.ts';

/** A model of the project as the plan needs it. */
export interface PlanModel {
  readonly slot: string;
  readonly record: RunRecord;
  /** Wrong test rows by actual and predicted class, with the f1 weight of their needs summed; largest first. */
  readonly confusions: readonly {
    readonly actual: string;
    readonly predicted: string;
    readonly rows: number;
    readonly weight: number;
  }[];
}

const COMPRESSION_LINE = {
  accepted: 'compress',
  unproven: 'compress-unproven',
  refused: 'compress-refused',
} as const;
const NOT_MEASURED = '—';
const NEEDS_NAMED = 3;
const PAIRS_NAMED = 3;

type Decision = Omit<StrategyResult, 'plans'>;

/** What to do to the model: which one to use, what it gains and loses on the heaviest needs, compression, what it still confuses, and needs
 *  for which there is nothing to measure it on. */
export function modelPlan(
  decision: Decision,
  models: readonly PlanModel[],
  textRowsOfNeed: ReadonlyMap<string, number>,
): PlanLine[] {
  const best = decision.strategies.find(
    ({ id, feasible, isReference }) => feasible && !isReference && models.some(({ record }) => record.id === id),
  );
  const model = models.find(({ record }) => record.id === best?.id);
  const nameOf = (needId: string) => decision.needs.find((need) => need.needId === needId)?.name ?? needId;
  const lines: PlanLine[] = [];
  const isShown = best !== undefined && best.score.low > 0;
  if (best !== undefined && model !== undefined && isShown) {
    lines.push({
      templateId: 'use-model',
      params: { id: best.id, name: best.name, firstShare: best.firstShare, scorePoints: best.score.value },
      needId: null,
      slots: [model.slot, 'competitiveness.decision'],
      evidence: null,
      basis: 'measured',
      estimate: model.record.test.accuracy,
      unit: 'share',
      n: model.record.test.rows,
    });
  } else if (models.length > 0) lines.push(keepReference(decision));
  if (best !== undefined && model !== undefined) {
    const measured = best.contributions.filter(({ basis }) => basis === 'measured').sort((a, b) => b.weight - a.weight);
    lines.push(...measured.slice(0, NEEDS_NAMED).flatMap((one) => needLine(one, best.id, model.slot, nameOf)));
    lines.push(
      ...measured.slice(NEEDS_NAMED).flatMap((one) => (isLoss(one) ? needLine(one, best.id, model.slot, nameOf) : [])),
    );
    for (const { actual, predicted, rows } of model.confusions.filter(({ rows }) => rows > 1).slice(0, PAIRS_NAMED))
      lines.push({
        templateId: 'confused',
        params: { id: best.id, actual, predicted, count: rows },
        needId: null,
        slots: [model.slot],
        evidence: { type: 'confusion', runId: best.id, actual, predicted },
        basis: 'measured',
        estimate: null,
        unit: 'share',
        n: rows,
      });
  }
  lines.push(...compressionLines(models), ...labelLines(decision, textRowsOfNeed));
  return lines;
}

function isLoss({ gain }: Contribution): boolean {
  return gain !== null && gain.high < 0;
}

function needLine(
  { needId, gain, weight, rows }: Contribution,
  id: string,
  slot: string,
  nameOf: (id: string) => string,
): PlanLine[] {
  if (gain === null) return [];
  return [
    {
      templateId: gain.low > 0 ? 'gain-on-need' : gain.high < 0 ? 'loss-on-need' : 'gain-not-shown',
      params: { id, need: nameOf(needId), weightShare: weight, gainPoints: gain.value },
      needId,
      slots: ['competitiveness.decision', slot],
      evidence: null,
      basis: 'measured',
      estimate: gain,
      unit: 'points',
      n: rows,
    },
  ];
}

function keepReference({ referenceId, strategies }: Decision): PlanLine {
  const reference = strategies.find(({ isReference }) => isReference);
  return {
    templateId: 'keep-reference',
    params: { id: referenceId, name: reference?.name ?? referenceId },
    needId: null,
    slots: ['competitiveness.decision'],
    evidence: null,
    basis: 'measured',
    estimate: null,
    unit: 'points',
    n: null,
  };
}

/** Latency and size before and after, and what it costs in accuracy on the same rows. */
function compressionLines(models: readonly PlanModel[]): PlanLine[] {
  return models.flatMap(({ slot, record }): PlanLine[] => {
    const parent = models.find((model) => model.record.id === record.compression?.parentId);
    if (record.compression === null || parent === undefined) return [];
    const from = parent.record;
    return [
      {
        templateId: COMPRESSION_LINE[record.gate?.verdict ?? 'accepted'],
        params: {
          id: record.id,
          parent: from.id,
          technique: record.compression.technique,
          fromMs: from.latency?.p95Ms ?? NOT_MEASURED,
          toMs: record.latency?.p95Ms ?? NOT_MEASURED,
          fromMb: from.sizeMb ?? NOT_MEASURED,
          toMb: record.sizeMb ?? NOT_MEASURED,
          changePoints: record.test.accuracy.value - from.test.accuracy.value,
        },
        needId: null,
        slots: [slot, parent.slot],
        evidence: null,
        basis: 'measured',
        estimate: record.gate?.comparison.accuracyDifference ?? null,
        unit: 'points',
        n: record.test.rows,
      },
    ];
  });
}

/** Needs heavier than an equal share that no test row measures although customers wrote about them. */
function labelLines({ needs }: Decision, textRowsOfNeed: ReadonlyMap<string, number>): PlanLine[] {
  return needs
    .filter(
      ({ needId, testRows, weight }) =>
        testRows === 0 && weight.value >= 1 / needs.length && (textRowsOfNeed.get(needId) ?? 0) > 0,
    )
    .sort((a, b) => b.weight.value - a.weight.value)
    .map(({ needId, name, weight }) => ({
      templateId: 'label-rows',
      params: { need: name, weightShare: weight.value, count: textRowsOfNeed.get(needId) ?? 0 },
      needId,
      slots: ['demand.needs'],
      evidence: { type: 'need', needId, segment: null },
      basis: 'unmeasured',
      estimate: weight,
      unit: 'share',
      n: textRowsOfNeed.get(needId) ?? 0,
    }));
}
