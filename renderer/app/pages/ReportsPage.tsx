import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useT } from '../language.ts';

/** An honest place for what comes next. */
export function ReportsPage() {
  const t = useT();
  return (
    <section className="page" data-testid="reports">
      <PageHeader title={t('reports.title')} />
      <Card>
        <EmptyState title={t('reports.none')} hint={t('reports.noneHint')} />
      </Card>
    </section>
  );
}
