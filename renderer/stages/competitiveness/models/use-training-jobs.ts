import { useMemo } from 'react';
import type { JobRecord } from '../../../../shared/contract/project.ts';
import { useSession } from '../../../app/session.ts';

/** All jobs that fill slots of a kind, oldest first. */
export function useJobsOf(kind: string): readonly JobRecord[] {
  const jobs = useSession((state) => state.jobs);
  return useMemo(
    () =>
      Object.values(jobs)
        .filter(({ slot }) => slot.startsWith(`${kind}:`))
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    [jobs, kind],
  );
}

/** All training jobs. */
export const useTrainingJobs = () => useJobsOf('competitiveness.run');

/** Jobs that write trainings for other machines. */
export const useExportJobs = () => useJobsOf('competitiveness.jobExport');

/** Trainings of what is predicted besides one of several classes. */
export const useTaskJobs = () => useJobsOf('competitiveness.taskRun');
