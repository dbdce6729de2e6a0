import type { StageId } from '../../shared/contract/stage.ts';
import { useT } from '../app/language.ts';
import { Card } from './Card.tsx';
import { EmptyState } from './EmptyState.tsx';
import { StepPage } from './StepPage.tsx';

/** The honest page of a step that cannot be used yet. */
export function ComingStep({ stage, step }: { readonly stage: StageId; readonly step: string }) {
  const t = useT();
  return (
    <StepPage stage={stage} step={step}>
      <Card>
        <EmptyState title={t('map.notBuilt')} hint={t(`stage.${stage}.about`)} />
      </Card>
    </StepPage>
  );
}
