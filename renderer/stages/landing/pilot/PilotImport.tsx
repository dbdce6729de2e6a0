import { useRef, useState } from 'react';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { isSettled } from '../../../../shared/jobs/state.ts';
import { useT } from '../../../app/language.ts';
import { asAppError, useSession } from '../../../app/session.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { call, upload } from '../../../engine.ts';

const ACCEPTED = '.csv,.tsv,.xlsx,.json,.jsonl';
const NAME_LENGTH = 200;

/** Takes a pilot's file in as it is: no cleaning, roles as guessed. */
export function PilotImport() {
  const t = useT();
  const [jobId, setJobId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const job = useSession((state) => (jobId === null ? undefined : state.jobs[jobId]));
  const running = busy || (job !== undefined && !isSettled(job.state));
  const failure = error ?? (job?.state.type === 'failed' ? job.state.error : null);
  const take = async (file: File) => {
    setBusy(true);
    setError(null);
    try {
      const { sourceId, name } = await upload(file);
      const started = await call('demand.importSource', {
        sourceId,
        name: name.replace(/\.[a-z0-9]{1,6}$/i, '').slice(0, NAME_LENGTH) || name,
        kind: 'pilot',
        overrides: {},
        columns: null,
      });
      setJobId(started.jobId);
    } catch (cause) {
      setError(asAppError(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="pilot-import">
      <label className="drop-button drop-button-quiet">
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          accept={ACCEPTED}
          disabled={running}
          data-testid="landing-pilot-file"
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file !== undefined) void take(file);
          }}
        />
        {t(`stage.landing.screen.pilot.${running ? 'importing' : 'import'}`)}
      </label>
      {failure !== null && <ErrorNotice error={failure} onClose={() => setError(null)} />}
    </span>
  );
}
