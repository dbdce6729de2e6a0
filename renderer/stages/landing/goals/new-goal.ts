import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { GoalSettings, GoalSuggestion, ValueFormula } from '../../../../shared/stages/landing/goals/results.ts';

export const EMPTY_GOAL: GoalSettings = {
  title: '',
  kpi: '',
  unit: 'share',
  direction: 'increase',
  baseline: null,
  target: null,
  dueDate: null,
  owner: '',
  needIds: [],
  value: null,
};

/** A formula to fill in: nothing is worth anything until somebody says so. */
export const EMPTY_VALUE: ValueFormula = {
  unitName: '',
  currency: 'CNY',
  unitsPerYear: { low: 0, likely: 0, high: 0 },
  change: { low: 0, likely: 0, high: 0 },
  valuePerUnit: { low: 0, likely: 0, high: 0 },
};

/** A goal as suggested: its words, its need and where it stands today; the rest stays open. */
export function goalFrom(t: Translate, suggestion: GoalSuggestion): GoalSettings {
  const { template, needName: need, unit, direction, baseline, needId } = suggestion;
  return {
    ...EMPTY_GOAL,
    title: t(`stage.landing.screen.goals.template.${template}.title`, { need }),
    kpi: t(`stage.landing.screen.goals.template.${template}.kpi`, { need }),
    unit,
    direction,
    baseline: baseline === null ? null : Number(baseline.value.toFixed(3)),
    needIds: [needId],
  };
}
