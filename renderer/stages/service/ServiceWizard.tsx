import type { WizardProps } from '../../app/stage-wizards.tsx';
import { ComingStep } from '../../components/ComingStep.tsx';

export function ServiceWizard({ step }: WizardProps<'service'>) {
  return <ComingStep stage="service" step={step} />;
}
