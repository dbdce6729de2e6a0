import { Button, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { isSettled } from '../../../../shared/jobs/state.ts';
import { useT } from '../../../app/language.ts';
import { asAppError, useSession } from '../../../app/session.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { JobControls, JobProgress } from '../../../components/JobProgress.tsx';
import { call } from '../../../engine.ts';
import { type SourceDraft, useDemand } from '../store.ts';
import { sourceError } from './source-error.ts';

interface Props {
  readonly source: SourceDraft;
  readonly reading: Output<'demand.inspectSource'> | undefined;
}

/** Starts the import; the slot it fills is known only afterwards, so its progress is followed by the job's id. */
export function ImportAction({ source, reading }: Props) {
  const t = useT();
  const importJobId = useDemand((state) => state.importJobId);
  const job = useSession((state) => (importJobId === null ? undefined : state.jobs[importJobId]));
  const [error, setError] = useState<AppError | null>(null);
  const [starting, setStarting] = useState(false);
  const outcome = job?.state.type;

  useEffect(() => {
    if (outcome === 'succeeded') useDemand.setState({ source: null, importJobId: null });
  }, [outcome]);

  if (job !== undefined && !isSettled(job.state)) {
    return (
      <span className="job-button" data-testid="demand-import-progress">
        <JobProgress job={job} />
        <JobControls job={job} />
      </span>
    );
  }
  const start = () => {
    if (reading === undefined) return;
    setStarting(true);
    setError(null);
    call('demand.importSource', {
      sourceId: source.sourceId,
      name: source.name.trim(),
      kind: source.kind ?? reading.suggestedKind,
      overrides: source.overrides,
      columns: source.columns === null ? null : [...source.columns],
    })
      .then(
        ({ jobId }) => useDemand.setState({ importJobId: jobId }),
        (failure: unknown) => setError(asAppError(failure)),
      )
      .finally(() => setStarting(false));
  };
  const nameMissing = source.name.trim() === '' ? t('stage.demand.screen.import.nameMissing') : null;
  const failure = error ?? (job?.state.type === 'failed' ? job.state.error : null);
  return (
    <span className="job-button">
      <Tooltip title={nameMissing}>
        <Button
          type="primary"
          disabled={reading === undefined || starting || nameMissing !== null}
          onClick={start}
          data-testid="demand-import-start"
        >
          {t('stage.demand.screen.import.start')}
        </Button>
      </Tooltip>
      {failure !== null && <ErrorNotice error={sourceError(failure, source.fileName)} />}
    </span>
  );
}
