import { isSettled } from '../../shared/jobs/state.ts';
import { useT } from '../app/language.ts';
import { useSession } from '../app/session.ts';
import { slotName } from './artifact-name.ts';
import { JobProgress } from './JobProgress.tsx';
import { useSlotJob } from './use-job.ts';

/** While a job waits for others: those others, at work. Nothing where it waits for none. */
export function UpstreamJobs({ slot }: { readonly slot: string }) {
  const t = useT();
  const job = useSlotJob(slot);
  const jobs = useSession((state) => state.jobs);
  if (job?.state.type !== 'queued') return null;
  const waitedFor: string[] = [...job.after];
  for (const id of waitedFor)
    for (const earlier of jobs[id]?.after ?? []) if (!waitedFor.includes(earlier)) waitedFor.push(earlier);
  const running = waitedFor.flatMap((id) => {
    const other = jobs[id];
    return other === undefined || isSettled(other.state) ? [] : [other];
  });
  if (running.length === 0) return null;
  return (
    <div className="upstream" role="status" data-testid="upstream-jobs">
      {running.map((other) => (
        <span key={other.id}>
          <span>{slotName(t, other.slot)}</span> <JobProgress job={other} />
        </span>
      ))}
    </div>
  );
}
