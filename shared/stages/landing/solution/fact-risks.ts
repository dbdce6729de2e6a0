import type { FactRisk } from './results.ts';

/** What this project knows that can go wrong in service. Null: not known. */
export interface SolutionFacts {
  readonly modelSlot: string;
  readonly accuracy: { readonly value: number; readonly low: number };
  readonly accuracyTarget: number | null;
  readonly targetsSlot: string | null;
  readonly latencyP95Ms: number | null;
  readonly latencyTarget: number | null;
  readonly privacy: 'none' | 'public' | 'internal' | 'personal' | 'sensitive' | null;
  readonly explainability: 'none' | 'on-request' | 'every-decision' | null;
  readonly smallestClass: { readonly label: string; readonly rows: number; readonly slot: string } | null;
  /** Share of texts that the model passes to people. */
  readonly rejected: { readonly share: number; readonly slot: string } | null;
  readonly tests: { readonly failed: number; readonly total: number; readonly slot: string } | null;
  /** Whether the scenario's texts can be told from those of the training. */
  readonly distance: { readonly auc: number; readonly slot: string } | null;
  readonly spareInstances: number;
}

const FEW_ROWS = 30;
const SOME_ROWS = 100;
const MANY_REJECTED = 0.1;
const VERY_MANY_REJECTED = 0.3;

/** The starting list of risks: one for each fact that speaks for one. Likelihood and impact from 1 to 5 by fixed rules, here: a fact that
 *  is certain (a missed target, a failed test) has likelihood 5; what grows with a number has steps; people set them as they know better. */
export function factRisks(facts: SolutionFacts): FactRisk[] {
  const found: FactRisk[] = [];
  const { accuracy, accuracyTarget, latencyP95Ms, latencyTarget, smallestClass, rejected, tests, distance } = facts;
  if (accuracyTarget !== null && accuracy.low < accuracyTarget) {
    found.push({
      code: 'below-accuracy-target',
      likelihood: accuracy.value < accuracyTarget ? 5 : 3,
      impact: 4,
      params: { value: accuracy.value, low: accuracy.low, target: accuracyTarget },
      slot: facts.modelSlot,
    });
  }
  if (tests !== null && tests.failed > 0) {
    found.push({
      code: 'failed-tests',
      likelihood: 5,
      impact: 4,
      params: { failed: tests.failed, total: tests.total },
      slot: tests.slot,
    });
  }
  if (rejected !== null && rejected.share > MANY_REJECTED) {
    found.push({
      code: 'many-rejected',
      likelihood: rejected.share > VERY_MANY_REJECTED ? 5 : 4,
      impact: 3,
      params: { share: rejected.share },
      slot: rejected.slot,
    });
  }
  if (smallestClass !== null && smallestClass.rows < SOME_ROWS) {
    found.push({
      code: 'small-class',
      likelihood: smallestClass.rows < FEW_ROWS ? 4 : 3,
      impact: 3,
      params: { label: smallestClass.label, rows: smallestClass.rows },
      slot: smallestClass.slot,
    });
  }
  if (distance !== null) {
    found.push({
      code: 'far-from-training',
      likelihood: 4,
      impact: 3,
      params: { auc: distance.auc },
      slot: distance.slot,
    });
  }
  if (latencyTarget !== null && latencyP95Ms !== null && latencyP95Ms > latencyTarget) {
    found.push({
      code: 'too-slow',
      likelihood: 5,
      impact: 3,
      params: { value: latencyP95Ms, limit: latencyTarget },
      slot: facts.modelSlot,
    });
  }
  if (facts.privacy === 'personal' || facts.privacy === 'sensitive') {
    found.push({
      code: 'sensitive-data',
      likelihood: 2,
      impact: facts.privacy === 'sensitive' ? 5 : 4,
      params: { privacy: facts.privacy },
      slot: facts.targetsSlot,
    });
  }
  if (facts.explainability === 'every-decision') {
    found.push({ code: 'explain-every-decision', likelihood: 3, impact: 4, params: {}, slot: facts.targetsSlot });
  }
  if (facts.spareInstances === 0) {
    found.push({ code: 'no-spare-machine', likelihood: 3, impact: 4, params: {}, slot: null });
  }
  found.push({ code: 'other-hardware', likelihood: 3, impact: 2, params: {}, slot: facts.modelSlot });
  return found;
}
