import type { ReactNode } from 'react';
import { isSettled } from '../../shared/jobs/state.ts';
import { useT } from '../app/language.ts';
import { useSlotJob } from './use-job.ts';

interface Props {
  /** What is absent. */
  readonly title: string;
  /** What this place will show, and what brings it about. */
  readonly hint: string;
  /** The first action. */
  readonly action?: ReactNode;
  /** The slot that fills this place: while a job is at it, nobody is told to start one. */
  readonly slot?: string;
}

export function EmptyState({ title, hint, action, slot }: Props) {
  const t = useT();
  const job = useSlotJob(slot ?? '');
  const underWay = job !== undefined && !isSettled(job.state);
  return (
    <div className="empty-state" data-testid="empty-state" data-under-way={underWay}>
      <strong>{underWay ? t('jobs.underWay') : title}</strong>
      <p>{underWay ? t('jobs.underWayHint') : hint}</p>
      {!underWay && action}
    </div>
  );
}
