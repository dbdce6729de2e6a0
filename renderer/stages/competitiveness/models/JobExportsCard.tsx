import { Button } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import type { JobExport } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { asAppError } from '../../../app/session.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { FileButton } from '../../../components/FileButton.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { call, upload } from '../../../engine.ts';

const NAME_LENGTH = 200;
const COMMAND = 'torchrun --nproc_per_node=1 train.py --base …';

/** Trainings that were written for other machines, each with the way back for its result. */
export function JobExportsCard() {
  const t = useT();
  const view = useView('competitiveness.jobExports', {}, ['competitiveness.jobExport', 'competitiveness.split']);
  const exports = view.value ?? [];
  if (exports.length === 0) return <ViewNotice view={view} />;
  return (
    <Card title={t('stage.competitiveness.screen.models.elsewhere.card')} testId="competitiveness-models-jobs">
      <ViewNotice view={view} />
      <ul className="lines">
        {exports.map((found) => (
          <JobExportLine key={found.result.id} view={found} />
        ))}
      </ul>
      <p className="muted small">{t('stage.competitiveness.screen.models.elsewhere.how', { command: COMMAND })}</p>
    </Card>
  );
}

function JobExportLine({ view: { result, artifact } }: { readonly view: ArtifactView<JobExport> }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { id, name, trainRows, devRows, maskedRows, steps, path } = result;
  const settle = (work: Promise<unknown>) => {
    setBusy(true);
    setError(null);
    work.catch((failure: unknown) => setError(asAppError(failure))).finally(() => setBusy(false));
  };
  const bring = async (file: File) => {
    const { sourceId } = await upload(file);
    const brought = t('stage.competitiveness.screen.models.elsewhere.broughtName', { name }).slice(0, NAME_LENGTH);
    await call('competitiveness.importRun', { jobId: id, sourceId, name: brought });
  };
  return (
    <li data-testid={`competitiveness-job-export-${id}`}>
      <strong>{id}</strong>
      <span className="lines-grow">
        {name}{' '}
        {artifact.stale.length > 0 && (
          <span className="tag tag-attention">▲ {t('stage.competitiveness.screen.models.stale')}</span>
        )}
        <span className="job-export-line muted small">
          {t('stage.competitiveness.screen.models.elsewhere.rows', {
            train: trainRows,
            dev: devRows,
            masked: maskedRows,
            steps,
          })}
        </span>
        <span className="job-export-line small">
          {t('stage.competitiveness.screen.models.elsewhere.folder')} <code>{path}</code>
        </span>
        {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      </span>
      <FileButton
        label={t('stage.competitiveness.screen.models.elsewhere.bring')}
        name={t('stage.competitiveness.screen.models.elsewhere.bringOf', { id })}
        accepted=".safetensors"
        disabled={busy}
        onFiles={([file]) => settle(bring(file))}
        testId={`competitiveness-job-import-${id}`}
      />
      <Button
        size="small"
        type="text"
        disabled={busy}
        aria-label={t('stage.competitiveness.screen.models.elsewhere.removeOf', { id })}
        onClick={() => settle(call('competitiveness.removeJobExport', { jobId: id }))}
      >
        {t('stage.competitiveness.screen.models.elsewhere.remove')}
      </Button>
    </li>
  );
}
