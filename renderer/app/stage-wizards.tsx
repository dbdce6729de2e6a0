import type { ReactNode } from 'react';
import type { StageId } from '../../shared/contract/stage.ts';
import { AdaptationWizard } from '../stages/adaptation/AdaptationWizard.tsx';
import { CompetitivenessWizard } from '../stages/competitiveness/CompetitivenessWizard.tsx';
import { DemandWizard } from '../stages/demand/DemandWizard.tsx';
import { LandingWizard } from '../stages/landing/LandingWizard.tsx';
import { ServiceWizard } from '../stages/service/ServiceWizard.tsx';
import { isStepOf, STAGE_STEPS, type StepOf } from './stage-steps.ts';

/** What every wizard is given: the step to show. Steps are left and come back to; input lives in the stage's store. */
export interface WizardProps<S extends StageId> {
  readonly step: StepOf<S>;
}

/** One wizard per stage: a missing one does not compile. */
const STAGE_WIZARDS: { readonly [S in StageId]: (props: WizardProps<S>) => ReactNode } = {
  demand: DemandWizard,
  competitiveness: CompetitivenessWizard,
  adaptation: AdaptationWizard,
  landing: LandingWizard,
  service: ServiceWizard,
};

export function StageWizard<S extends StageId>({ stage, step }: { readonly stage: S; readonly step: string }) {
  const Wizard = STAGE_WIZARDS[stage] as (props: WizardProps<S>) => ReactNode;
  const shown = isStepOf(stage, step) ? step : (STAGE_STEPS[stage][0] as StepOf<S>);
  return <Wizard step={shown} />;
}
