import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import { isSettled } from '../../../../shared/jobs/state.ts';
import { baseModelId } from '../../../../shared/stages/competitiveness/base-model/contract.ts';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { asAppError } from '../../../app/session.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { FileButton } from '../../../components/FileButton.tsx';
import { JobControls, JobProgress } from '../../../components/JobProgress.tsx';
import { useSlotJob } from '../../../components/use-job.ts';
import { call, upload } from '../../../engine.ts';
import { FoundModel } from './FoundModel.tsx';
import { type ChosenFolder, chooseFolder } from './model-folder.ts';

const POOLINGS = ['auto', 'mean', 'cls'] as const;
const LANGUAGES = ['zh', 'en'] as const;
const BYTES_PER_MB = 1_000_000;

/** Brings a downloaded encoder folder among the base models: choose it, see what is taken, import, see what was found. */
export function ImportModel({ models }: { readonly models: readonly BaseModel[] }) {
  const t = useT();
  const [folder, setFolder] = useState<ChosenFolder | null>(null);
  const [id, setId] = useState('');
  const [languages, setLanguages] = useState<readonly string[]>([]);
  const [pooling, setPooling] = useState<(typeof POOLINGS)[number]>('auto');
  const [handedOver, setHandedOver] = useState<number | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [startedId, setStartedId] = useState<string | null>(null);
  const job = useSlotJob(`competitiveness.importedModel:${id}`);
  const running = job !== undefined && !isSettled(job.state);
  const busy = handedOver !== null || running;
  const badId = !baseModelId.safeParse(id).success;

  const choose = (files: readonly File[]) => {
    const chosen = chooseFolder(files);
    setFolder(chosen);
    setId(chosen.id);
    setError(null);
    setStartedId(null);
  };
  const start = async ({ name, files }: ChosenFolder) => {
    setError(null);
    setHandedOver(0);
    try {
      const sources: { path: string; sourceId: string }[] = [];
      for (const { path, file } of files) {
        sources.push({ path, sourceId: (await upload(file)).sourceId });
        setHandedOver(sources.length);
      }
      const how = { languages: [...languages], pooling: pooling === 'auto' ? null : pooling };
      const { jobId } = await call('competitiveness.importModel', { id, name, ...how, source: name, files: sources });
      setStartedId(jobId);
    } catch (failure) {
      setError(asAppError(failure));
    } finally {
      setHandedOver(null);
    }
  };
  // What an earlier try came to says nothing of the folder that is chosen now.
  const failure = error ?? (job?.id === startedId && job?.state.type === 'failed' ? job.state.error : null);
  return (
    <section className="import-model" data-testid="competitiveness-models-import">
      <p className="muted small">{t('stage.competitiveness.screen.models.import.lead')}</p>
      <FileButton
        label={t('stage.competitiveness.screen.models.import.choose')}
        disabled={busy}
        onFiles={choose}
        testId="competitiveness-models-import-folder"
      />
      {folder !== null && (
        <>
          <p className="small" data-testid="competitiveness-models-import-files">
            {folder.files.length === 0
              ? t('stage.competitiveness.screen.models.import.nothing', { folder: folder.name })
              : t('stage.competitiveness.screen.models.import.takes', {
                  files: folder.files.map(({ path }) => path).join(t('list.separator')),
                  size: formatNumber(folder.bytes / BYTES_PER_MB, 1),
                  left: folder.leftOut,
                })}
          </p>
          <div className="form-grid">
            <Field
              label={t('stage.competitiveness.screen.models.import.id')}
              hint={t('stage.competitiveness.screen.models.import.idHint')}
            >
              <Input
                value={id}
                maxLength={64}
                status={badId ? 'error' : ''}
                onChange={({ target }) => setId(target.value)}
                data-testid="competitiveness-models-import-id"
              />
            </Field>
            <Field label={t('stage.competitiveness.screen.models.import.languages')}>
              <Select
                mode="multiple"
                value={[...languages]}
                options={LANGUAGES.map((value) => ({
                  value,
                  label: t(`stage.competitiveness.screen.models.import.languageOf.${value}`),
                }))}
                onChange={(chosen) => setLanguages(chosen)}
                data-testid="competitiveness-models-import-languages"
              />
            </Field>
            <Field
              label={t('stage.competitiveness.screen.models.import.pooling')}
              hint={t('stage.competitiveness.screen.models.import.poolingHint')}
            >
              <Select
                value={pooling}
                options={POOLINGS.map((value) => ({
                  value,
                  label: t(`stage.competitiveness.screen.models.import.poolings.${value}`),
                }))}
                onChange={setPooling}
              />
            </Field>
          </div>
          {running && job !== undefined ? (
            <span className="job-button">
              <JobProgress job={job} />
              <JobControls job={job} />
            </span>
          ) : (
            <Button
              type="primary"
              disabled={busy || badId || folder.files.length === 0}
              onClick={() => void start(folder)}
              data-testid="competitiveness-models-import-start"
            >
              {handedOver === null
                ? t('stage.competitiveness.screen.models.import.start')
                : t('stage.competitiveness.screen.models.import.copying', {
                    done: handedOver,
                    total: folder.files.length,
                  })}
            </Button>
          )}
        </>
      )}
      {failure !== null && !busy && <ErrorNotice error={failure} />}
      {!busy && failure === null && models.some((model) => model.imported && model.id === id) && (
        <FoundModel modelId={id} />
      )}
    </section>
  );
}
