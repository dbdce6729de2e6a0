import type { WizardProps } from '../../app/stage-wizards.tsx';
import { ImprovementStep } from './steps/ImprovementStep.tsx';
import { MonitoringStep } from './steps/MonitoringStep.tsx';
import { RoundsStep } from './steps/RoundsStep.tsx';
import { TicketsStep } from './steps/TicketsStep.tsx';
import './service.css';

const STEPS = {
  tickets: TicketsStep,
  rounds: RoundsStep,
  monitoring: MonitoringStep,
  improvement: ImprovementStep,
} as const;

export function ServiceWizard({ step }: WizardProps<'service'>) {
  const Step = STEPS[step];
  return <Step />;
}
