import { useT } from '../app/language.ts';
import { slotName } from './artifact-name.ts';
import { Card } from './Card.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { JobControls, JobProgress } from './JobProgress.tsx';
import { openJobs } from './open-jobs.ts';
import { TrainingCurves } from './TrainingCurves.tsx';
import { useJobsOf } from './use-jobs-of.ts';

/** Trainings of a kind of model that are queued, running, paused or failed last, with their curves. */
export function TrainingJobs({ kind, testId }: { readonly kind: string; readonly testId: string }) {
  const t = useT();
  const jobs = openJobs(useJobsOf(kind));
  return jobs.map((job) => (
    <div key={job.id} className="page">
      <Card>
        <ul className="lines">
          <li data-testid={`${testId}-${job.slot.split(':')[1]}`}>
            <strong>{slotName(t, job.slot)}</strong>
            <span className="lines-grow">
              {job.state.type === 'failed' ? <ErrorNotice error={job.state.error} /> : <JobProgress job={job} />}
            </span>
            <JobControls job={job} />
          </li>
        </ul>
      </Card>
      <TrainingCurves job={job} />
    </div>
  ));
}
