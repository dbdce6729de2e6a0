import { Select } from 'antd';
import type { TriageResult } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { Field } from '../../../components/Field.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { type Dataset, valueColumns } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeTriage, useService } from '../store.ts';
import { useProjectModels } from '../use-models.ts';
import { noticeLines } from '../words.ts';
import { LabelTable } from './LabelTable.tsx';
import { TicketQueue } from './TicketQueue.tsx';

const DEFAULT_CONFIDENCE = 0.6;
const PERCENT = 100;

/** Tickets labelled by a model: how far it agrees with people, what waits for them, and the queue to correct. */
export function TriageCard({ file }: { readonly file: Dataset }) {
  const t = useT();
  const datasetId = file.id;
  const slot = `service.triage:${datasetId}`;
  const triaged = useView('service.triaged', { datasetId }, [slot, 'service.triage', 'service.corrections']);
  const entered = useService((state) => state.triage[datasetId]);
  const models = useProjectModels();
  const view = triaged.value?.view ?? null;
  const choice = {
    modelId: entered?.modelId ?? view?.result.modelId ?? models?.[0]?.id ?? '',
    confidenceBelow: entered?.confidenceBelow ?? view?.result.confidenceBelow ?? DEFAULT_CONFIDENCE,
    truthColumn:
      entered?.truthColumn !== undefined
        ? entered.truthColumn
        : view !== null
          ? (view.result.truth?.columnId ?? null)
          : (file.columns.find(({ role }) => role === 'label')?.id ?? null),
  };
  return (
    <Card title={t('stage.service.screen.triage.title')} testId="service-triage">
      <p className="muted">{t('stage.service.screen.triage.hint')}</p>
      <ViewNotice view={triaged} />
      {view !== null && triaged.value != null && (
        <>
          <TriageFigures result={view.result} slot={view.artifact.slot} corrections={triaged.value.corrections} />
          <NoticeList lines={noticeLines(t, view.result.notices)} />
          <div className="triage-columns">
            <LabelTable result={view.result} effective={triaged.value.effective} slot={view.artifact.slot} />
            <TicketQueue datasetId={datasetId} labels={view.result.labels} hasTruth={view.result.truth !== null} />
          </div>
          <ArtifactStamp artifact={view.artifact} n={view.result.n} method={view.result.modelName} />
        </>
      )}
      <div className="form-row">
        <Field label={t('stage.service.screen.triage.model')}>
          <Select
            className="form-wide"
            value={choice.modelId === '' ? null : choice.modelId}
            options={(models ?? []).map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
            onChange={(modelId) => changeTriage(datasetId, { modelId })}
            data-testid="service-triage-model"
          />
        </Field>
        <NumberField
          label={t('stage.service.screen.triage.confidence')}
          min={0}
          max={100}
          suffix="%"
          value={Math.round(choice.confidenceBelow * PERCENT)}
          onChange={(value) => changeTriage(datasetId, { confidenceBelow: value / PERCENT })}
        />
        <Field label={t('stage.service.screen.triage.truth')}>
          <Select
            className="form-medium"
            value={choice.truthColumn ?? ''}
            options={[
              { value: '', label: t('stage.service.screen.triage.truthNone') },
              ...valueColumns(file).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(column) => changeTriage(datasetId, { truthColumn: column === '' ? null : column })}
          />
        </Field>
        <JobButton
          request="service.triage"
          input={{ datasetId, ...choice }}
          slot={slot}
          label={t(`stage.service.screen.triage.${view === null ? 'run' : 'again'}`)}
          missing={choice.modelId === '' ? t('stage.service.screen.triage.noModel') : null}
          testId="service-triage-run"
        />
      </div>
    </Card>
  );
}

interface FiguresProps {
  readonly result: TriageResult;
  readonly slot: string;
  readonly corrections: { readonly rows: number; readonly notApplied: number };
}

function TriageFigures({ result, slot, corrections }: FiguresProps) {
  const t = useT();
  const { truth, datasetId } = result;
  const rows = (show: 'low-confidence' | 'corrected' | 'agreeing' | 'disagreeing') =>
    ({ type: 'triage', datasetId, label: null, show }) as const;
  return (
    <>
      <p className="answer">
        {t('stage.service.screen.triage.summary', {
          n: result.n,
          sure: result.n - result.lowConfidence,
          low: result.lowConfidence,
        })}
      </p>
      <dl className="key-figures">
        {truth !== null &&
          (
            [
              ['accuracy', truth.accuracy, t('stage.service.screen.triage.accuracyMethod', { column: truth.name })],
              ['confident', truth.confident, t('stage.service.screen.triage.accuracyMethod', { column: truth.name })],
              ['unsure', truth.unsure, t('stage.service.screen.triage.accuracyMethod', { column: truth.name })],
              ['kappa', truth.kappa, t('stage.service.screen.triage.kappaMethod')],
            ] as const
          ).map(([id, estimate, method]) => (
            <div key={id}>
              <dt>{t(`stage.service.screen.triage.${id}`)}</dt>
              <dd>
                <InspectedNumber
                  value={estimate.value}
                  unit={id === 'kappa' ? 'plain' : 'share'}
                  {...(id === 'kappa' ? { decimals: 2 } : {})}
                  interval={boundsOf(estimate.low, estimate.high)}
                  inspected={{
                    title: t(`stage.service.screen.triage.${id}`),
                    n: estimate.n,
                    method,
                    slot,
                    ...(id === 'accuracy' ? { ref: rows('disagreeing') } : {}),
                  }}
                />
              </dd>
            </div>
          ))}
        <div>
          <dt>{t('stage.service.screen.triage.low')}</dt>
          <dd>
            <EvidenceLink
              count={result.lowConfidence}
              evidence={rows('low-confidence')}
              title={t('stage.service.screen.triage.low')}
            />
          </dd>
        </div>
        <div>
          <dt>{t('stage.service.screen.triage.correctedTag')}</dt>
          <dd>
            <EvidenceLink
              count={corrections.rows}
              evidence={rows('corrected')}
              title={t('stage.service.screen.triage.correctedTag')}
            />
          </dd>
        </div>
      </dl>
      {corrections.notApplied > 0 && (
        <p className="attention-words">
          ▲ {t('stage.service.screen.triage.notApplied', { rows: corrections.notApplied })}
        </p>
      )}
    </>
  );
}
