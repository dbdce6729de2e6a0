import { Button } from 'antd';
import { useLanguage, useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { timeText } from '../../../components/time.ts';
import { type Dataset, useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { DatasetChoice } from '../DatasetChoice.tsx';
import { forgetAnalysis, keepAnalysis, useService } from '../store.ts';
import { GroupTable } from '../tickets/GroupTable.tsx';
import { MeasureCard } from '../tickets/MeasureCard.tsx';
import { TicketForm } from '../tickets/TicketForm.tsx';
import { analysisOf } from '../tickets/ticket-analysis.ts';
import { TrainingCard } from '../training/TrainingCard.tsx';
import { TriageCard } from '../triage/TriageCard.tsx';
import { noticeLines } from '../words.ts';

/** How fast and how punctual the service is, who lags, and tickets labelled by the project's model. */
export function TicketsStep() {
  const t = useT();
  const datasets = useDatasets();
  const chosen = useService((state) => state.ticketDataset);
  const files = datasets.value?.filter(({ dataset }) => dataset.kind === 'tickets') ?? [];
  const file = files.find(({ id }) => id === chosen) ?? files[0];
  if (datasets.value !== undefined && file === undefined) {
    return (
      <NothingYet
        stage="service"
        step="tickets"
        title={t('stage.service.screen.tickets.none')}
        hint={`${t('stage.service.screen.tickets.noneHint')} ${t('stage.service.screen.tickets.notKind')}`}
        go={{
          stage: 'demand',
          step: 'import',
          label: t('stage.service.screen.tickets.goImport'),
          testId: 'service-go-import',
        }}
      />
    );
  }
  if (file === undefined) {
    return (
      <StepPage stage="service" step="tickets" notice={<ViewNotice view={datasets} />}>
        {null}
      </StepPage>
    );
  }
  return <TicketFile key={file.id} file={file} files={files} />;
}

function TicketFile({ file, files }: { readonly file: Dataset; readonly files: readonly Dataset[] }) {
  const t = useT();
  const language = useLanguage();
  const datasetId = file.id;
  const slot = `service.tickets:${datasetId}`;
  const tickets = useView('service.tickets', { datasetId }, [slot, 'service.tickets']);
  const guess = useView('service.guessTicketColumns', { datasetId }, [`demand.dataset:${datasetId}`]);
  const entered = useService((state) => state.analyses[datasetId]);
  const view = tickets.value ?? null;
  const analysis = analysisOf(entered, view?.artifact.params, guess.value);
  const isFresh = view !== null && view.artifact.stale.length === 0 && entered === undefined;
  const unreadable = view?.result.unreadable ?? [];
  return (
    <StepPage
      stage="service"
      step="tickets"
      action={
        <>
          {view !== null && (
            <Button
              type={isFresh ? 'primary' : 'default'}
              onClick={() => goToStep('service', 'rounds')}
              data-testid="service-tickets-next"
            >
              {t('stage.service.step.rounds.title')} →
            </Button>
          )}
          {analysis !== null && (
            <JobButton
              request="service.analyseTickets"
              input={{ datasetId, ...analysis }}
              slot={slot}
              label={t(`stage.service.screen.tickets.${view === null ? 'run' : 'again'}`)}
              primary={!isFresh}
              missing={analysis.columns.createdAt === '' ? t('stage.service.screen.tickets.createdMissing') : null}
              onStarted={() => forgetAnalysis(datasetId)}
              testId="service-tickets-run"
            />
          )}
        </>
      }
      notice={
        <>
          <ViewNotice view={tickets} />
          <ViewNotice view={guess} />
          <DatasetChoice
            datasets={files}
            chosen={datasetId}
            onChoose={(ticketDataset) => useService.setState({ ticketDataset })}
            testId="service-tickets-dataset"
          />
        </>
      }
      controls={
        analysis !== null &&
        guess.value !== undefined && (
          <TicketForm
            analysis={analysis}
            guess={guess.value}
            priorities={
              view === null || view.result.priorities.length === 0
                ? guess.value.priorities
                : view.result.priorities.map(({ priority }) => priority)
            }
            onChange={(changed) => keepAnalysis(datasetId, changed)}
          />
        )
      }
    >
      {tickets.value === null && (
        <Card>
          <EmptyState
            title={file.dataset.name}
            slot={slot}
            hint={`${t('stage.service.screen.tickets.noneHint')} ${t('stage.service.screen.tickets.notYet')}`}
          />
        </Card>
      )}
      {view !== null && (
        <>
          <div className="two-columns">
            {view.result.measures.map((measure) => (
              <MeasureCard key={measure.measure} view={view} measure={measure} />
            ))}
          </div>
          <GroupTable view={view} />
          <Card>
            <NoticeList lines={noticeLines(t, view.result.notices)} />
            {unreadable.map(({ columnId, name, rows }) => (
              <p key={columnId} className="muted">
                {t('stage.service.screen.tickets.unreadable')} · {name}{' '}
                <EvidenceLink
                  count={rows}
                  evidence={{
                    type: 'ticket',
                    datasetId,
                    measure: 'firstResponse',
                    state: 'unreadable',
                    by: null,
                    value: columnId,
                  }}
                  title={name}
                />
              </p>
            ))}
            <ArtifactStamp
              artifact={view.artifact}
              n={view.result.tickets}
              method={t('stage.service.screen.tickets.stampMethod', {
                clock: t(`stage.service.screen.tickets.clock.${view.result.clock}`),
                time: timeText(language, view.result.asOf),
              })}
            />
          </Card>
        </>
      )}
      {tickets.value !== undefined && (
        <>
          <TriageCard file={file} />
          <TrainingCard file={file} />
        </>
      )}
    </StepPage>
  );
}
