import type { JobRecord } from '../../../../shared/contract/project.ts';
import { useT } from '../../../app/language.ts';
import { slotName } from '../../../components/artifact-name.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { JobControls, JobProgress } from '../../../components/JobProgress.tsx';

/** What is at work now and what waits, each with pause, resume and cancel. */
export function QueueCard({ jobs, title }: { readonly jobs: readonly JobRecord[]; readonly title?: string }) {
  const t = useT();
  if (jobs.length === 0) return null;
  return (
    <Card title={title ?? t('stage.competitiveness.screen.models.queue')} testId="competitiveness-models-queue">
      <ul className="lines">
        {jobs.map((job) => (
          <li key={job.id} data-testid={`competitiveness-job-${job.slot.split(':')[1]}`}>
            <strong>{slotName(t, job.slot)}</strong>
            <span className="lines-grow">
              {job.state.type === 'failed' ? <ErrorNotice error={job.state.error} /> : <JobProgress job={job} />}
            </span>
            <JobControls job={job} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
