import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../app/language.ts';
import { goToStep } from '../../app/navigation.ts';
import type { WizardProps } from '../../app/stage-wizards.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { StepPage } from '../../components/StepPage.tsx';
import { DataStep } from './steps/DataStep.tsx';
import { ModelsStep } from './steps/ModelsStep.tsx';
import { StrategyStep } from './steps/StrategyStep.tsx';
import './competitiveness.css';

const STEPS: { readonly [S in WizardProps<'competitiveness'>['step']]: () => ReactNode } = {
  data: DataStep,
  models: ModelsStep,
  compression: () => <Coming step="compression" />,
  experiments: () => <Coming step="experiments" />,
  strategy: StrategyStep,
};

export function CompetitivenessWizard({ step }: WizardProps<'competitiveness'>) {
  const Step = STEPS[step];
  return <Step />;
}

/** A step that cannot be used yet: what it will do, and what can be done meanwhile. */
function Coming({ step }: { readonly step: 'compression' | 'experiments' }) {
  const t = useT();
  const [target, label] =
    step === 'compression' ? (['models', 'goModels'] as const) : (['strategy', 'goStrategy'] as const);
  return (
    <StepPage stage="competitiveness" step={step}>
      <Card>
        <EmptyState
          title={t('status.not-built')}
          hint={t(`stage.competitiveness.screen.coming.${step}`)}
          action={
            <Button onClick={() => goToStep('competitiveness', target)}>
              {t(`stage.competitiveness.screen.coming.${label}`)}
            </Button>
          }
        />
      </Card>
    </StepPage>
  );
}
