import { Button } from 'antd';
import { useT } from '../../app/language.ts';
import { goToStep } from '../../app/navigation.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';

/** A step that has nothing to work on yet: what it will show, and the way to the first action. */
export function NeedsDataset({ step }: { readonly step: 'clean' | 'topics' | 'drivers' | 'needs' }) {
  const t = useT();
  return (
    <Card>
      <EmptyState
        title={t('stage.demand.screen.noData')}
        hint={t(`stage.demand.screen.${step}.willShow`)}
        action={
          <Button type="primary" onClick={() => goToStep('demand', 'import')} data-testid="demand-go-import">
            {t('stage.demand.next.import')}
          </Button>
        }
      />
    </Card>
  );
}
