import { AppError } from '../../../errors/app-error.ts';
import { sampleRatioTest } from '../../../statistics/sample-ratio.ts';
import { metricArmsOfCounts, metricArmsOfUnits } from './arm-values.ts';
import { armVerdict, type MetricInArms, metricEffects } from './effects.ts';
import type { ExperimentChoice, ExperimentResult } from './results.ts';
import { type ExperimentUnits, ROW_OF_TWO_ARMS, ROW_WITHOUT_ARM, ROW_WITHOUT_UNIT, unitValues } from './unit-values.ts';

/** More different values than this in the arm column and it is not one. */
const MOST_ARMS = 10;

type RowsSource = Extract<ExperimentChoice['source'], { type: 'rows' }>;
type CountsSource = Extract<ExperimentChoice['source'], { type: 'counts' }>;

/** An experiment read from one row per unit. `cells` are the raw columns named by the choice: arm, unit, metrics in their order.
 *  @throws AppError 'competitiveness.experiment-arms', 'competitiveness.experiment-control' */
export function analyseRows(
  id: string,
  choice: ExperimentChoice & { readonly source: RowsSource },
  cells: {
    readonly arm: readonly string[];
    readonly unit: readonly string[] | null;
    readonly metrics: readonly (readonly string[])[];
  },
): { readonly result: ExperimentResult; readonly units: ExperimentUnits } {
  const { source, level } = choice;
  const units = unitValues({
    arm: cells.arm,
    unit: cells.unit,
    metrics: source.metrics.map(({ type }, index) => ({ type, cells: cells.metrics[index] ?? [] })),
  });
  const counts = units.arms.map((arm, index) => ({
    arm,
    units: units.unitArm.filter((of) => of === index).length,
    rows: units.rowArm.filter((of) => of === index).length,
  }));
  const metrics = source.metrics.map(({ columnId, ...metric }, index) => ({
    metric: { id: columnId, ...metric },
    arms: metricArmsOfUnits(metric.type, units, index, level),
  }));
  const rowsOf = (reason: number) => units.rowArm.filter((arm) => arm === reason).length;
  const result = resultOf(id, choice, source.datasetId, counts, metrics, {
    excluded: {
      rowsWithoutArm: rowsOf(ROW_WITHOUT_ARM),
      rowsWithoutUnit: rowsOf(ROW_WITHOUT_UNIT),
      unitsInTwoArms: units.unitsInTwoArms,
      rowsOfTwoArms: rowsOf(ROW_OF_TWO_ARMS),
    },
    repeatedUnits: units.unitRows.filter((rows) => rows > 1).length,
  });
  return { result, units };
}

/** An experiment of which only the counts per arm are known.
 *  @throws AppError 'competitiveness.experiment-arms', 'competitiveness.experiment-control', 'competitiveness.experiment-counts' */
export function analyseCounts(
  id: string,
  choice: ExperimentChoice & { readonly source: CountsSource },
): ExperimentResult {
  const { source, level } = choice;
  const names = source.arms.map(({ arm }) => arm);
  if (new Set(names).size !== names.length)
    throw new AppError('competitiveness.experiment-arms', { n: new Set(names).size });
  for (const { name, type, arms } of source.metrics)
    for (const { arm, n, successes, mean, sd } of arms) {
      const units = source.arms.find((entry) => entry.arm === arm)?.units ?? 0;
      const isComplete = type === 'proportion' ? successes !== null && successes <= n : mean !== null && sd !== null;
      if (n > units || !isComplete) throw new AppError('competitiveness.experiment-counts', { metric: name, arm });
    }
  const metrics = source.metrics.map(({ arms, ...metric }) => ({
    metric,
    arms: metricArmsOfCounts({ arms, ...metric }, names, level),
  }));
  const counts = source.arms.map(({ arm, units }) => ({ arm, units, rows: 0 }));
  return resultOf(id, choice, null, counts, metrics, {
    excluded: { rowsWithoutArm: 0, rowsWithoutUnit: 0, unitsInTwoArms: 0, rowsOfTwoArms: 0 },
    repeatedUnits: 0,
  });
}

function resultOf(
  id: string,
  { name, controlArm, expectedShares, level }: ExperimentChoice,
  datasetId: string | null,
  counts: readonly { readonly arm: string; readonly units: number; readonly rows: number }[],
  metrics: readonly MetricInArms[],
  lost: Pick<ExperimentResult, 'excluded' | 'repeatedUnits'>,
): ExperimentResult {
  const n = counts.length;
  if (n < 2 || n > MOST_ARMS) throw new AppError('competitiveness.experiment-arms', { n });
  if (!counts.some(({ arm }) => arm === controlArm))
    throw new AppError('competitiveness.experiment-control', { arm: controlArm });
  const shares = expectedShares === null ? null : counts.map(({ arm }) => shareOf(expectedShares, arm));
  const ratio = sampleRatioTest(
    counts.map(({ units }) => units),
    shares,
  );
  if (ratio === null) throw new AppError('competitiveness.experiment-arms', { n });
  const results = metricEffects(metrics, controlArm, level, ratio.mismatch);
  return {
    id,
    name,
    datasetId,
    level,
    controlArm,
    arms: counts.map((count, index) => ({
      ...count,
      expected: ratio.expected[index]!,
      verdict: count.arm === controlArm ? null : armVerdict(results, count.arm),
    })),
    units: counts.reduce((sum, { units }) => sum + units, 0),
    ...lost,
    sampleRatio: { chiSquared: ratio.chiSquared, degrees: ratio.degrees, p: ratio.p, blocked: ratio.mismatch },
    metrics: results,
  };
}

/** @throws AppError 'competitiveness.experiment-control' for an arm whose planned share nobody gave */
function shareOf(shares: NonNullable<ExperimentChoice['expectedShares']>, arm: string): number {
  const found = shares.find((entry) => entry.arm === arm);
  if (found === undefined) throw new AppError('competitiveness.experiment-control', { arm });
  return found.share;
}
