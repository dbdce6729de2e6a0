import type { WizardProps } from '../../app/stage-wizards.tsx';
import { ComingStep } from '../../components/ComingStep.tsx';

export function AdaptationWizard({ step }: WizardProps<'adaptation'>) {
  return <ComingStep stage="adaptation" step={step} />;
}
