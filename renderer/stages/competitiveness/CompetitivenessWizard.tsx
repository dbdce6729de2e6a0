import type { ReactNode } from 'react';
import type { WizardProps } from '../../app/stage-wizards.tsx';
import { CompressionStep } from './steps/CompressionStep.tsx';
import { DataStep } from './steps/DataStep.tsx';
import { ExperimentsStep } from './steps/ExperimentsStep.tsx';
import { ModelsStep } from './steps/ModelsStep.tsx';
import { StrategyStep } from './steps/StrategyStep.tsx';
import './competitiveness.css';

const STEPS: { readonly [S in WizardProps<'competitiveness'>['step']]: () => ReactNode } = {
  data: DataStep,
  models: ModelsStep,
  compression: CompressionStep,
  experiments: ExperimentsStep,
  strategy: StrategyStep,
};

export function CompetitivenessWizard({ step }: WizardProps<'competitiveness'>) {
  const Step = STEPS[step];
  return <Step />;
}
