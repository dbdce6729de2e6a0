import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { StageId } from '../../shared/contract/stage.ts';
import { useT } from '../app/language.ts';
import { goToStep } from '../app/navigation.ts';
import { Card } from './Card.tsx';
import { EmptyState } from './EmptyState.tsx';
import { StepPage } from './StepPage.tsx';

interface Props {
  readonly stage: StageId;
  readonly step: string;
  /** What is absent; that the step is not there yet where left out. */
  readonly title?: string;
  /** What the step will show. */
  readonly hint: string;
  /** The way to the first action, where it is in another step. */
  readonly go?: {
    readonly stage: StageId;
    readonly step: string;
    readonly label: string;
    readonly testId?: string;
    readonly quiet?: boolean;
  };
  readonly notice?: ReactNode;
}

/** A step that has nothing to work on yet: what it will show, and the way to the first action. */
export function NothingYet({ stage, step, title, hint, go, notice }: Props) {
  const t = useT();
  return (
    <StepPage stage={stage} step={step} notice={notice}>
      <Card>
        <EmptyState
          title={title ?? t('status.not-built')}
          hint={hint}
          action={
            go !== undefined && (
              <Button
                type={go.quiet === true ? 'default' : 'primary'}
                onClick={() => goToStep(go.stage, go.step)}
                data-testid={go.testId}
              >
                {go.label}
              </Button>
            )
          }
        />
      </Card>
    </StepPage>
  );
}
