import { useState } from 'react';
import type { AppError } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import type { DatasetKind } from '../../shared/stages/demand/contract.ts';
import { useT } from '../app/language.ts';
import { asAppError, useSession } from '../app/session.ts';
import { call, upload } from '../engine.ts';
import { nameOfFile } from './chosen-file.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { FileButton } from './FileButton.tsx';

const ACCEPTED = '.csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson';

interface Props {
  readonly kind: DatasetKind;
  readonly label: string;
  readonly primary: boolean;
  readonly testId: string;
}

/** Imports a file of this kind with the columns as guessed; what they are for is chosen in the form beneath. */
export function ImportButton({ kind, label, primary, testId }: Props) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useSession((state) => (jobId === null ? undefined : state.jobs[jobId]));
  const isRunning = busy || (job !== undefined && !isSettled(job.state));
  const failure = error ?? (job?.state.type === 'failed' ? job.state.error : null);
  const open = async (file: File) => {
    setBusy(true);
    setError(null);
    try {
      const { sourceId, name } = await upload(file);
      const started = await call('demand.importSource', {
        sourceId,
        name: nameOfFile(name),
        kind,
        overrides: {},
        columns: null,
      });
      setJobId(started.jobId);
    } catch (failed) {
      setError(asAppError(failed));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="job-button">
      <FileButton
        label={isRunning ? t('load.slow') : label}
        accepted={ACCEPTED}
        primary={primary}
        disabled={isRunning}
        onFiles={([file]) => void open(file)}
        testId={testId}
      />
      {failure !== null && <ErrorNotice error={failure} />}
    </span>
  );
}
