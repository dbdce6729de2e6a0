import { Button } from 'antd';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { UpstreamJobs } from '../../../components/UpstreamJobs.tsx';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { DriverQuadrant, DriverResult } from '../drivers/DriverResult.tsx';
import { DriverSetup } from '../drivers/DriverSetup.tsx';
import { SatisfactionCard } from '../drivers/SatisfactionCard.tsx';
import { ScoresCard } from '../drivers/ScoresCard.tsx';
import { surveyColumns, surveysOf } from '../drivers/survey-columns.ts';
import { NeedsDataset } from '../NeedsDataset.tsx';
import { NextStep } from '../NextStep.tsx';
import { useDemand } from '../store.ts';

/** Scores with intervals, where satisfaction comes from, and what drives it. */
export function DriversStep() {
  const t = useT();
  const datasets = useDatasets();
  const { survey: chosenSurvey, driverChoices, resamples, seed } = useDemand();
  const surveys = surveysOf(datasets.value ?? []);
  const survey = surveys.find(({ id }) => id === chosenSurvey) ?? surveys[0];
  const drivers = useView(
    'demand.drivers',
    survey === undefined ? null : { datasetId: survey.id },
    survey === undefined ? [] : [`demand.drivers:${survey.id}`],
  );

  if (datasets.value?.length === 0) {
    return <NeedsDataset step="drivers" />;
  }
  const columns = survey === undefined ? null : surveyColumns(survey.columns, driverChoices[survey.id]);
  const slot = survey === undefined ? '' : `demand.drivers:${survey.id}`;
  const view = survey === undefined ? null : (drivers.value ?? null);
  const isFresh = view !== null && view.artifact.stale.length === 0;
  const missing =
    columns?.outcome == null
      ? t('stage.demand.screen.drivers.noOutcome')
      : columns.chosenItems.length === 0
        ? t('stage.demand.screen.drivers.noItems')
        : null;
  return (
    <StepPage
      stage="demand"
      step="drivers"
      action={
        <>
          {(view !== null || survey === undefined) && <NextStep step="needs" primary={isFresh} />}
          {survey !== undefined && columns !== null && (
            <JobButton
              request="demand.analyseDrivers"
              input={{
                datasetId: survey.id,
                outcomeColumn: columns.outcome ?? '',
                itemColumns: [...columns.chosenItems],
                resamples,
                seed,
              }}
              slot={slot}
              label={t(
                view === null ? 'stage.demand.screen.drivers.analyse' : 'stage.demand.screen.drivers.analyseAgain',
              )}
              primary={!isFresh}
              missing={missing}
              testId="demand-drivers-analyse"
            />
          )}
        </>
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={drivers} />
          {survey !== undefined && <UpstreamJobs slot={slot} />}
        </>
      }
      controls={
        datasets.value !== undefined && (
          <>
            {survey !== undefined && columns !== null && (
              <DriverSetup surveys={surveys} survey={survey} columns={columns} />
            )}
            <ScoresCard datasets={datasets.value} />
            <SatisfactionCard datasets={datasets.value} />
          </>
        )
      }
    >
      {datasets.value !== undefined && view === null && (
        <Card>
          <EmptyState
            slot={slot}
            title={t('stage.demand.screen.drivers.none')}
            hint={
              survey === undefined
                ? t('stage.demand.screen.drivers.noSurvey')
                : t('stage.demand.screen.drivers.willShow')
            }
            action={
              survey === undefined && (
                <Button type="primary" onClick={() => goToStep('demand', 'import')}>
                  {t('palette.go', { place: t('stage.demand.step.import.title') })}
                </Button>
              )
            }
          />
        </Card>
      )}
      {view !== null && (
        <>
          <DriverResult view={view} />
          <DriverQuadrant view={view} />
        </>
      )}
    </StepPage>
  );
}
