import { Button, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import type { Input } from '../../shared/contract/index.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import { asAppError } from '../app/session.ts';
import { call, type JobRequestName } from '../engine.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { JobControls, JobProgress } from './JobProgress.tsx';
import { useSlotJob } from './use-job.ts';
import { SLOW_MS } from './use-view.ts';

interface Props<N extends JobRequestName> {
  readonly request: N;
  readonly input: Input<N>;
  /** The slot that the job fills: its progress shows here. */
  readonly slot: string;
  readonly label: string;
  readonly primary?: boolean;
  /** Why it cannot be started now, as a sentence; the button is then off. */
  readonly missing?: string | null;
  readonly onStarted?: (jobId: string) => void;
  readonly testId?: string;
}

/** Starts a job and, while it runs, gives way to its progress with pause and cancel. A failure stays until the next try. */
export function JobButton<N extends JobRequestName>(props: Props<N>) {
  const { request, input, slot, label, primary = false, missing = null, onStarted, testId } = props;
  const job = useSlotJob(slot);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [shownFor, setShownFor] = useState<string | null>(null);
  const pendingId = job !== undefined && !isSettled(job.state) ? job.id : null;
  const halted = job?.state.type === 'paused' || job?.state.type === 'interrupted';

  // A job that is over within 300 ms never shows a bar.
  useEffect(() => {
    if (pendingId === null) return setShownFor(null);
    const timer = setTimeout(() => setShownFor(pendingId), SLOW_MS);
    return () => clearTimeout(timer);
  }, [pendingId]);

  const start = () => {
    setStarting(true);
    setError(null);
    (call(request, input) as Promise<{ readonly jobId: string }>)
      .then(
        ({ jobId }) => onStarted?.(jobId),
        (failure: unknown) => setError(asAppError(failure)),
      )
      .finally(() => setStarting(false));
  };

  if (job !== undefined && ((pendingId !== null && shownFor === pendingId) || halted)) {
    return (
      <span className="job-button" data-testid={testId} data-state={job.state.type}>
        <JobProgress job={job} />
        <JobControls job={job} />
      </span>
    );
  }
  const failure = error ?? (job?.state.type === 'failed' ? job.state.error : null);
  return (
    <span className="job-button" data-state={job?.state.type ?? 'none'}>
      <Tooltip title={missing}>
        <Button
          type={primary ? 'primary' : 'default'}
          disabled={missing !== null || starting || pendingId !== null}
          onClick={start}
          data-testid={testId}
        >
          {label}
        </Button>
      </Tooltip>
      {failure !== null && <ErrorNotice error={failure} />}
    </span>
  );
}
