import { useMemo } from 'react';
import type { JobRecord } from '../../../../shared/contract/project.ts';
import { isActive, isSettled } from '../../../../shared/jobs/state.ts';
import { useT } from '../../../app/language.ts';
import { useSession } from '../../../app/session.ts';
import { slotName } from '../../../components/artifact-name.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { JobControls, JobProgress } from '../../../components/JobProgress.tsx';

/** All training jobs, oldest first. */
export function useTrainingJobs(): readonly JobRecord[] {
  const jobs = useSession((state) => state.jobs);
  return useMemo(
    () =>
      Object.values(jobs)
        .filter(({ slot }) => slot.startsWith('competitiveness.run:'))
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    [jobs],
  );
}

/** A job that is not over, or that stopped and can go on. */
export function isOpenJob({ state }: JobRecord): boolean {
  return !isSettled(state) || ['paused', 'interrupted', 'failed'].includes(state.type);
}

/** The job whose curve is worth seeing: what runs or is paused, else what ended last. */
export function shownCurve(jobs: readonly JobRecord[]): JobRecord | undefined {
  return (
    jobs.find(({ state }) => isActive(state)) ??
    jobs.find(({ state }) => state.type === 'paused') ??
    jobs.findLast(({ state }) => state.type === 'succeeded')
  );
}

/** What trains now and what waits, each with pause, resume and cancel. */
export function QueueCard({ jobs }: { readonly jobs: readonly JobRecord[] }) {
  const t = useT();
  if (jobs.length === 0) return null;
  return (
    <Card title={t('stage.competitiveness.screen.models.queue')} testId="competitiveness-models-queue">
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
