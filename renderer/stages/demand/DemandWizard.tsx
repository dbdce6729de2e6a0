import type { WizardProps } from '../../app/stage-wizards.tsx';
import { CleanStep } from './steps/CleanStep.tsx';
import { DriversStep } from './steps/DriversStep.tsx';
import { ImportStep } from './steps/ImportStep.tsx';
import { NeedsStep } from './steps/NeedsStep.tsx';
import { TopicsStep } from './steps/TopicsStep.tsx';
import './demand.css';

const STEPS = {
  import: ImportStep,
  clean: CleanStep,
  topics: TopicsStep,
  drivers: DriversStep,
  needs: NeedsStep,
} as const;

export function DemandWizard({ step }: WizardProps<'demand'>) {
  const Step = STEPS[step];
  return <Step />;
}
