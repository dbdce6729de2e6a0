import type { ReactNode } from 'react';
import type { WizardProps } from '../../app/stage-wizards.tsx';
import { GoalsStep } from './steps/GoalsStep.tsx';
import { PackageStep } from './steps/PackageStep.tsx';
import { PilotStep } from './steps/PilotStep.tsx';
import { SolutionStep } from './steps/SolutionStep.tsx';
import './landing.css';

const STEPS: { readonly [S in WizardProps<'landing'>['step']]: () => ReactNode } = {
  goals: GoalsStep,
  solution: SolutionStep,
  package: PackageStep,
  pilot: PilotStep,
};

export function LandingWizard({ step }: WizardProps<'landing'>) {
  const Step = STEPS[step];
  return <Step />;
}
