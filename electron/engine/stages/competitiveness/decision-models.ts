import { runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import type { PlanModel } from '../../../../shared/stages/competitiveness/strategy/model-plan.ts';
import type { StrategyExclusion } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { keyOf } from '../../artifacts/kind.ts';
import type { ProjectStore } from '../../project-store.ts';
import { type Measured, measuredRun, testOf } from './predictions.ts';

/** A run or a compressed run as g needs it. */
export interface DecisionModel {
  readonly measured: Measured;
  readonly exclusions: readonly StrategyExclusion[];
  readonly plan: PlanModel;
}

/** Runs and what was compressed from them, as far as they were measured on the locked test rows: one measured on others says nothing about
 *  these. `rowNeeds` is the need of each test row, −1 for none. */
export function decisionModels(
  store: ProjectStore,
  testLock: string,
  rowNeeds: Int32Array,
  weights: readonly number[],
): DecisionModel[] {
  return ['competitiveness.run', 'competitiveness.compressed']
    .flatMap((kind) => store.slotsOf(kind))
    .map((slot) => ({ slot, measured: measuredRun(store, keyOf(slot)) }))
    .filter(({ measured }) => measured.testLock === testLock)
    .map(({ slot, measured }) => {
      const record = runRecordSchema.parse(measured.artifact.result);
      const verdict = record.gate?.verdict ?? 'accepted';
      const parentId = record.compression?.parentId ?? '';
      return {
        measured,
        exclusions: verdict === 'accepted' ? [] : [{ type: `compression-${verdict}` as const, parentId }],
        plan: { slot, record, confusions: confusions(store, measured, rowNeeds, weights) },
      };
    });
}

/** Wrong test rows by actual and predicted class; those on the heaviest needs first. */
function confusions(
  store: ProjectStore,
  model: Measured,
  rowNeeds: Int32Array,
  weights: readonly number[],
): PlanModel['confusions'] {
  const { actual, classes } = testOf(store, model);
  const cells = new Map<string, { actual: string; predicted: string; rows: number; weight: number }>();
  actual.forEach((label, row) => {
    const predicted = model.predictions[row]!;
    if (predicted === label) return;
    const cell = cells.get(`${label} ${predicted}`) ?? {
      actual: classes[label] ?? '',
      predicted: classes[predicted] ?? '',
      rows: 0,
      weight: 0,
    };
    cell.rows++;
    cell.weight += weights[rowNeeds[row]!] ?? 0;
    cells.set(`${label} ${predicted}`, cell);
  });
  return [...cells.values()].sort((a, b) => b.weight - a.weight || b.rows - a.rows);
}
