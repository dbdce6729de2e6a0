import type { WizardProps } from '../../app/stage-wizards.tsx';
import { ComingStep } from '../../components/ComingStep.tsx';

export function DemandWizard({ step }: WizardProps<'demand'>) {
  return <ComingStep stage="demand" step={step} />;
}
