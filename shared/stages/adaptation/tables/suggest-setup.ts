import type { TableColumnProfile } from './contract.ts';
import type { ScorecardScale, TableSetup } from './results.ts';

/** 600 points at 50 cases without the event for each with it, 20 points to double these odds.   @source Siddiqi 2006, chapter 6 */
export const DEFAULT_SCALE: ScorecardScale = { baseScore: 600, baseOdds: 50, pointsToDouble: 20 };
/** A missed event costs five times a false alarm.   @source cost matrix of Statlog German credit */
const DEFAULT_COSTS = { missed: 5, falseAlarm: 1 } as const;
const DEFAULT_FOLDS = 5;
const DEFAULT_REPEATS = 5;
const OUTCOME_NAME =
  /(risk|default|churn|bad|target|label|class|outcome|fraud|attrition|left|cancel|结果|违约|流失|逾期|风险|欺诈|标签|目标)/i;

/** A first setup for a table: the outcome is a column of two values, best one that is named like one, else the last; the rarer value is the event.
 *  Outcome and event are empty where no column has two values: a person must choose. */
export function suggestSetup(datasetId: string, name: string, columns: readonly TableColumnProfile[]): TableSetup {
  const binary = columns.filter(({ values, top }) => values === 2 && top.length >= 2);
  const outcome = binary.findLast((column) => OUTCOME_NAME.test(column.name)) ?? binary.at(-1);
  return {
    datasetId,
    name,
    outcomeColumn: outcome?.columnId ?? '',
    eventValue: outcome === undefined ? '' : rarerValue(outcome),
    columns: columns
      .filter(({ columnId }) => columnId !== outcome?.columnId)
      .map(({ columnId, suggested }) => ({ columnId, type: suggested })),
    groupColumn: null,
    models: ['logistic', 'scorecard', 'mlp'],
    costs: DEFAULT_COSTS,
    folds: DEFAULT_FOLDS,
    repeats: DEFAULT_REPEATS,
    scale: DEFAULT_SCALE,
  };
}

/** What is to be predicted is mostly the rarer of two values. */
export function rarerValue({ top }: Pick<TableColumnProfile, 'top'>): string {
  return top.toSorted((a, b) => a.rows - b.rows)[0]?.value ?? '';
}
