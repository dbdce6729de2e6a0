import type { JobRecord } from '../../shared/contract/project.ts';
import { useSession } from '../app/session.ts';

/** The newest job that fills a slot, if there ever was one in this project. */
export function useSlotJob(slot: string): JobRecord | undefined {
  return useSession((state) => {
    let newest: JobRecord | undefined;
    for (const job of Object.values(state.jobs)) {
      if (job.slot === slot && (newest === undefined || job.createdAt > newest.createdAt)) newest = job;
    }
    return newest;
  });
}
