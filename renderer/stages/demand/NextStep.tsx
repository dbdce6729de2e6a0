import { Button } from 'antd';
import { useT } from '../../app/language.ts';
import { goToStep } from '../../app/navigation.ts';
import { stepTitleKey } from '../../app/stage-steps.ts';

interface Props {
  readonly step: 'clean' | 'topics' | 'drivers' | 'needs';
  /** Whether going on is the thing to do, since nothing here waits to be computed. */
  readonly primary: boolean;
}

/** The way on once a step has its result. */
export function NextStep({ step, primary }: Props) {
  const t = useT();
  return (
    <Button
      type={primary ? 'primary' : 'default'}
      onClick={() => goToStep('demand', step)}
      data-testid={`demand-next-${step}`}
    >
      {t('stage.demand.screen.nextStep', { step: t(stepTitleKey('demand', step)) })} →
    </Button>
  );
}
