import { useMemo } from 'react';
import { useT } from '../app/language.ts';
import { useSession } from '../app/session.ts';
import { slotName } from './artifact-name.ts';
import { Card } from './Card.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { JobControls, JobProgress } from './JobProgress.tsx';
import { openJobs } from './open-jobs.ts';
import { TrainingCurves } from './TrainingCurves.tsx';

/** Trainings of a kind of model that are queued, running, paused or failed last, with their curves. */
export function TrainingJobs({ kind, testId }: { readonly kind: string; readonly testId: string }) {
  const t = useT();
  const allJobs = useSession((state) => state.jobs);
  const jobs = useMemo(
    () =>
      openJobs(
        Object.values(allJobs)
          .filter(({ slot }) => slot.startsWith(`${kind}:`))
          .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
      ),
    [allJobs, kind],
  );
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
