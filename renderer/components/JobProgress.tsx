import { Button, Progress } from 'antd';
import { useState } from 'react';
import type { JobRecord } from '../../shared/contract/project.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { formatShare } from '../../shared/i18n/number.ts';
import { isI18nKey } from '../../shared/i18n/translate.ts';
import { isActive } from '../../shared/jobs/state.ts';
import { useLanguage, useT } from '../app/language.ts';
import { asAppError } from '../app/session.ts';
import { call } from '../engine.ts';
import { slotName } from './artifact-name.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { durationText, rateText, timeText } from './time.ts';

type Control = 'jobs.pause' | 'jobs.resume' | 'jobs.cancel';

/** Pause, resume and cancel, as far as the job's state allows them. */
export function JobControls({ job }: { readonly job: JobRecord }) {
  const t = useT();
  const [error, setError] = useState<AppError | null>(null);
  const send = (name: Control) => {
    setError(null);
    call(name, { jobId: job.id }).catch((failure: unknown) => setError(asAppError(failure)));
  };
  const { type } = job.state;
  const canPause = type === 'running' && job.lane === 'train';
  const canResume = type === 'paused' || type === 'interrupted' || type === 'failed';
  const canCancel =
    type === 'queued' || type === 'running' || type === 'pausing' || type === 'paused' || type === 'interrupted';
  return (
    <span className="job-controls">
      {canPause && (
        <Button size="small" onClick={() => send('jobs.pause')} data-testid="job-pause">
          {t('action.pause')}
        </Button>
      )}
      {canResume && (
        <Button size="small" onClick={() => send('jobs.resume')} data-testid="job-resume">
          {t('action.resume')}
        </Button>
      )}
      {canCancel && (
        <Button size="small" onClick={() => send('jobs.cancel')} data-testid="job-cancel">
          {t('action.cancel')}
        </Button>
      )}
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
    </span>
  );
}

/** Says that the process of a job has fallen silent, and what can be done. Nothing where it works. */
export function QuietTag({ job }: { readonly job: JobRecord }) {
  const t = useT();
  const language = useLanguage();
  if (job.quietSince === null) return null;
  return (
    <span
      className="tag tag-attention"
      title={t(`jobs.quietHint.${job.lane === 'train' ? 'train' : 'other'}`)}
      data-testid="job-quiet"
    >
      ▲ {t('jobs.quiet', { time: timeText(language, job.quietSince) })}
    </span>
  );
}

interface ProgressProps {
  readonly job: JobRecord;
  /** Only the bar, the phase and the share, where room is short. */
  readonly brief?: boolean;
}

/** A job's bar, share done, rate and time left. */
export function JobProgress({ job, brief = false }: ProgressProps) {
  const t = useT();
  if (!isActive(job.state) || !('progress' in job.state)) return <span>{t(`jobs.state.${job.state.type}`)}</span>;
  const { fraction, phase, rate, unit, etaMs } = job.state.progress;
  const phaseKey = `jobs.phase.${phase}`;
  // Of a process that has fallen silent they would be those of the past.
  const withSpeed = !brief && job.quietSince === null;
  return (
    <span className="job-progress">
      <Progress
        percent={Math.round(fraction * 100)}
        size="small"
        showInfo={false}
        aria-label={t('jobs.progressLabel', { job: slotName(t, job.slot) })}
      />
      {isI18nKey(phaseKey) && <span className="muted">{t(phaseKey)}</span>}
      <span className="number">{formatShare(fraction)}</span>
      {!brief && <QuietTag job={job} />}
      {withSpeed && rate !== null && <span className="muted">{rateText(t, rate, unit)}</span>}
      {withSpeed && etaMs !== null && (
        <span className="muted">{t('bottom.left', { time: durationText(t, etaMs) })}</span>
      )}
    </span>
  );
}
