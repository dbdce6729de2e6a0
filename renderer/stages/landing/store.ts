import { create } from 'zustand';
import type { GoalSettings } from '../../../shared/stages/landing/goals/results.ts';
import type { PilotColumns, PilotPlanSettings } from '../../../shared/stages/landing/pilot/results.ts';
import type { SolutionSettings } from '../../../shared/stages/landing/solution/results.ts';
import { useSession } from '../../app/session.ts';

/** The goal in the form: null id for a new one. */
export interface GoalDraft {
  readonly id: string | null;
  readonly settings: GoalSettings;
}

interface LandingInput {
  readonly goal: GoalDraft | null;
  /** Goal whose tornado is shown; null: the first with a value. */
  readonly openGoal: string | null;
  /** Settings of the solution that were changed and not saved yet. */
  readonly solution: SolutionSettings | null;
  readonly solutionModel: string | null;
  readonly solutionScenario: string | null;
  /** The plan in the form; null while none is written. */
  readonly plan: PilotPlanSettings | null;
  readonly pilotDataset: string | null;
  /** Columns as chosen, by dataset; absent: as suggested. */
  readonly pilotColumns: Readonly<Record<string, PilotColumns>>;
}

const NOTHING_ENTERED: LandingInput = {
  goal: null,
  openGoal: null,
  solution: null,
  solutionModel: null,
  solutionScenario: null,
  plan: null,
  pilotDataset: null,
  pilotColumns: {},
};

/** What was entered and chosen in the steps; it outlives leaving a step, and ends with the project. */
export const useLanding = create<LandingInput>(() => NOTHING_ENTERED);

useSession.subscribe((now, before) => {
  if (now.projectId !== before.projectId) useLanding.setState(NOTHING_ENTERED);
});

export function changeGoal(change: Partial<GoalSettings>): void {
  useLanding.setState(({ goal }) => ({
    goal: goal === null ? null : { ...goal, settings: { ...goal.settings, ...change } },
  }));
}

export function changePlan(change: Partial<PilotPlanSettings>): void {
  useLanding.setState(({ plan }) => ({ plan: plan === null ? null : { ...plan, ...change } }));
}
