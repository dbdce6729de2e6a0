import type { Rng } from '../../../rng.ts';
import type { GoalResult } from '../goals/results.ts';
import { solutionDocument } from './document.ts';
import { factRisks, type SolutionFacts } from './fact-risks.ts';
import type { SolutionNotice } from './notices.ts';
import type { SolutionResult, SolutionSettings } from './results.ts';
import { type MeasuredModel, sizeSolution } from './sizing.ts';
import { yearlyBusiness } from './yearly-business.ts';

export interface SolutionInput {
  readonly settings: SolutionSettings;
  readonly model: SolutionResult['model'];
  /** Null where speed was never measured. */
  readonly measured: MeasuredModel | null;
  readonly scenario: SolutionResult['scenario'];
  readonly facts: SolutionFacts;
  readonly goals: readonly GoalResult[];
  readonly rng: Rng;
}

/** A solution from what a person decided and what was measured: sizing, money, risks with their facts, and the document of it all. */
export function designSolution(input: SolutionInput): SolutionResult {
  const { settings, model, measured, scenario, rng } = input;
  const limitMs = input.facts.latencyTarget;
  const sizing = measured === null ? null : sizeSolution(settings.load, measured, limitMs);
  const valued = input.goals.flatMap(({ id, settings: { value } }) => (value === null ? [] : [{ id, formula: value }]));
  const business = yearlyBusiness({
    load: settings.load,
    currency: settings.currency,
    costs: settings.costs,
    perInstancePerSecond: measured?.textsPerSecond ?? null,
    goals: valued.filter(({ formula }) => formula.currency === settings.currency),
    rng,
  });
  const facts = factRisks(input.facts);
  const risks = settings.risks
    .map((risk) => ({
      ...risk,
      score: risk.likelihood * risk.impact,
      fact: facts.find(({ code }) => code === risk.code) ?? null,
    }))
    .sort((a, b) => b.score - a.score);
  const parts = { model, scenario, sizing, business, risks };
  const notices: SolutionNotice[] = [];
  if (sizing === null) {
    notices.push({ code: 'throughput-not-measured', severity: 'blocking', params: { model: model.id } });
  } else {
    if (sizing.waiting === null) notices.push({ code: 'cannot-keep-up', severity: 'blocking', params: {} });
    if (sizing.memoryMb === null) notices.push({ code: 'memory-not-measured', severity: 'info', params: {} });
    const { responseP95Ms } = sizing;
    if (responseP95Ms !== null && limitMs !== null && responseP95Ms > limitMs) {
      notices.push({
        code: 'response-over-limit',
        severity: 'blocking',
        params: { value: responseP95Ms, limit: limitMs },
      });
    }
  }
  if (settings.scenarioId !== null && scenario === null) {
    notices.push({ code: 'scenario-lost', severity: 'warning', params: { scenarioId: settings.scenarioId } });
  }
  for (const { code } of facts) {
    if (!settings.risks.some((risk) => risk.code === code)) {
      notices.push({ code: 'fact-not-listed', severity: 'warning', params: { risk: code } });
    }
  }
  for (const { code, fact } of risks) {
    if (code !== null && fact === null) {
      notices.push({ code: 'risk-without-fact', severity: 'info', params: { risk: code } });
    }
  }
  const ownerless = risks.filter(({ owner }) => owner.trim() === '').length;
  if (ownerless > 0) notices.push({ code: 'risk-without-owner', severity: 'warning', params: { count: ownerless } });
  if (settings.costs.length === 0) notices.push({ code: 'no-costs', severity: 'warning', params: {} });
  if (settings.costs.some(({ basis }) => basis === 'per-review') && settings.load.reviewShare === null) {
    notices.push({ code: 'review-share-missing', severity: 'warning', params: {} });
  }
  for (const { id, formula } of valued) {
    if (formula.currency !== settings.currency) {
      notices.push({
        code: 'goal-other-currency',
        severity: 'info',
        params: { goal: id, currency: formula.currency },
      });
    }
  }
  if (settings.integration.authentication === 'none') {
    notices.push({ code: 'no-authentication', severity: 'warning', params: {} });
  }
  return { settings, ...parts, document: solutionDocument(settings, parts), notices };
}
