import type { WizardProps } from '../../app/stage-wizards.tsx';
import { ComingStep } from '../../components/ComingStep.tsx';

export function LandingWizard({ step }: WizardProps<'landing'>) {
  return <ComingStep stage="landing" step={step} />;
}
