import { useMemo } from 'react';
import type { JobRecord } from '../../../../shared/contract/project.ts';
import { useSession } from '../../../app/session.ts';

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
