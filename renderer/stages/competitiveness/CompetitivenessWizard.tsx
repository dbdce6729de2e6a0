import type { WizardProps } from '../../app/stage-wizards.tsx';
import { ComingStep } from '../../components/ComingStep.tsx';

export function CompetitivenessWizard({ step }: WizardProps<'competitiveness'>) {
  return <ComingStep stage="competitiveness" step={step} />;
}
