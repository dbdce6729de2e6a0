import { Input, Select } from 'antd';
import { errorText } from '../../../../shared/i18n/error-text.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import { continuedRate } from '../../../../shared/stages/adaptation/adapt-config.ts';
import { ticketPlanSlot } from '../../../../shared/stages/adaptation/plan-slots.ts';
import { DEFAULT_SEED_COUNT } from '../../../../shared/stages/competitiveness/seeds.ts';
import { alternatives } from '../../../../shared/train/alternatives.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { optionsMissing } from '../../../components/run-settings/chosen-options.ts';
import { MoreSettings } from '../../../components/run-settings/MoreSettings.tsx';
import { RecipeFields } from '../../../components/run-settings/RecipeFields.tsx';
import { SeedsField } from '../../../components/run-settings/SeedsField.tsx';
import { SuggestionNote } from '../../../components/run-settings/SuggestionNote.tsx';
import { TrainingCost } from '../../../components/run-settings/TrainingCost.tsx';
import { TrainingJobs } from '../../../components/TrainingJobs.tsx';
import { type Dataset, valueColumns } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeTraining, useService } from '../store.ts';
import { useTrainableModels } from '../use-models.ts';
import { ContinuedTable } from './ContinuedTable.tsx';

/** A model of the project learns on from tickets whose class people gave, without forgetting what it knew. */
export function TrainingCard({ file }: { readonly file: Dataset }) {
  const t = useT();
  const datasetId = file.id;
  const models = useTrainableModels();
  const entered = useService((state) => state.training[datasetId]);
  const seed = useService((state) => state.seed);
  const columns = valueColumns(file);
  const sourceId = entered?.sourceId ?? models?.[0]?.id ?? '';
  const labelColumn =
    entered?.labelColumn !== undefined
      ? entered.labelColumn
      : (file.columns.find(({ role }) => role === 'label')?.id ?? null);
  const planSlot = ticketPlanSlot({ datasetId, labelColumn });
  const setup = useView('service.continuedSetup', sourceId === '' ? null : { datasetId, sourceId, labelColumn }, [
    'service.corrections',
    `demand.clean:${datasetId}`,
    'adaptation.scenario',
    'competitiveness.split',
    'competitiveness.floors',
    planSlot,
  ]);
  const plan = useView('service.trainingPlan', { datasetId, labelColumn }, [planSlot]);
  const value = setup.value ?? null;
  // What was changed for another model says nothing here.
  const changed = entered?.changed?.sourceId === sourceId ? entered.changed.config : null;
  const config = changed === null ? null : { ...changed, seed };
  const shown = config ?? value?.config ?? null;
  const settle = (next: RunConfig) => changeTraining(datasetId, { changed: { sourceId, config: next } });
  const seeds = entered?.seeds ?? DEFAULT_SEED_COUNT;
  const columnName = columns.find(({ id }) => id === labelColumn)?.name ?? '';
  const labelled = value === null ? 0 : value.corrected + value.fromColumn;
  const name = entered?.name ?? t('stage.service.screen.training.defaultName', { dataset: file.dataset.name });
  const unready =
    sourceId === ''
      ? t('stage.service.screen.training.noModel')
      : value === null
        ? setup.error === null || setup.error.code === 'artifact.input-missing'
          ? t('stage.service.screen.training.notYet')
          : errorText(t, setup.error).message
        : labelled < value.needed
          ? t('stage.service.screen.training.few', { needed: value.needed })
          : value.config === null
            ? t('stage.service.screen.training.oneClass', { classes: value.classes })
            : null;
  const unsound = shown === null ? null : optionsMissing(t, shown);
  const unnamed = name.trim() === '' ? t('stage.service.screen.training.nameMissing') : null;
  return (
    <>
      <Card title={t('stage.service.screen.training.title')} testId="service-training">
        <p className="muted">{t('stage.service.screen.training.hint')}</p>
        <ViewNotice view={setup} />
        {value !== null && (
          <p className="answer" data-testid="service-training-rows">
            {t(`stage.service.screen.training.${labelColumn === null ? 'rows' : 'rowsWithColumn'}`, {
              n: labelled,
              corrected: value.corrected,
              fromColumn: value.fromColumn,
              column: columnName,
            })}
          </p>
        )}
        {value !== null && value.corrected > value.fromColumn && (
          <p className="muted">{t('stage.service.screen.training.hardOnes')}</p>
        )}
        {value !== null && value.unknownClasses.length > 0 && (
          <p className="attention-words">
            ▲{' '}
            {t('stage.service.screen.training.unknown', {
              model: sourceId,
              classes: value.unknownClasses.join(t('list.separator')),
            })}
          </p>
        )}
        <div className="form-row">
          <Field label={t('stage.service.screen.training.source')}>
            <Select
              className="form-wide"
              value={sourceId === '' ? null : sourceId}
              options={(models ?? []).map(({ id, name: of }) => ({ value: id, label: `${id} ${of}` }))}
              onChange={(chosen) => changeTraining(datasetId, { sourceId: chosen })}
              data-testid="service-training-source"
            />
          </Field>
          <Field label={t('stage.service.screen.triage.truth')}>
            <Select
              className="form-medium"
              value={labelColumn ?? ''}
              options={[
                { value: '', label: t('stage.service.screen.triage.truthNone') },
                ...columns.map(({ id, name: of }) => ({ value: id, label: of })),
              ]}
              onChange={(column) => changeTraining(datasetId, { labelColumn: column === '' ? null : column })}
              data-testid="service-training-column"
            />
          </Field>
          <Field label={t('stage.service.screen.training.name')}>
            <Input
              className="form-wide"
              value={name}
              maxLength={200}
              onChange={({ target }) => changeTraining(datasetId, { name: target.value })}
              data-testid="service-training-name"
            />
          </Field>
        </div>
        {shown !== null && value !== null && (
          <>
            {value.config !== null && value.machine !== null && (
              <SuggestionNote
                why={t('stage.service.screen.training.because', {
                  epochs: formatNumber(value.config.epochs),
                  earlier: formatShare(value.config.continual?.replay?.share ?? 0, 0),
                  rows: value.trainRows,
                  smallest: value.smallestClass,
                })}
                machine={value.machine}
                onReset={changed === null ? undefined : () => changeTraining(datasetId, { changed: null })}
              />
            )}
            <RecipeFields config={shown} layers={value.layers} onChange={settle} rate={continuedRate}>
              <SeedsField
                seeds={seeds}
                onChange={(count) => changeTraining(datasetId, { seeds: count })}
                testId="service-training-seeds"
              />
            </RecipeFields>
            <MoreSettings
              config={shown}
              earlier={{ keepsHead: value.unknownClasses.length === 0 }}
              rows={value.trainRows}
              onChange={settle}
            />
            <TrainingCost
              view={plan}
              modelId={sourceId}
              config={shown}
              seeds={seeds}
              request="service.planTraining"
              input={(configs) => ({ datasetId, sourceId, labelColumn, configs })}
              slot={planSlot}
              missing={unready ?? unsound}
              others={alternatives(shown, value.layers, continuedRate)}
              onTake={settle}
            />
          </>
        )}
        <div className="form-row">
          <JobButton
            request="service.continueTraining"
            input={{
              datasetId,
              sourceId,
              labelColumn,
              name: name.trim(),
              scenarioName: t('stage.service.screen.training.scenarioName', { dataset: file.dataset.name }),
              config,
              seeds,
              seed,
            }}
            // Every model has a slot of its own, known only once it is queued.
            slot=""
            label={t('stage.service.screen.training.start')}
            missing={unready ?? unnamed ?? unsound}
            onStarted={() => changeTraining(datasetId, { name: null })}
            testId="service-training-start"
          />
        </div>
        {value !== null && value.scenarioId !== null && (
          <ContinuedTable datasetId={datasetId} scenarioId={value.scenarioId} />
        )}
      </Card>
      <TrainingJobs kind="adaptation.model" testId="service-training-job" />
    </>
  );
}
