import { Button, Select } from 'antd';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import { driftSlicesSchema } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { UpstreamJobs } from '../../../components/UpstreamJobs.tsx';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { DriftAnswer } from '../monitoring/DriftAnswer.tsx';
import { LabelShiftTable, WordTable } from '../monitoring/ShiftTables.tsx';
import { useService } from '../store.ts';
import { useProjectModels } from '../use-models.ts';

const MONTH = 'month';
const NONE = '';
/** Kinds whose texts came after training come first in the choice. */
const LATER_KINDS: readonly string[] = ['production', 'round', 'tickets', 'pilot'];

/** Whether new texts still look like those that a model learned from. */
export function MonitoringStep() {
  const t = useT();
  const datasets = useDatasets();
  const models = useProjectModels();
  const drifts = useView('service.drifts', {}, ['service.drift', 'service.triage']);
  const { driftDataset, driftModel, driftSlices, permutations, seed } = useService();
  const texts = (datasets.value ?? [])
    .filter(({ columns }) => columns.some(({ role }) => role === 'text'))
    .toSorted((a, b) => {
      const rank = (kind: string) => {
        const at = LATER_KINDS.indexOf(kind);
        return at === -1 ? LATER_KINDS.length : at;
      };
      return rank(a.dataset.kind) - rank(b.dataset.kind);
    });
  const monitored = drifts.value ?? [];
  const chosen =
    texts.find(({ id }) => id === driftDataset) ??
    texts.find(({ id }) => monitored.some(({ result }) => result.datasetId === id)) ??
    texts[0];
  const slot = `service.drift:${chosen?.id}`;
  const drift = useView('service.drift', chosen === undefined ? null : { datasetId: chosen.id }, [slot]);
  if (datasets.value !== undefined && chosen === undefined) {
    return (
      <NothingYet
        stage="service"
        step="monitoring"
        title={t('stage.service.screen.monitoring.none')}
        hint={t('stage.service.screen.monitoring.noneHint')}
        go={{
          stage: 'demand',
          step: 'import',
          label: t('stage.service.screen.monitoring.goImport'),
          testId: 'service-go-import',
        }}
      />
    );
  }
  if (models !== undefined && models.length === 0) {
    return (
      <NothingYet
        stage="service"
        step="monitoring"
        title={t('stage.service.screen.monitoring.noModel')}
        hint={`${t('stage.service.screen.monitoring.noneHint')} ${t('stage.service.screen.monitoring.noModelHint')}`}
        go={{
          stage: 'competitiveness',
          step: 'models',
          label: t('stage.service.screen.monitoring.goModels'),
          testId: 'service-go-models',
        }}
      />
    );
  }
  const view = chosen === undefined ? null : (drift.value ?? null);
  const name = (id: string) => datasets.value?.find((dataset) => dataset.id === id)?.dataset.name ?? id;
  const modelId =
    driftModel ?? view?.result.modelId ?? models?.find(({ id }) => id.startsWith('R'))?.id ?? models?.[0]?.id ?? '';
  const slices = driftSlices === undefined ? (view?.result.slicedBy ?? null) : driftSlices;
  const isFresh =
    view !== null &&
    view.artifact.stale.length === 0 &&
    view.result.modelId === modelId &&
    JSON.stringify(view.result.slicedBy) === JSON.stringify(slices);
  const sliceColumns = (chosen?.columns ?? []).filter(
    ({ role }) => role === 'segment' || role === 'choice' || role === 'label',
  );
  const hasDate = chosen?.columns.some(({ role }) => role === 'date') ?? false;
  return (
    <StepPage
      stage="service"
      step="monitoring"
      action={
        <>
          {isFresh && (
            <Button
              type="primary"
              onClick={() => goToStep('service', 'improvement')}
              data-testid="service-monitoring-next"
            >
              {t('stage.service.step.improvement.title')} →
            </Button>
          )}
          {chosen !== undefined && modelId !== '' && (
            <JobButton
              request="service.monitorDrift"
              input={{ datasetId: chosen.id, modelId, slices, permutations, seed }}
              slot={slot}
              label={t(`stage.service.screen.monitoring.${view === null ? 'run' : 'again'}`)}
              primary={!isFresh}
              testId="service-monitoring-run"
            />
          )}
        </>
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={drift} />
          <ViewNotice view={drifts} />
          {chosen !== undefined && <UpstreamJobs slot={slot} />}
          <div className="choice-row">
            <Field label={t('stage.service.screen.monitoring.dataset')}>
              <Select
                className="form-wide"
                value={chosen?.id ?? null}
                options={texts.map(({ id, dataset }) => ({ value: id, label: dataset.name }))}
                onChange={(id) => useService.setState({ driftDataset: id, driftSlices: undefined })}
                data-testid="service-monitoring-dataset"
              />
            </Field>
            <Field label={t('stage.service.screen.monitoring.model')}>
              <Select
                className="form-wide"
                value={modelId === '' ? null : modelId}
                options={(models ?? []).map((model) => ({ value: model.id, label: `${model.id} ${model.name}` }))}
                onChange={(id) => useService.setState({ driftModel: id })}
                data-testid="service-monitoring-model"
              />
            </Field>
            <Field label={t('stage.service.screen.monitoring.slices')}>
              <Select
                className="form-medium"
                value={slices === null ? NONE : slices.type === 'month' ? MONTH : slices.columnId}
                options={[
                  { value: NONE, label: t('stage.service.screen.monitoring.slicesNone') },
                  ...(hasDate ? [{ value: MONTH, label: t('stage.service.screen.monitoring.slicesMonth') }] : []),
                  ...sliceColumns.map((column) => ({
                    value: column.id,
                    label: column.name === '' ? column.id : column.name,
                  })),
                ]}
                onChange={(value) =>
                  useService.setState({
                    driftSlices: driftSlicesSchema.parse(
                      value === NONE ? null : value === MONTH ? { type: 'month' } : { type: 'column', columnId: value },
                    ),
                  })
                }
                data-testid="service-monitoring-slices"
              />
            </Field>
          </div>
        </>
      }
      explanation={
        view !== null &&
        chosen !== undefined && (
          <>
            <WordTable view={view} name={name(chosen.id)} />
            <LabelShiftTable view={view} name={name(chosen.id)} />
          </>
        )
      }
      controls={
        <>
          {monitored.length > 1 && (
            <Card title={t('stage.service.screen.monitoring.others')} testId="service-drifts">
              <ul className="lines">
                {monitored.map(({ result }) => (
                  <li key={result.datasetId}>
                    <span className={result.overall.flagged === true ? 'tag tag-attention' : 'tag'}>
                      {t(
                        `stage.service.screen.monitoring.${
                          result.overall.flagged === null
                            ? 'resultUnknown'
                            : result.overall.flagged
                              ? 'resultFlagged'
                              : 'resultClear'
                        }`,
                      )}
                    </span>
                    <span className="lines-grow">
                      <button
                        type="button"
                        className="link"
                        onClick={() => useService.setState({ driftDataset: result.datasetId, driftSlices: undefined })}
                      >
                        {name(result.datasetId)}
                      </button>
                    </span>
                    <span className="number muted">
                      AUC {result.overall.auc === null ? '—' : formatNumber(result.overall.auc, 3)}
                    </span>
                  </li>
                ))}
              </ul>
            </Card>
          )}
          <Card title={t('stage.service.screen.monitoring.controls')}>
            <div className="form-row">
              <NumberField
                label={t('stage.service.screen.monitoring.permutations')}
                min={19}
                max={2000}
                precision={0}
                value={permutations}
                onChange={(value) => useService.setState({ permutations: value })}
              />
              <NumberField
                label={t('stage.service.screen.monitoring.seed')}
                min={0}
                max={4294967295}
                precision={0}
                value={seed}
                onChange={(value) => useService.setState({ seed: value })}
              />
            </div>
          </Card>
        </>
      }
    >
      {drift.value === null && (
        <Card>
          <EmptyState
            title={t('stage.service.screen.monitoring.notYet')}
            hint={t('stage.service.screen.monitoring.notYetHint')}
            slot={slot}
          />
        </Card>
      )}
      {view !== null && chosen !== undefined && <DriftAnswer view={view} name={name(chosen.id)} />}
    </StepPage>
  );
}
