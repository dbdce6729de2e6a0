import { useMemo } from 'react';
import type { JobRecord } from '../../../../shared/contract/project.ts';
import { useSession } from '../../../app/session.ts';

/** All compressing jobs, oldest first. */
export function useCompressionJobs(): readonly JobRecord[] {
  const jobs = useSession((state) => state.jobs);
  return useMemo(
    () =>
      Object.values(jobs)
        .filter(({ slot }) => slot.startsWith('competitiveness.compressed:'))
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt)),
    [jobs],
  );
}
