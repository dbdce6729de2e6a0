import type { Rng } from '../../../rng.ts';
import type { NeedsResult } from '../../demand/results.ts';
import { annualValue } from './annual-value.ts';
import type { GoalNotice } from './notices.ts';
import type { GoalResult, GoalSettings } from './results.ts';

/** The likely change may exceed the wanted one by rounding, not by more. */
const TOLERANCE = 1e-9;

/** A goal with its needs as f1 has them, its yearly value, and what is missing for it to be checked one day.
 *  @param f1 null before needs were computed */
export function assessGoal(id: string, settings: GoalSettings, f1: NeedsResult | null, rng: Rng): GoalResult {
  const { baseline, target, direction, value } = settings;
  const sign = direction === 'increase' ? 1 : -1;
  const wantedChange = baseline === null || target === null ? null : sign * (target - baseline);
  const needs = settings.needIds.map((needId) => {
    const need = f1?.needs.find((candidate) => candidate.id === needId);
    const found =
      need === undefined
        ? null
        : { name: need.name, weight: need.weight, low: need.low, high: need.high, rank: need.rank };
    return { id: needId, found };
  });
  const worth = value === null ? null : annualValue(value, rng);
  const notices: GoalNotice[] = [];
  if (baseline === null) notices.push({ code: 'baseline-missing', severity: 'warning', params: {} });
  if (target === null) notices.push({ code: 'target-missing', severity: 'blocking', params: {} });
  if (wantedChange === 0) notices.push({ code: 'target-equals-baseline', severity: 'blocking', params: {} });
  if (wantedChange !== null && wantedChange < 0) {
    notices.push({ code: 'target-against-direction', severity: 'blocking', params: { change: wantedChange } });
  }
  for (const field of ['baseline', 'target'] as const) {
    const number = settings[field];
    if (settings.unit === 'share' && number !== null && !(number >= 0 && number <= 1)) {
      notices.push({ code: 'share-outside', severity: 'blocking', params: { field } });
    }
  }
  if (settings.owner.trim() === '') notices.push({ code: 'no-owner', severity: 'warning', params: {} });
  if (settings.dueDate === null) notices.push({ code: 'no-due-date', severity: 'warning', params: {} });
  if (needs.length === 0) notices.push({ code: 'no-need', severity: 'warning', params: {} });
  for (const need of needs) {
    if (need.found === null) notices.push({ code: 'need-lost', severity: 'warning', params: { needId: need.id } });
  }
  if (worth === null || value === null) notices.push({ code: 'no-value', severity: 'info', params: {} });
  else {
    if (wantedChange !== null && value.change.likely > wantedChange + TOLERANCE) {
      notices.push({
        code: 'change-above-target',
        severity: 'warning',
        params: { likely: value.change.likely, wanted: wantedChange },
      });
    }
    if (worth.low < 0) {
      notices.push({ code: 'value-may-be-negative', severity: 'warning', params: { share: 1 - worth.positiveShare } });
    }
  }
  return { id, settings, wantedChange, needs, value: worth, notices };
}
