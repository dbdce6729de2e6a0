import { useMemo } from 'react';
import type { JobRecord } from '../../shared/contract/project.ts';
import { useSession } from '../app/session.ts';

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
